// Sales over time.

/** Round numbers that cover from least to most in about four steps. */
function ticks(least, most) {
  const rough = (most - least) / 4 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((size) => size >= rough);
  const values = [];
  for (let i = Math.floor(least / step); i * step < most + step; i++) values.push(i * step);
  return values;
}

/** What the names of an axis take. */
const axisWidth = (scale) => 12 + 7 * Math.max(...scale.map((v) => compact(v).length + (/[가-힣]/.test(compact(v)) ? 1 : 0)));

/** Sales by affiliate and day of a month, which has lists of them; nothing where the page has none of that month. */
const daysOf = (month) => sections.days.filter((row) => row.month === month).flatMap((row) => row.amount.map((amount, i) =>
  ({ affiliate: row.affiliate, day: month.slice(0, 8) + String(i + 1).padStart(2, '0'), amount, purchases: row.purchases[i] })));

function trend() {
  if (data.periods.length === 0) return section('trend', t.months, null, null, nothing());
  const [first, last] = chosenMonths();
  const days = first === last ? daysOf(first) : [];
  const daily = days.length > 0;
  const title = daily ? t.days : t.months;
  const periods = daily ? Array.from({ length: daysIn(first) }, (_, i) => first.slice(0, 8) + String(i + 1).padStart(2, '0')) : monthsShown();
  const field = daily ? 'day' : 'month';
  const rows = ofChosen(daily ? days : sections.months.filter((row) => inRange(row.month, [first, last])));
  const shownAffiliates = chosenAffiliates();
  const values = new Map(rows.map((row) => [row.affiliate + ' ' + row[field], measured(row)]));
  const value = (affiliate, period) => values.get(affiliate + ' ' + period) || 0;
  const totals = periods.map((period) => sum(shownAffiliates, (a) => Math.max(0, value(a, period))));
  const depths = periods.map((period) => sum(shownAffiliates, (a) => Math.min(0, value(a, period))));
  const scale = ticks(Math.min(0, ...depths), Math.max(...totals, 0) || 1);
  const low = scale[0];
  const high = scale[scale.length - 1];
  const label = (period) => (daily ? monthName(period) + (state.language === 'ko' ? ' ' + Number(period.slice(8)) + '일' : '-' + period.slice(8)) : monthName(period));

  const width = widthOf();
  const height = (width < 500 ? 195 : 290) - (daily ? 14 : 0);
  const left = axisWidth(scale);
  const bottom = height - (daily ? 20 : 34);
  const y = (v) => bottom - (v - low) / (high - low) * (bottom - 12);
  const step = (width - left) / periods.length;
  const bar = Math.min(step * 0.72, 54);
  const every = Math.ceil((daily ? 24 : 34) / step);
  const marks = periods.map((period, i) => {
    const x = left + i * step + (step - bar) / 2;
    let up = 0;
    let down = 0;
    const parts = shownAffiliates.map((a) => {
      const v = value(a, period);
      const from = v >= 0 ? up : down;
      if (v >= 0) up += v; else down += v;
      const top = y(Math.max(from, from + v));
      return s('rect', { x, y: top, width: bar, height: Math.max(0, y(Math.min(from, from + v)) - top), class: 'mark ' + color(a) });
    });
    const total = sum(shownAffiliates, (a) => value(a, period));
    const text = label(period) + '\n' + (shownAffiliates.length > 1 ? t.total + ' ' + shown(total) + '\n' : '')
      + shownAffiliates.map((a) => a + ' ' + shown(value(a, period))).join('\n');
    return s('g', { tip: text }, s('rect', { class: 'hit', x: left + i * step, y: 8, width: step, height: bottom - 8 }), parts);
  });
  const axis = periods.map((period, i) => {
    if (i % every !== 0) return null;
    const x = left + i * step + step / 2;
    const first = daily || period.slice(5, 7) === '01' || i === 0;
    const name = daily ? String(Number(period.slice(8))) : String(Number(period.slice(5, 7))) + (state.language === 'ko' && every * step > 30 ? '월' : '');
    return [s('text', { x, y: bottom + 15, 'text-anchor': 'middle' }, name),
      first && !daily ? s('text', { x, y: bottom + 30, 'text-anchor': 'middle', class: 'in' }, period.slice(0, 4)) : null];
  });
  const all = sum(rows, measured);
  const chart = s('svg', { viewBox: `0 0 ${width} ${height}`, height, role: 'img', 'aria-label': `${title}, ${chosenName()}, ${measureName()}: ${shown(all)}` },
    scale.map((v) => [s('line', { class: v === 0 ? 'grid zero' : 'grid', x1: left, x2: width, y1: y(v), y2: y(v) }),
      s('text', { x: left - 8, y: y(v) + 4, 'text-anchor': 'end' }, compact(v))]),
    marks, axis);
  return section('trend', title, chosenName() + ' · ' + measureName() + ' ' + shown(all),
    h('div', { class: 'legend' }, shownAffiliates.map((a) => h('span', {}, h('span', { class: 'dot ' + color(a) }), width < 500 ? a : t.affiliate(a)))),
    chart,
    tableOf('trend', title, [t.period, ...shownAffiliates, ...(shownAffiliates.length > 1 ? [t.total] : [])], periods.map((period) => [
      label(period), ...shownAffiliates.map((a) => shownCell(value(a, period))),
      ...(shownAffiliates.length > 1 ? [shownCell(sum(shownAffiliates, (a) => value(a, period)))] : []),
    ])));
}
