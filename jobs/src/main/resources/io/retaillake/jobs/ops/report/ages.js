// Which categories an age group buys more of than others do, as a heat map.

const MOST_CATEGORIES_SHOWN = 14;
/** So few purchases make an index by chance: it has no colour. */
const FEW_PURCHASES = 30;
/** From which distance from the average on a colour gets stronger. */
const STEPS = [5, 15, 30];

function ageLabel(age) {
  if (age === null) return t.unknown;
  if (state.language === 'ko') return age.replace(/^(\d+)세~(\d+)세$/, '$1–$2세').replace(/^(\d+)세(이상|이하)$/, '$1세 $2');
  return age.replace(/^(\d+)세~(\d+)세$/, '$1–$2').replace(/^(\d+)세이상$/, '$1+').replace(/^(\d+)세이하$/, '≤$1');
}
const ageShort = (age) => (age === null ? '?' : ageLabel(age).replace(/세/g, '').replace(' 이하', '↓').replace(' 이상', '+').replace('≤', '↓'));

function shade(index) {
  const steps = STEPS.filter((size) => Math.abs(index - 100) >= size).length;
  return steps === 0 ? 'even' : (index > 100 ? 'over' : 'under') + ' d' + steps;
}
const indexLegend = () => h('div', { class: 'legend', 'aria-hidden': 'true' }, h('span', {}, t.under,
  h('span', { class: 'scale' }, ['under d3', 'under d2', 'under d1', 'even', 'over d1', 'over d2', 'over d3'].map((kind) => h('i', { class: kind }))), t.over));

/** Categories with their rows, the largest first; those after the fourteenth are one line of the picture. */
function ageLines(rows) {
  const categories = group(rows, (row) => [row.other, row.category])
    .map((g) => ({ name: g.key[0] ? t.others : nameOf(g.key[1]), last: g.key[0], rows: g.rows, total: sum(g.rows, measured) }))
    .sort((a, b) => a.last - b.last || b.total - a.total);
  if (categories.length <= MOST_CATEGORIES_SHOWN + 1) return { categories, lines: categories };
  const rest = categories.slice(MOST_CATEGORIES_SHOWN);
  return { categories, lines: [...categories.slice(0, MOST_CATEGORIES_SHOWN),
    { name: `${t.others} (${rest.length})`, rows: rest.flatMap((c) => c.rows), total: sum(rest, (c) => c.total) }] };
}

function ages() {
  const rows = chosen('ages');
  if (rows.length === 0) return section('ages', t.age, null, null, nothing());
  const ages = group(rows, (row) => row.age_group).map((g) => g.key).sort((a, b) => (a === null) - (b === null) || (a < b ? -1 : a > b ? 1 : 0));
  const { categories, lines } = ageLines(rows);
  const total = sum(rows, measured);
  const ofAge = (some, age) => some.filter((row) => row.age_group === age);
  const value = (line, age) => sum(ofAge(line.rows, age), measured);
  const share = new Map(ages.map((age) => [age, total > 0 ? sum(ofAge(rows, age), measured) / total : 0]));
  const index = (line, age) => (line.total > 0 && share.get(age) > 0 ? 100 * value(line, age) / line.total / share.get(age) : null);
  const indexText = (line, age) => (index(line, age) === null ? '–' : whole(index(line, age)));
  const kind = (line, age) => (index(line, age) === null || sum(ofAge(line.rows, age), (row) => row.purchases) < FEW_PURCHASES ? 'even' : shade(index(line, age)));
  const width = widthOf();
  const narrow = width < 560;
  const left = narrow ? 76 : state.language === 'en' ? 168 : 118;
  const right = narrow ? 0 : 86;
  const step = (width - left - right) / ages.length;
  const row = 30;
  const head = 24;
  const most = narrow ? (state.language === 'en' ? 10 : 6) : 22;
  const cut = (name) => (name.length > most + 1 ? name.slice(0, most) + '…' : name);
  const chart = s('svg', { viewBox: `0 0 ${width} ${lines.length * row + head}`, height: lines.length * row + head, role: 'img', 'aria-label': `${t.age}, ${chosenName()}, ${measureName()}` },
    ages.map((age, c) => s('text', { x: left + c * step + step / 2, y: 14, 'text-anchor': 'middle' },
      step < 34 ? ageShort(age).replace(/–.*/, '') : ageShort(age))),
    narrow ? null : s('text', { x: width, y: 14, 'text-anchor': 'end' }, measureName()),
    lines.map((line, i) => [
      s('text', { x: left - 8, y: head + i * row + row / 2 + 4, 'text-anchor': 'end', class: 'in' }, cut(line.name)),
      ages.map((age, c) => [
        s('rect', {
          x: left + c * step + 1, y: head + i * row + 1, width: Math.max(1, step - 2), height: row - 2, rx: 2, class: 'mark h ' + kind(line, age),
          tip: `${line.name} · ${ageLabel(age)}\n${t.index} ${indexText(line, age)}\n${shown(value(line, age))}\n${t.share} ${percent(value(line, age), line.total)}`,
        }),
        step < 24 ? null : s('text', { x: left + c * step + step / 2, y: head + i * row + row / 2 + 4, 'text-anchor': 'middle', class: 'in' }, indexText(line, age)),
      ]),
      narrow ? null : s('text', { x: width, y: head + i * row + row / 2 + 4, 'text-anchor': 'end' }, compactShown(line.total)),
    ]));
  return section('ages', t.age, chosenName() + ' · ' + (state.measure === 'amount' ? t.ageNote : t.ageNotePurchases), indexLegend(), chart,
    tableOf('ages', t.age, [t.category, ...ages.map(ageLabel), t.total], categories.map((line) =>
      [line.name, ...ages.map((age) => shownCell(value(line, age))), shownCell(line.total)])));
}
