// Sales by place: provinces on a map, and in a list, which leads to each one's cities.

function meter(value, most) {
  const inner = h('i');
  inner.style.width = (most > 0 ? Math.max(0, 100 * value / most) : 0) + '%';
  return h('td', { class: 'meter', 'aria-hidden': 'true' }, h('div', {}, inner));
}

const MOST_PLACES = 12;

/** Places of rows, the largest first, unknown ones last; customers where they were counted. */
function placeLines(rows, cities) {
  const customers = new Map(!wholeRange() ? [] : sections.placeCustomers.filter((c) => c.affiliate === state.affiliate && c.whole !== cities)
    .map((c) => [JSON.stringify(cities ? [c.province_city, c.city_county] : [c.province_city]), c.customers]));
  return group(rows, (row) => (cities ? [row.province_city, row.city_county] : [row.province_city])).map((g) => {
    const [province, city = null] = g.key;
    const amount = exactly(g.rows.map((row) => row.amount));
    const count = province === null ? null : customers.get(JSON.stringify(g.key)) || null;
    return { province, name: cities ? cityName(province, city) : provinceName(province), of: cities && city !== null ? provinceName(province) : null,
      value: sum(g.rows, measured), customers: count, average: count ? amount / count : null };
  }).sort((a, b) => (a.province === null) - (b.province === null) || b.value - a.value);
}

function places() {
  const rows = chosen('places');
  if (rows.length === 0) return section('places', t.place, null, null, nothing());
  const inside = rows.filter((row) => row.province_city === state.province);
  const drilled = state.province !== null && inside.length > 0;
  const cities = drilled || state.level === 'cities';
  const lines = placeLines(drilled ? inside : rows, cities);
  const knownLines = lines.filter((line) => line.province !== null);
  const top = [...knownLines.slice(0, drilled || cities ? MOST_PLACES : 20), ...lines.filter((line) => line.province === null)];
  const most = Math.max(...lines.map((line) => line.value));
  const counts = wholeRange();
  const cells = (line) => [shownCell(line.value), ...(counts ? [countCell(line.customers, t.person), wonCell(line.average)] : [])];
  const heads = [measureName(), ...(counts ? [t.customers, t.perCustomer] : [])];
  const kind = cities ? t.cities : t.provinces;
  const notes = [chosenName(), t.placeNote, ...(cities ? [t.top(Math.min(MOST_PLACES, knownLines.length), knownLines.length)] : []), ...(counts ? [] : [t.customersNotAdded])];
  const list = h('div', {},
    drilled ? h('p', { class: 'path' }, drill('places-up', t.allPlaces, { province: null }, 'province'), ' › ', h('strong', {}, provinceName(state.province))) : null,
    h('table', {},
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, kind), h('td', { class: 'meter', 'aria-hidden': 'true' }),
        h('th', { scope: 'col' }, heads[0]), counts ? [h('th', { scope: 'col', class: 'wide' }, heads[1]), h('th', { scope: 'col' }, heads[2])] : null)),
      h('tbody', {}, top.map((line) => h('tr', {},
        h('th', { scope: 'row' }, cities || line.province === null ? line.name : drill('province', line.name, { province: line.province }, 'places-up'),
          line.of && !drilled ? h('span', { class: 'small' }, line.of) : null),
        meter(line.value, most),
        h('td', { title: shown(line.value) }, compactShown(line.value)),
        counts ? [h('td', { class: 'wide' }, textOfCell(cells(line)[1])), h('td', {}, textOfCell(cells(line)[2]))] : null)))));
  return section('places', t.place, notes.join(' · '),
    choice(t.level, 'level', [['provinces', t.provinces], ['cities', t.cities]], drilled ? null : state.level, (value) => ({ level: value, province: null })),
    h('div', { class: 'pair' }, tileMap(placeLines(rows, false)), list),
    tableOf('places', t.place, [kind, ...heads, ...(cities ? [t.province] : [])], lines.map((line) =>
      [line.name, ...cells(line), ...(cities ? [provinceName(line.province)] : [])])));
}
