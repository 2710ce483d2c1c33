// What happened in the chosen range, in words.

const MOVERS = ['affiliate', 'province_city', 'main_category_desc'];
const signedWon = (value) => (value < 0 ? '−' : '+') + compactWonInText(Math.abs(value));
const compactWonInText = (value) => (state.language === 'ko' ? compact(value) + ' 원' : compactWon(value));
const moverName = (kind, name) => (kind === 'affiliate' ? t.affiliate(name) : kind === 'province_city' ? provinceName(name) : nameOf(name));

/** The largest movers between two ranges, each with its change: of all affiliates only where all are chosen. */
function movers(range, other) {
  const direction = Math.sign(totalOf(range, state.affiliate, 'amount') - totalOf(other, state.affiliate, 'amount'));
  if (direction === 0) return null;
  const found = MOVERS.filter((kind) => kind !== 'affiliate' || (state.affiliate === null && affiliates.length > 1))
    .map((kind) => ({ kind, mover: moverOf(kind, range, other, direction) })).filter((each) => each.mover !== null)
    .map(({ kind, mover }) => moverName(kind, mover.name) + ' (' + signedWon(mover.change) + ')');
  return found.length === 0 ? null : { direction, found };
}

/** A range's amount and how it changed; what made the change. */
function story(range, isLast) {
  const other = comparable(range, state.affiliate);
  const months = lengthOf(range);
  const said = t.story({
    period: rangeInWords(range), months, isLast, name: state.affiliate === null ? t.groupInText : t.affiliate(state.affiliate),
    amount: compactWonInText(totalOf(range, state.affiliate, 'amount')),
    before: changeSince(range, other.before, state.affiliate, 'amount'),
    // The year before is the twelve months before.
    year: months === 12 ? null : changeSince(range, other.year, state.affiliate, 'amount'),
  });
  const base = other.before || other.year;
  const moved = base === null ? null : movers(range, base);
  return { compared: base !== null, parts: moved === null ? [said] : [said, t.movers(moved, other.before !== null, months)] };
}

function rangeInWords(range) {
  if (state.language === 'ko') return range[0] === range[1] ? monthName(range[0]) : monthName(range[0]) + '부터 ' + monthName(range[1]) + '까지';
  const name = (month) => new Date(month + 'T00:00:00Z').toLocaleDateString('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return range[0] === range[1] ? name(range[0]) : name(range[0]) + ' to ' + name(range[1]);
}

function sentence() {
  if (data.periods.length === 0) return null;
  const range = chosenMonths();
  const told = story(range, false);
  const parts = [...told.parts];
  // Of a range with nothing to compare it with, its last month says how things stand, or of two years and more the last.
  const last = [range[1], range[1]];
  const recent = lengthOf(range) < 24 ? last : [earlierBy(last, 11)[0], range[1]];
  if (!told.compared && range[0] !== range[1]) parts.push(...story(recent, true).parts);
  // A name's change stays on one line.
  const [late, early] = [beginsLate(range), endsEarly(range)].map((day) => (day === null ? null : dayInWords(day)));
  return h('div', { id: 'sentence', 'aria-live': 'polite' }, h('p', {}, parts.join(' ').split(/(\([^()]*\))/).map((text, i) =>
    (i % 2 === 1 ? h('span', { class: 'together' }, text) : text))),
  late === null && early === null ? null : h('p', { class: 'note' }, t.partial(late, early)));
}
const dayInWords = (day) => (state.language === 'ko' ? monthName(day) + ' ' + Number(day.slice(8)) + '일'
  : new Date(day + 'T00:00:00Z').toLocaleDateString('en-US', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }));
