// Months and days, and their names.

const monthName = (month) => (month === null ? '' : state.language === 'ko'
  ? month.slice(0, 4) + '년 ' + Number(month.slice(5, 7)) + '월' : month.slice(0, 7));
const rangeName = ([from, to]) => (from === to ? monthName(from) : monthName(from) + ' – ' + monthName(to));
const periodName = () => (data.periods.length === 0 ? '–' : rangeName(chosenMonths()));

/** First and last month of the chosen range. */
const chosenMonths = () => [data.periods[state.from].from, data.periods[state.to].to];
const inRange = (month, [from, to]) => month >= from && month <= to;
const monthIndex = (month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
function monthBefore(month, months) {
  const index = monthIndex(month) - months;
  return String(Math.floor(index / 12)).padStart(4, '0') + '-' + String(index % 12 + 1).padStart(2, '0') + '-01';
}
const lengthOf = ([from, to]) => monthIndex(to) - monthIndex(from) + 1;
const earlierBy = ([from, to], months) => [monthBefore(from, months), monthBefore(to, months)];

const MOST_FILLED_MONTHS = 120;
/** Every month of a range; nothing where that would be a long row. */
function monthsOf(range) {
  const count = lengthOf(range);
  return count > MOST_FILLED_MONTHS ? [] : Array.from({ length: count }, (_, i) => monthBefore(range[1], count - 1 - i));
}
/** Every month of the chosen range; only those with sales where that would be a long row of nothing. */
function monthsShown() {
  const filled = monthsOf(chosenMonths());
  if (filled.length > 0) return filled;
  return group(sections.months.filter((row) => inRange(row.month, chosenMonths())), (row) => row.month).map((g) => g.key).sort();
}
const daysIn = (month) => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();

/** The period that is this month alone; -1 where there is none. */
const periodOf = (month) => data.periods.findIndex((period) => period.from === month && period.to === month);

/** The day after which a range has no sales any more, if its last month is not over then; null otherwise. */
function endsEarly([, to]) {
  const last = data.lastDay;
  return last !== null && last.slice(0, 7) === to.slice(0, 7) && daysIn(to) - Number(last.slice(8)) > 2 ? last : null;
}
/** The day before which it has none, likewise. */
function beginsLate([from]) {
  const first = data.firstDay;
  return first !== null && first.slice(0, 7) === from.slice(0, 7) && Number(first.slice(8)) > 3 ? first : null;
}
