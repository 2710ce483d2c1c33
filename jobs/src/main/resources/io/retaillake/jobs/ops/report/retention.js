// Customers who came back.

const RETENTION_MONTHS = [1, 2, 3, 6, 12, 24];
function retention() {
  if (sections.retention.length === 0) return null;
  const shares = new Map(sections.retention.map((row) => [JSON.stringify([row.affiliate, row.months_since]), percentCell(row.active, row.customers)]));
  const names = chosenAffiliates();
  const months = [...new Set(sections.retention.map((row) => row.months_since))].filter((n) => n > 0).sort((a, b) => a - b);
  if (months.length === 0) return null;
  const cells = (n) => names.map((a) => shares.get(JSON.stringify([a, n])) || { text: '–', value: null });
  return section('retention', t.retention, t.retentionNote, null,
    h('table', {},
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t.since), names.map((a) => h('th', { scope: 'col' }, t.affiliate(a))))),
      h('tbody', {}, months.filter((n) => RETENTION_MONTHS.includes(n)).map((n) => h('tr', {}, h('th', { scope: 'row' }, t.monthsSince(n)),
        cells(n).map((cell) => h('td', {}, cell.text)))))),
    tableOf('retention', t.retention, [t.since, ...names.map(t.affiliate)], months.map((n) => [t.monthsSince(n), ...cells(n)])));
}
