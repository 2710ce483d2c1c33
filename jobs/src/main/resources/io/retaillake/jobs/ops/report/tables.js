// Tables of figures, and their files for a spreadsheet.

/** Cells that a table shows in one way and a file has in another: as a number. */
const wonCell = (value) => ({ text: won(value), value });
const countCell = (value, unit) => ({ text: counted(value, unit), value });
const shownCell = (value) => ({ text: shown(value), value });
const percentCell = (part, total) => ({ text: percent(part, total), value: total > 0 ? 100 * part / total : null });
const changeCell = (change) => ({ text: change === null ? '–' : signed(change), value: change });
const textOfCell = (cell) => (cell !== null && typeof cell === 'object' ? cell.text : String(cell));

/** A value of a file; text that a spreadsheet would take for a formula gets an apostrophe before it. */
function csvValue(cell) {
  const value = cell !== null && typeof cell === 'object' ? cell.value : cell;
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(Math.round(100 * value) / 100);
  const text = /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u.test(value) || /^[\t\r\n]/.test(value) ? "'" + value : value;
  return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}
/** With the mark by which Excel knows UTF-8. */
const csv = (heads, rows) => '\ufeff' + [heads, ...rows].map((row) => row.map(csvValue).join(',') + '\r\n').join('');

function csvButton(name, caption, heads, rows) {
  return h('button', { type: 'button', class: 'csv', 'data-csv': name, 'aria-label': t.csv + ': ' + caption, onclick: () => {
    const address = URL.createObjectURL(new Blob([csv(heads, rows)], { type: 'text/csv;charset=utf-8' }));
    const [from, to] = chosenMonths().map(monthOf);
    h('a', { href: address, download: ['report', name, from, to].join('-') + '.csv' }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  } }, 'CSV');
}

const MOST_ROWS_SHOWN = 300;
/** A chart's figures for those who cannot or do not want to see it. */
function tableOf(name, caption, heads, rows) {
  return h('div', { class: 'data' }, csvButton(name, caption, heads, rows), h('details', {}, h('summary', {}, t.table),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption }, h('table', {},
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, heads.map((head) => h('th', { scope: 'col' }, head)))),
      h('tbody', {}, rows.slice(0, MOST_ROWS_SHOWN).map((row) => h('tr', {}, row.map((cell, i) =>
        (i === 0 ? h('th', { scope: 'row' }, textOfCell(cell)) : h('td', {}, textOfCell(cell)))))))))));
}
