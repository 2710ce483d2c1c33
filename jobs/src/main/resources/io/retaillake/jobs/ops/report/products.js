// The products that sell most.

const MOST_PRODUCTS_SHOWN = 12;
function products() {
  const rows = ofChosen(sections.products).sort((a, b) => measured(b) - measured(a)).slice(0, MOST_PRODUCTS_SHOWN);
  if (rows.length === 0) return section('products', t.products, null, null, nothing());
  const most = measured(rows[0]);
  return section('products', t.products, chosenName() + ' · ' + measureName(), null,
    h('table', {},
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'rank' }, '#'), h('th', { scope: 'col', class: 'text' }, t.product), h('td', { class: 'meter', 'aria-hidden': 'true' }),
        h('th', { scope: 'col' }, t.amount), h('th', { scope: 'col', class: 'wide' }, t.purchases))),
      h('tbody', {}, rows.map((row, i) => h('tr', {},
        h('td', { class: 'rank' }, String(i + 1)),
        h('th', { scope: 'row' }, row.sub_category_desc === null ? t.unknown + ' (' + row.sub_category_cd + ')' : row.sub_category_desc,
          h('span', { class: 'small' }, t.affiliate(row.affiliate) + ' · ' + known(row.main_category_desc))),
        meter(measured(row), most),
        h('td', { title: won(row.amount) }, compactWon(row.amount)),
        h('td', { class: 'wide' }, counted(row.purchases, t.count)))))));
}
