// Places where the next store would pay.

const MOST_POTENTIAL_OF_ALL = 3;
function potential() {
  const rows = ofChosen(sections.potential).filter((row) => state.affiliate !== null || row.rank <= MOST_POTENTIAL_OF_ALL);
  if (rows.length === 0) return null;
  const placeName = (row) => [cityName(row.province_city, row.city_county), row.city_county === null ? null : provinceName(row.province_city)];
  const most = Math.max(...rows.map((row) => row.average));
  const heads = ['#', t.affiliates, t.place, t.province, t.perCustomer, t.elsewhere, t.customers];
  return section('potential', t.potential, t.potentialNote, csvButton('potential', t.potential, heads, rows.map((row) => [
    countCell(row.rank, ''), row.affiliate, placeName(row)[0], provinceName(row.province_city), wonCell(row.average), wonCell(row.elsewhere), countCell(row.customers, t.person)])),
    h('table', {},
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'rank' }, '#'), h('th', { scope: 'col', class: 'text' }, t.place), h('td', { class: 'meter', 'aria-hidden': 'true' }),
        h('th', { scope: 'col' }, t.perCustomer), h('th', { scope: 'col', class: 'wide' }, t.elsewhere), h('th', { scope: 'col', class: 'wide' }, t.customers))),
      h('tbody', {}, rows.map((row) => {
        const [place, province] = placeName(row);
        return h('tr', {},
          h('td', { class: 'rank' }, String(row.rank)),
          h('th', { scope: 'row' }, place, h('span', { class: 'small' }, t.affiliate(row.affiliate) + (province === null ? '' : ' · ' + province))),
          meter(row.average, most),
          h('td', { title: won(row.average) }, compactWon(row.average)),
          h('td', { class: 'wide', title: won(row.elsewhere) }, compactWon(row.elsewhere)),
          h('td', { class: 'wide' }, counted(row.customers, t.person)));
      }))));
}
