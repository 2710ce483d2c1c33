// What a range of months is compared with: as many months before it, and the same months of the year before.

function monthRows(range, affiliate) {
  return sections.months.filter((row) => inRange(row.month, range) && (affiliate === null || row.affiliate === affiliate));
}
/** Whether there are figures of each month of a range. */
const isCovered = (range, affiliate) => {
  const months = new Set(monthRows(range, affiliate).map((row) => row.month));
  return lengthOf(range) <= months.size;
};

/** The ranges to compare with, of which there are figures. */
function comparable(range, affiliate) {
  const months = lengthOf(range);
  return {
    before: [earlierBy(range, months)].find((other) => isCovered(other, affiliate)) || null,
    year: months > 12 ? null : [earlierBy(range, 12)].find((other) => isCovered(other, affiliate)) || null,
  };
}

const totalOf = (range, affiliate, field) => exactly(monthRows(range, affiliate).map((row) => row[field]));
/** A change in percent, null where there is nothing to divide by. */
const changeOf = (now, then) => (then > 0 ? 100 * (now - then) / then : null);
const changeSince = (range, other, affiliate, field) => (other === null ? null
  : changeOf(totalOf(range, affiliate, field), totalOf(other, affiliate, field)));
function signed(change) {
  const text = Math.abs(change).toFixed(1);
  return (Number(text) === 0 ? '±' : change > 0 ? '+' : '−') + text + '%';
}

/** Amounts of a month by affiliate, province or category; null where the page does not have them. */
function amountsOf(kind, month) {
  if (kind === 'affiliate') return sections.months.filter((row) => row.month === month).map((row) => [row.affiliate, row.amount]);
  const period = periodOf(month);
  if (period >= 0) {
    const rows = ofChosen(sections[kind === 'province_city' ? 'places' : 'ages']).filter((row) => !row.other);
    return rows.map((row) => [kind === 'province_city' ? row.province_city : row.category, row.amount[period]]);
  }
  const earlier = sections.earlier.filter((row) => row.month === month && row.kind === kind);
  return earlier.length === 0 ? null : ofChosen(earlier).map((row) => [row.name, row.amount]);
}

/** What changed most in the direction in which all changed: name and difference in KRW; null where there is no such thing. */
function moverOf(kind, range, other, direction) {
  const now = monthsOf(range).map((month) => amountsOf(kind, month));
  const then = monthsOf(other).map((month) => amountsOf(kind, month));
  if ([...now, ...then].includes(null) || now.length * then.length === 0) return null;
  const entries = [...now.flat(), ...then.flat().map(([name, amount]) => [name, -amount])];
  const changes = group(entries.filter(([name]) => name !== null), ([name]) => name)
    .map((g) => ({ name: g.key, change: exactly(g.rows.map(([, amount]) => amount)) }))
    .sort((a, b) => direction * (b.change - a.change) || (a.name < b.name ? -1 : 1));
  return changes.length > 1 && direction * changes[0].change > 0 ? changes[0] : null;
}
