// The categories and products that sell most; a category leads to its products.

const MOST_PRODUCTS_SHOWN = 12;

function categoryLines(rows) {
  return group(rows, (row) => [row.other, row.category]).map((g) => ({
    name: g.key[0] ? t.others : nameOf(g.key[1]), leadsTo: g.key[1], last: g.key[0], note: null,
    amount: exactly(g.rows.map((row) => row.amount)), purchases: sum(g.rows, (row) => row.purchases),
  })).sort((a, b) => a.last - b.last || measured(b) - measured(a));
}
function productLines(rows, inCategory) {
  return rows.map((row) => ({
    name: row.others > 0 ? t.otherProducts(whole(row.others)) : row.product === null ? t.unknown + ' (' + row.code + ')' : nameOf(row.product), leadsTo: null, last: row.others > 0,
    code: row.code, note: t.affiliate(row.affiliate) + (inCategory || row.others > 0 ? '' : ' · ' + nameOf(row.category)), amount: row.amount, purchases: row.purchases,
  })).sort((a, b) => a.last - b.last || measured(b) - measured(a));
}

function products() {
  const rows = chosen('products');
  if (rows.length === 0) return section('products', t.products, null, null, nothing());
  const inside = rows.filter((row) => !row.other && row.category === state.category);
  const drilled = state.category !== null && inside.length > 0;
  const categories = !drilled && state.view === 'categories';
  const all = categories ? categoryLines(rows) : productLines(drilled ? inside : rows.filter((row) => row.others === 0), drilled);
  const lines = drilled ? all : all.slice(0, MOST_PRODUCTS_SHOWN);
  const most = Math.max(...lines.map(measured));
  const kind = categories ? t.category : t.product;
  const heads = [kind, ...(categories ? [] : [t.code, t.affiliates]), t.amount, t.purchases];
  const title = categories ? t.categories : t.products;
  return section('products', title, [chosenName(), measureName(), ...(categories ? [t.top(lines.length, all.length)] : [t.productsNote])].join(' · '),
    choice(t.productView, 'view', [['categories', t.category], ['products', t.product]], drilled ? null : state.view, (view) => ({ view, category: null })),
    drilled ? h('p', { class: 'path' }, drill('products-up', t.allCategories, { category: null, view: 'categories' }, 'category'), ' › ', h('strong', {}, nameOf(state.category))) : null,
    h('table', {},
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'rank' }, '#'), h('th', { scope: 'col', class: 'text' }, kind), h('td', { class: 'meter', 'aria-hidden': 'true' }),
        h('th', { scope: 'col' }, t.amount), h('th', { scope: 'col', class: 'wide' }, t.purchases))),
      h('tbody', {}, lines.map((line, i) => h('tr', {},
        h('td', { class: 'rank' }, line.last ? '' : String(i + 1)),
        h('th', { scope: 'row' }, line.leadsTo === null ? line.name : drill('category', line.name, { category: line.leadsTo }, 'products-up'),
          line.note === null ? null : h('span', { class: 'small' }, line.note)),
        meter(measured(line), most),
        h('td', { title: won(line.amount) }, compactWon(line.amount)),
        h('td', { class: 'wide' }, counted(line.purchases, t.count)))))),
    tableOf('products', title, heads, all.map((line) =>
      [line.name, ...(categories ? [] : [line.code || '', line.note]), wonCell(line.amount), countCell(line.purchases, t.count)])));
}
