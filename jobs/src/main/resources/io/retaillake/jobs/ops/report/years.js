// A year month by month, beside the year before.

const monthShort = (m) => new Date(Date.UTC(2000, m - 1, 1)).toLocaleDateString('en-US', { month: 'short', timeZone: 'UTC' });

function years() {
  if (data.first === null) return null;
  const year = Number(chosenMonths()[1].slice(0, 4));
  const shownYears = [year, year - 1];
  const rows = ofChosen(sections.months);
  const month = (y, m) => String(y).padStart(4, '0') + '-' + String(m).padStart(2, '0') + '-01';
  const value = (y, m) => {
    const found = rows.filter((row) => row.month === month(y, m));
    return found.length === 0 ? null : sum(found, measured);
  };
  const months = Array.from({ length: 12 }, (_, i) => i + 1);
  const values = shownYears.map((y) => months.map((m) => value(y, m)));
  const both = values[1].some((v) => v !== null);
  const scale = ticks(Math.min(0, ...values.flat()), Math.max(0, ...values.flat()) || 1);
  const [low, high] = [scale[0], scale[scale.length - 1]];
  const width = widthOf(2);
  const height = 250;
  const left = axisWidth(scale);
  const bottom = height - 24;
  const step = (width - left - 34) / 12;
  const x = (i) => left + step * (i + 0.5);
  const y = (v) => bottom - (v - low) / (high - low) * (bottom - 12);
  const monthLabel = (m) => (state.language === 'ko' ? m + '월' : monthShort(m));
  const line = (points, i) => {
    // Where a month has no sales the line has a gap.
    const path = points.map((v, j) => (v === null ? '' : (j > 0 && points[j - 1] !== null ? 'L' : 'M') + x(j).toFixed(1) + ' ' + y(v).toFixed(1))).join('');
    const last = points.findLastIndex((v) => v !== null);
    return last < 0 ? null : [s('path', { class: 'line y' + i, d: path }),
      points.map((v, j) => (v === null ? null : s('circle', { class: 'y' + i, cx: x(j), cy: y(v), r: 3 })))];
  };
  const text = (j) => monthLabel(months[j]) + '\n' + shownYears.map((each, i) => (values[i][j] === null ? null : each + ' ' + shown(values[i][j])))
    .filter((each) => each !== null).join('\n');
  const chart = s('svg', { viewBox: `0 0 ${width} ${height}`, height, role: 'img', 'aria-label': t.years + ', ' + chosenName() + ', ' + measureName() },
    scale.map((v) => [s('line', { class: v === 0 ? 'grid zero' : 'grid', x1: left, x2: width, y1: y(v), y2: y(v) }),
      s('text', { x: left - 8, y: y(v) + 4, 'text-anchor': 'end' }, compact(v))]),
    months.map((m, i) => s('text', { x: x(i), y: bottom + 17, 'text-anchor': 'middle' }, step < 30 ? String(m) : monthLabel(m))),
    months.map((_, j) => s('rect', { class: 'hit', x: x(j) - step / 2, y: 8, width: step, height: bottom - 8, tip: text(j) })),
    s('g', { class: 'lines' }, [1, 0].map((i) => line(values[i], i))));
  return section('years', t.years, chosenName() + ' · ' + measureName() + (both ? '' : ' · ' + t.noYearBefore(year - 1)),
    h('div', { class: 'legend' }, shownYears.slice(0, both ? 2 : 1).map((each, i) => h('span', {},
      s('svg', { class: 'key', viewBox: '0 0 26 10', width: 26, height: 10, 'aria-hidden': 'true' }, s('path', { class: 'line y' + i, d: 'M1 5L25 5' })), String(each)))),
    chart,
    tableOf('years', t.years, [t.month, ...shownYears.map(String), t.changeHead], months.map((m, j) => [monthLabel(m),
      ...values.map((each) => (each[j] === null ? { text: '–', value: null } : shownCell(each[j]))),
      changeCell(values[0][j] === null || values[1][j] === null ? null : changeOf(values[0][j], values[1][j]))])));
}
