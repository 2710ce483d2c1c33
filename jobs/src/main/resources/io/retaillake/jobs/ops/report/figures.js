// Rows of the data, chosen, grouped and added up.

const objects = (section) => section.rows.map((row) =>
  Object.fromEntries(section.columns.map((column, i) => [column, row[i]])));
const affiliates = data.overview.filter((o) => o.affiliate !== null).map((o) => o.affiliate);
const sections = Object.fromEntries(
  ['months', 'days', 'hours', 'ages', 'places', 'placeCustomers', 'placeNames', 'overlap', 'retention', 'products', 'potential',
    'earlier', 'buyers', 'memberSales', 'latinNames'].map((name) => [name, objects(data[name])]));
const ofChosen = (rows) => rows.filter((row) => state.affiliate === null || row.affiliate === state.affiliate);
const chosenAffiliates = () => (state.affiliate === null ? affiliates : [state.affiliate]);
const sum = (rows, value) => rows.reduce((total, row) => total + value(row), 0);
const measured = (row) => row[state.measure];
const color = (affiliate) => 's' + Math.max(0, affiliates.indexOf(affiliate)) % 6;

/** A sum of amounts, exact because it is one of hundredths. */
const exactly = (amounts) => amounts.reduce((total, amount) => total + Math.round(100 * amount), 0) / 100;

const wholeRange = () => state.from === 0 && state.to === lastPeriod;
/** Rows of a section that has lists by period, of what was sold in some of these. */
const inPeriods = (rows, from, to) => rows
  .map((row) => ({ ...row, amount: exactly(row.amount.slice(from, to + 1)), purchases: sum(row.purchases.slice(from, to + 1), (n) => n) }))
  .filter((row) => row.purchases !== 0 || row.amount !== 0);
/** The same of the chosen affiliate and range. */
const chosen = (name) => inPeriods(ofChosen(sections[name]), state.from, state.to);

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

/** Different customers from one period to another; null where that is unknown. */
function customersIn(affiliate, from, to) {
  const row = sections.buyers.find((each) => each.affiliate === affiliate && each.from === from);
  return row ? row.customers[to - from] : null;
}

/** An affiliate's figures in the chosen range, or the group's. */
function overviewOf(affiliate) {
  if (wholeRange()) return data.overview.find((o) => o.affiliate === affiliate);
  const of = (rows) => rows.filter((row) => affiliate === null || row.affiliate === affiliate);
  const rows = of(sections.months).filter((row) => inRange(row.month, chosenMonths()));
  const members = of(inPeriods(sections.memberSales, state.from, state.to));
  const figures = { affiliate, amount: exactly(rows.map((row) => row.amount)), purchases: sum(rows, (row) => row.purchases),
    receipts: sum(rows, (row) => row.receipts), customers: customersIn(affiliate, state.from, state.to) || 0 };
  const per = (total, count) => (count > 0 ? total / count : null);
  return { ...figures, amountPerPurchase: per(figures.amount, figures.purchases),
    amountPerCustomer: per(exactly(members.map((row) => row.amount)), figures.customers),
    purchasesPerCustomer: per(sum(members, (row) => row.purchases), figures.customers) };
}
