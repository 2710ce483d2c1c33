// Numbers as people read them.

const whole = (value) => Math.round(value).toLocaleString('en-US');
const digits = (value, most) => value.toLocaleString('en-US', { maximumFractionDigits: most });
const won = (value) => (value === null ? '–' : state.language === 'ko' ? whole(value) + '원' : (value < 0 ? '-₩' : '₩') + whole(Math.abs(value)));
const counted = (value, unit) => (value === null ? '–' : whole(value) + unit);
const shown = (value) => (state.measure === 'amount' ? won(value) : counted(value, t.count));
/** A share, which is shown as 0 only if it is. */
const percent = (part, total) => {
  if (!(total > 0)) return '–';
  const share = 100 * part / total;
  return share > 0 && share < 0.05 ? '<0.1%' : share.toFixed(1) + '%';
};
/** Exact thousands separators for a decimal that is text. */
const separated = (text) => text.replace(/^(-?\d+)/, (n) => n.replace(/\B(?=(\d{3})+$)/g, ','));

/** Three significant digits and a unit: 만, 억, 조 or K, M, B, T. */
function compact(value) {
  const units = state.language === 'ko' ? [[1e12, '조'], [1e8, '억'], [1e4, '만']] : [[1e12, 'T'], [1e9, 'B'], [1e6, 'M'], [1e3, 'K']];
  // What would be rounded to a thousand thousands is a million.
  const nearly = state.language === 'ko' ? 0.99995 : 0.9995;
  for (const [size, unit] of units) {
    if (Math.abs(value) >= size * nearly) {
      const scaled = value / size;
      return digits(scaled, Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2) + unit;
    }
  }
  return digits(value, Math.abs(value) < 10 ? 1 : 0);
}
const compactWon = (value) => (state.language === 'ko' ? compact(value) + '원' : (value < 0 ? '-₩' : '₩') + compact(Math.abs(value)));
const compactShown = (value) => (state.measure === 'amount' ? compactWon(value) : compact(value) + t.count);
