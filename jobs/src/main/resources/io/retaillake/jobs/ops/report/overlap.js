// Customers who buy at several affiliates.

function overlap() {
  const sets = sections.overlap.map((row) => ({ ...row, of: row.affiliates.split(',') }));
  const total = sum(sets, (set) => set.customers);
  if (total === 0) return section('overlap', t.overlap, null, null, nothing());
  const counts = affiliates.map((_, i) => {
    const rows = sets.filter((set) => set.of.length === i + 1);
    const customers = sum(rows, (set) => set.customers);
    return { customers, average: customers > 0 ? sum(rows, (set) => set.amount) / customers : null };
  });
  const most = Math.max(...counts.map((c) => c.customers));
  const both = (a, b) => sum(sets.filter((set) => set.of.includes(a) && set.of.includes(b)), (set) => set.customers);
  const largest = Math.max(...affiliates.map((a) => both(a, a)));
  const matrix = affiliates.length < 2 ? null : (() => {
    const width = Math.min(460, Math.max(240, window.innerWidth < TWO_COLUMNS ? widthOf() : widthOf(2)));
    const left = 26;
    const step = (width - left) / affiliates.length;
    const row = 44;
    return h('div', {}, h('h3', {}, t.pairs),
      s('svg', { viewBox: `0 0 ${width} ${row * affiliates.length + 22}`, height: row * affiliates.length + 22, role: 'img', 'aria-label': t.pairs, id: 'pairs' },
        affiliates.map((a, i) => s('text', { x: left + i * step + step / 2, y: 13, 'text-anchor': 'middle', class: 'in' }, a)),
        affiliates.map((a, i) => [
          s('text', { x: left - 10, y: 22 + i * row + row / 2 + 4, 'text-anchor': 'end', class: 'in' }, a),
          affiliates.map((b, j) => {
            const count = both(a, b);
            const tone = level(count, largest);
            return [s('rect', { x: left + j * step + 1, y: 22 + i * row + 1, width: step - 2, height: row - 2, rx: 3, class: 'mark h h' + tone,
              tip: (a === b ? t.affiliate(a) : a + ' + ' + b) + '\n' + counted(count, t.person) + '\n' + t.shareCustomers + ' ' + percent(count, total) }),
            s('text', { x: left + j * step + step / 2, y: 22 + i * row + row / 2 + 4, 'text-anchor': 'middle', class: 'in h' + tone + 't' }, whole(count))];
          }),
        ])),
      tableOf('pairs', t.pairs, ['', ...affiliates], affiliates.map((a) => [a, ...affiliates.map((b) => countCell(both(a, b), ''))])));
  })();
  const heads = [t.affiliates, t.customers, t.shareCustomers, t.average];
  return section('overlap', t.overlap, [t.overlapNote, counted(total, t.person), ...(wholeRange() ? [] : [t.wholeOnly])].join(' · '),
    csvButton('overlap', t.many, heads, counts.map((c, i) => [t.using(i + 1), countCell(c.customers, t.person), percentCell(c.customers, total), wonCell(c.average)])),
    h('div', { class: 'pair' },
      h('div', {}, h('h3', {}, t.many), h('table', {},
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t.affiliates), h('td', { class: 'meter', 'aria-hidden': 'true' }),
          h('th', { scope: 'col' }, t.customers), h('th', { scope: 'col' }, t.shareCustomers), h('th', { scope: 'col' }, t.average))),
        h('tbody', {}, counts.map((c, i) => h('tr', { 'data-affiliates': i + 1 }, h('th', { scope: 'row' }, t.using(i + 1)), meter(c.customers, most),
          h('td', {}, counted(c.customers, t.person)), h('td', {}, percent(c.customers, total)),
          h('td', { title: won(c.average) }, c.average === null ? '–' : compactWon(c.average))))))),
      matrix));
}
