// Elements of HTML and SVG, and those that several sections have.

const SVG = 'http://www.w3.org/2000/svg';
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'tip') withTip(node, value);
    else if (name === 'onclick') node.addEventListener('click', value);
    else if (value !== null) node.setAttribute(name, value);
  }
  for (const child of children.flat(Infinity)) if (child !== null) node.append(child);
  return node;
}
const h = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);
const s = (name, attributes = {}, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

function withTip(node, text) {
  node.addEventListener('pointermove', (event) => showTip(text, event));
  node.addEventListener('pointerdown', (event) => showTip(text, event));
  node.addEventListener('pointerleave', () => { tip.hidden = true; });
}
function showTip(text, event) {
  tip.textContent = text;
  tip.hidden = false;
  const left = Math.min(event.clientX + 14, window.innerWidth - tip.offsetWidth - 8);
  const above = event.clientY - tip.offsetHeight - 12;
  tip.style.left = Math.max(8, left) + 'px';
  tip.style.top = (above > 8 ? above : event.clientY + 18) + 'px';
}

function choice(label, name, options, current, choose) {
  return h('div', { class: 'choice', role: 'group', 'aria-label': label, 'data-choice': name }, options.map(([value, text]) =>
    h('button', {
      type: 'button', 'data-value': value === null ? 'all' : value, 'aria-pressed': String(value === current),
      onclick: () => { choose(value); render(name); },
    }, text)));
}

function section(id, title, note, ...children) {
  return h('section', { id, 'aria-labelledby': id + '-title' },
    h('div', { class: 'head' }, h('div', {}, h('h2', { id: id + '-title' }, title), note ? h('p', { class: 'note' }, note) : null), children[0]),
    children.slice(1));
}

/** A chart's figures for those who cannot or do not want to see it. */
function tableOf(caption, heads, rows) {
  return h('details', {}, h('summary', {}, t.table),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption }, h('table', {},
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, heads.map((head) => h('th', { scope: 'col' }, head)))),
      h('tbody', {}, rows.map((row) => h('tr', {}, row.map((cell, i) => (i === 0 ? h('th', { scope: 'row' }, cell) : h('td', {}, cell)))))))));
}

const nothing = () => h('p', { class: 'empty' }, t.empty);
const known = (value) => (value === null ? t.unknown : value);
const chosenName = () => (state.affiliate === null ? t.group : t.affiliate(state.affiliate));
const measureName = () => t[state.measure];
const widthOf = () => Math.max(240, (main.clientWidth || 1120) - (window.innerWidth <= 560 ? 54 : 86));
