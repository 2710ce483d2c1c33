// Sales by place.

function meter(value, most) {
  const inner = h('i');
  inner.style.width = (most > 0 ? Math.max(0, 100 * value / most) : 0) + '%';
  return h('td', { class: 'meter', 'aria-hidden': 'true' }, h('div', {}, inner));
}

const MOST_PLACES = 12;
const MOST_PLACES_IN_TABLE = 300;
function places() {
  const rows = ofChosen(sections.places);
  const cities = state.level === 'cities';
  const controlsOfLevel = choice(t.level, 'level', [['provinces', t.provinces], ['cities', t.cities]], state.level, (value) => { state.level = value; });
  if (rows.length === 0) return section('places', t.place, null, null, nothing());
  const names = new Map(sections.placeNames.map((n) => [JSON.stringify([n.province_city, n.city_county]), n]));
  const provinceNames = new Map(sections.placeNames.map((n) => [n.province_city, n.province_city_eng]));
  const customers = new Map(sections.placeCustomers.filter((c) => c.affiliate === state.affiliate && c.whole !== cities)
    .map((c) => [JSON.stringify(cities ? [c.province_city, c.city_county] : [c.province_city]), c.customers]));
  const lines = group(rows, (row) => (cities ? [row.province_city, row.city_county] : [row.province_city])).map((g) => {
    const [province, city] = g.key;
    const english = state.language === 'en';
    const provinceName = province === null ? t.unknown : (english && provinceNames.get(province)) || province;
    const name = names.get(JSON.stringify(g.key));
    const cityName = !cities || city === null ? null : (english && name && name.city_county_eng) || city;
    const amount = sum(g.rows, (row) => row.amount);
    const here = customers.get(JSON.stringify(g.key));
    const count = province === null || here === undefined ? null : here;
    return { name: cityName || provinceName, of: cityName ? provinceName : null, known: province !== null, amount,
      value: sum(g.rows, measured), customers: count, average: count ? amount / count : null };
  }).sort((a, b) => b.known - a.known || b.value - a.value);
  const most = Math.max(...lines.map((line) => line.value));
  const knownLines = lines.filter((line) => line.known);
  const top = [...knownLines.slice(0, cities ? MOST_PLACES : 20), ...lines.filter((line) => !line.known)];
  const cells = (line) => [shown(line.value), line.customers === null ? '–' : counted(line.customers, t.person), won(line.average)];
  const heads = [measureName(), t.customers, t.perCustomer];
  return section('places', t.place, chosenName() + ' · ' + t.placeNote + (cities ? ' · ' + t.top(Math.min(MOST_PLACES, knownLines.length), knownLines.length) : ''), controlsOfLevel,
    h('table', {},
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, cities ? t.cities : t.provinces), h('td', { class: 'meter', 'aria-hidden': 'true' }),
        h('th', { scope: 'col' }, heads[0]), h('th', { scope: 'col', class: 'wide' }, heads[1]), h('th', { scope: 'col' }, heads[2]))),
      h('tbody', {}, top.map((line) => h('tr', {},
        h('th', { scope: 'row' }, line.name, line.of ? h('span', { class: 'small' }, line.of) : null),
        meter(line.value, most),
        h('td', { title: shown(line.value) }, compactShown(line.value)), h('td', { class: 'wide' }, cells(line)[1]),
        h('td', {}, cells(line)[2]))))),
    tableOf(t.place, [cities ? t.cities : t.provinces, ...heads], lines.slice(0, MOST_PLACES_IN_TABLE).map((line) =>
      [line.of ? line.of + ' ' + line.name : line.name, ...cells(line)])));
}
