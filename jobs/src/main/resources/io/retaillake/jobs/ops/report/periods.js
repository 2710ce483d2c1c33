// Months and days, and their names.

const monthName = (month) => (month === null ? '' : state.language === 'ko'
  ? month.slice(0, 4) + '년 ' + Number(month.slice(5, 7)) + '월' : month.slice(0, 7));
function periodName() {
  if (data.first === null) return '–';
  return data.first === data.last ? monthName(data.first) : monthName(data.first) + ' – ' + monthName(data.last);
}
function monthBefore(month, months) {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 - months;
  return String(Math.floor(index / 12)).padStart(4, '0') + '-' + String(index % 12 + 1).padStart(2, '0') + '-01';
}
const MOST_FILLED_MONTHS = 120;
/** Every month from the first to the last; only those with sales where that would be a long row of nothing. */
function monthsCovered() {
  const filled = [];
  for (let month = data.last; month >= data.first && filled.length <= MOST_FILLED_MONTHS; month = monthBefore(month, 1)) filled.unshift(month);
  if (filled.length <= MOST_FILLED_MONTHS) return filled;
  return group(sections.months.filter((row) => row.month >= data.first), (row) => row.month).map((g) => g.key).sort();
}
function daysOf(month) {
  const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();
  return Array.from({ length: days }, (_, i) => month.slice(0, 8) + String(i + 1).padStart(2, '0'));
}
