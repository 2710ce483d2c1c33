// Places where the next store would pay.

const MOST_POTENTIAL_OF_ALL = 3;
function potential() {
  const rows = ofChosen(sections.potential).filter((row) => state.affiliate !== null || row.rank <= MOST_POTENTIAL_OF_ALL);
  if (rows.length === 0) return null;
  const names = new Map(sections.placeNames.map((n) => [JSON.stringify([n.province_city, n.city_county]), n]));
  const placeName = (row) => {
    const name = state.language === 'en' ? names.get(JSON.stringify([row.province_city, row.city_county])) : undefined;
    const province = (name && name.province_city_eng) || row.province_city;
    return row.city_county === null ? [province, null] : [(name && name.city_county_eng) || row.city_county, province];
  };
  const most = Math.max(...rows.map((row) => row.average));
  return section('potential', t.potential, t.potentialNote, null,
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
