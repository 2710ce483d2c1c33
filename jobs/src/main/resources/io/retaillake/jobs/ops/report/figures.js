// Rows of the data, chosen, grouped and added up.

const objects = (section) => section.rows.map((row) =>
  Object.fromEntries(section.columns.map((column, i) => [column, row[i]])));
const affiliates = data.overview.filter((o) => o.affiliate !== null).map((o) => o.affiliate);
const sections = Object.fromEntries(
  ['months', 'days', 'hours', 'ages', 'places', 'placeCustomers', 'placeNames', 'overlap', 'retention', 'products', 'potential']
    .map((name) => [name, objects(data[name])]));
const ofChosen = (rows) => rows.filter((row) => state.affiliate === null || row.affiliate === state.affiliate);
const chosenAffiliates = () => (state.affiliate === null ? affiliates : [state.affiliate]);
const sum = (rows, value) => rows.reduce((total, row) => total + value(row), 0);
const measured = (row) => row[state.measure];
const color = (affiliate) => 's' + Math.max(0, affiliates.indexOf(affiliate)) % 6;

/** Rows grouped by a key; the key of an unknown value is its own. */
function group(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    const name = JSON.stringify(key(row));
    if (!groups.has(name)) groups.set(name, { key: key(row), rows: [] });
    groups.get(name).rows.push(row);
  }
  return [...groups.values()];
}
