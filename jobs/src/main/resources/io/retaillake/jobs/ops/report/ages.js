// Sales by age group and category, as a heat map.

const MOST_CATEGORIES_SHOWN = 14;
function ageLabel(age) {
  if (age === null) return t.unknown;
  if (state.language === 'ko') return age.replace(/^(\d+)세~(\d+)세$/, '$1–$2세').replace(/^(\d+)세(이상|이하)$/, '$1세 $2');
  return age.replace(/^(\d+)세~(\d+)세$/, '$1–$2').replace(/^(\d+)세이상$/, '$1+').replace(/^(\d+)세이하$/, '≤$1');
}
const ageShort = (age) => (age === null ? '?' : ageLabel(age).replace(/세/g, '').replace(' 이하', '↓').replace(' 이상', '+').replace('≤', '↓'));

function ages() {
  const rows = ofChosen(sections.ages);
  if (rows.length === 0) return section('ages', t.age, null, null, nothing());
  const ages = group(rows, (row) => row.age_group).map((g) => g.key).sort((a, b) => (a === null) - (b === null) || (a < b ? -1 : a > b ? 1 : 0));
  const categories = group(rows, (row) => [row.other, row.category])
    .map((g) => ({ name: g.key[0] ? t.others : known(g.key[1]), last: g.key[0], rows: g.rows, total: sum(g.rows, measured) }))
    .sort((a, b) => a.last - b.last || b.total - a.total);
  let lines = categories;
  if (categories.length > MOST_CATEGORIES_SHOWN + 1) {
    const rest = categories.slice(MOST_CATEGORIES_SHOWN);
    lines = [...categories.slice(0, MOST_CATEGORIES_SHOWN),
      { name: `${t.others} (${rest.length})`, rows: rest.flatMap((c) => c.rows), total: sum(rest, (c) => c.total) }];
  }
  const value = (line, age) => sum(line.rows.filter((row) => row.age_group === age), measured);
  const share = (line, age) => (line.total > 0 ? value(line, age) / line.total : 0);
  const most = Math.max(...lines.flatMap((line) => ages.map((age) => share(line, age))));
  const width = widthOf();
  const narrow = width < 560;
  const left = narrow ? 76 : 118;
  const right = narrow ? 0 : 86;
  const step = (width - left - right) / ages.length;
  const row = 30;
  const head = 24;
  const cut = (name) => (narrow && name.length > 7 ? name.slice(0, 6) + '…' : name);
  const chart = s('svg', { viewBox: `0 0 ${width} ${lines.length * row + head}`, height: lines.length * row + head, role: 'img', 'aria-label': `${t.age}, ${chosenName()}, ${measureName()}` },
    ages.map((age, c) => s('text', { x: left + c * step + step / 2, y: 14, 'text-anchor': 'middle' },
      step < 34 ? ageShort(age).replace(/–.*/, '') : ageShort(age))),
    narrow ? null : s('text', { x: width, y: 14, 'text-anchor': 'end' }, measureName()),
    lines.map((line, i) => [
      s('text', { x: left - 8, y: head + i * row + row / 2 + 4, 'text-anchor': 'end', class: 'in' }, cut(line.name)),
      ages.map((age, c) => {
        const tone = level(share(line, age), most);
        return [
          s('rect', {
            x: left + c * step + 1, y: head + i * row + 1, width: Math.max(1, step - 2), height: row - 2, rx: 2, class: 'mark h h' + tone,
            tip: `${line.name} · ${ageLabel(age)}\n${shown(value(line, age))}\n${t.share} ${percent(value(line, age), line.total)}`,
          }),
          step < 38 ? null : s('text', { x: left + c * step + step / 2, y: head + i * row + row / 2 + 4, 'text-anchor': 'middle', class: 'in h' + tone + 't' },
            (100 * share(line, age)).toFixed(0) + '%'),
        ];
      }),
      narrow ? null : s('text', { x: width, y: head + i * row + row / 2 + 4, 'text-anchor': 'end' }, compactShown(line.total)),
    ]));
  return section('ages', t.age, chosenName() + ' · ' + (state.measure === 'amount' ? t.ageNote : t.ageNotePurchases), scaleLegend(), chart,
    tableOf(t.age, [t.category, ...ages.map(ageLabel), t.total], categories.map((line) =>
      [line.name, ...ages.map((age) => shown(value(line, age))), shown(line.total)])));
}
