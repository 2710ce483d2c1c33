// Sales by weekday and hour, as a heat map.

const level = (value, most) => (value <= 0 || most <= 0 ? 0 : Math.max(1, Math.min(8, Math.ceil(8 * value / most))));
function scaleLegend() {
  return h('div', { class: 'legend', 'aria-hidden': 'true' }, h('span', {}, t.less,
    h('span', { class: 'scale' }, Array.from({ length: 9 }, (_, i) => h('i', { class: 'h' + i }))), t.more));
}

function hours() {
  const rows = chosen('hours');
  if (rows.length === 0) return section('hours', t.heat, null, null, nothing());
  const cells = new Map(group(rows, (row) => [row.day_of_week, row.purchase_hour]).map((g) => [g.key.join(), sum(g.rows, measured)]));
  const columns = [...Array(24).keys(), ...(rows.some((row) => row.purchase_hour === null) ? [null] : [])];
  const value = (day, hour) => cells.get([day, hour].join()) || 0;
  const most = Math.max(...cells.values());
  const total = sum(rows, measured);
  const width = widthOf(2);
  const left = state.language === 'ko' ? 26 : 36;
  const step = (width - left) / columns.length;
  const row = Math.min(34, Math.max(24, step));
  const hourName = (hour) => (hour === null ? t.unknown : state.language === 'ko' ? hour + '시' : hour + ':00');
  const every = step < 16 ? 3 : step < 26 ? 2 : 1;
  const chart = s('svg', { viewBox: `0 0 ${width} ${7 * row + 24}`, height: 7 * row + 24, role: 'img', 'aria-label': `${t.heat}, ${chosenName()}, ${measureName()}` },
    t.weekdays.map((name, i) => [
      s('text', { x: left - 8, y: i * row + row / 2 + 4, 'text-anchor': 'end' }, name),
      columns.map((hour, c) => s('rect', {
        x: left + c * step + 1 + (hour === null ? 2 : 0), y: i * row + 1, width: Math.max(1, step - 2), height: row - 2, rx: 2,
        class: 'mark h h' + level(value(i + 1, hour), most),
        tip: `${name} ${hourName(hour)}\n${shown(value(i + 1, hour))}\n${t.share} ${percent(value(i + 1, hour), total)}`,
      })),
    ]),
    columns.map((hour, c) => (hour === null || hour % every === 0
      ? s('text', { x: left + c * step + step / 2, y: 7 * row + 17, 'text-anchor': 'middle' }, hour === null ? '?' : String(hour)) : null)));
  return section('hours', t.heat, chosenName() + ' · ' + measureName() + ' · ' + t.heatNote, scaleLegend(), chart,
    tableOf('hours', t.heat, [t.hour, ...t.weekdays], columns.map((hour) => [hourName(hour), ...t.weekdays.map((_, i) => shownCell(value(i + 1, hour)))])));
}
