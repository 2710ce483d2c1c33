// The provinces as tiles, each in its rough place.

/** Column and row of the province whose name begins so; the long names come first. */
const TILES = [
  ['인천', 0, 0, 'Incheon'], ['서울', 1, 0, 'Seoul'], ['경기', 2, 0, 'Gyeonggi'], ['강원', 3, 0, 'Gangwon'],
  ['충청남', 0, 1, 'Chungnam', '충남'], ['세종', 1, 1, 'Sejong'], ['충청북', 2, 1, 'Chungbuk', '충북'], ['경상북', 3, 1, 'Gyeongbuk', '경북'],
  ['전라북', 0, 2, 'Jeonbuk', '전북'], ['대전', 1, 2, 'Daejeon'], ['대구', 2, 2, 'Daegu'], ['울산', 3, 2, 'Ulsan'],
  ['광주', 0, 3, 'Gwangju'], ['전라남', 1, 3, 'Jeonnam', '전남'], ['경상남', 2, 3, 'Gyeongnam', '경남'], ['부산', 3, 3, 'Busan'],
  ['제주', 0, 4, 'Jeju'],
].map(([name, column, row, english, short]) => ({ name, short: short || name, column, row, english }));
const tileOf = (province) => (province === null ? undefined
  : TILES.find((tile) => province.startsWith(tile.name) || province.startsWith(tile.short)));

/** The darker, the more: by square roots, because the largest is many times the others. */
const tone = (value, most) => level(Math.sqrt(Math.max(0, value)), Math.sqrt(Math.max(0, most)));

/** @param lines each province's name and value */
function tileMap(lines) {
  const total = sum(lines, (line) => line.value);
  const width = Math.min(460, widthOf(2));
  const step = width / 4;
  const row = Math.min(66, step * 0.72);
  const values = new Map();
  for (const line of lines) {
    const tile = tileOf(line.province);
    if (tile) values.set(tile, { province: line.province, value: (values.get(tile) || { value: 0 }).value + line.value });
  }
  const most = Math.max(0, ...[...values.values()].map((each) => each.value));
  const label = (tile) => (state.language === 'en' ? tile.english : tile.short);
  return h('div', { class: 'map' },
    s('svg', { viewBox: `0 0 ${width} ${5 * row}`, height: 5 * row, role: 'group', 'aria-label': t.map + ', ' + chosenName() + ', ' + measureName() },
      TILES.map((tile) => {
        const { province, value } = values.get(tile) || { province: null, value: 0 };
        const depth = tone(value, most);
        const text = (province === null ? label(tile) : provinceName(province)) + '\n' + shown(value) + '\n' + t.share + ' ' + percent(value, total);
        const x = tile.column * step;
        const y = tile.row * row;
        const open = () => choose({ province: state.province === province ? null : province }, `[data-province="${CSS.escape(province)}"]`);
        return s('g', province === null ? { role: 'img', 'aria-label': text.replaceAll('\n', ', '), tip: text } : {
          role: 'button', tabindex: '0', class: 'tile' + (state.province === province ? ' chosen' : ''), 'data-province': province, 'aria-pressed': String(state.province === province),
          'aria-label': text.replaceAll('\n', ', '), tip: text, onclick: open,
          onkeydown: (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); open(); } },
        },
        s('rect', { x: x + 1.5, y: y + 1.5, width: step - 3, height: row - 3, rx: 6, class: 'mark h h' + depth }),
        s('text', { x: x + step / 2, y: y + row / 2 - 4, 'text-anchor': 'middle', class: 'in h' + depth + 't' },
          s('tspan', { class: 'name' }, label(tile)), s('tspan', { x: x + step / 2, dy: 17 }, value === 0 ? '–' : compactShown(value))));
      })),
    h('div', { class: 'legend', 'aria-hidden': 'true' }, h('span', {}, '0', h('span', { class: 'scale' }, Array.from({ length: 9 }, (_, i) => h('i', { class: 'h' + i }))),
      compactShown(most)), h('span', {}, t.mapNote)));
}
