// Elements of HTML and SVG, and those that several sections have.

const SVG = 'http://www.w3.org/2000/svg';
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'tip') withTip(node, value);
    else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
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

function choice(label, name, options, current, changes) {
  return h('div', { class: 'choice', role: 'group', 'aria-label': label, 'data-choice': name }, options.map(([value, text]) =>
    h('button', {
      type: 'button', 'data-value': value === null ? 'all' : value, 'aria-pressed': String(value === current),
      onclick: () => choose(changes(value), pressedOf(name)),
    }, text)));
}

/** What was pressed of a choice. */
const pressedOf = (name) => `[data-choice="${name}"] [aria-pressed="true"]`;

/** A name that leads to its parts, or back up from them; the way back has the focus then. */
const drill = (name, text, changes, back) => h('button', { type: 'button', class: 'drill', 'data-drill': name,
  onclick: () => choose(changes, `[data-drill="${back}"]`) }, text);

function section(id, title, note, ...children) {
  return h('section', { id, 'aria-labelledby': id + '-title' },
    h('div', { class: 'head' }, h('div', {}, h('h2', { id: id + '-title' }, title), note ? h('p', { class: 'note' }, note) : null), children[0]),
    children.slice(1));
}

const nothing = () => h('p', { class: 'empty' }, t.empty);
/** How wide a drawing can be in a section, or in one of two that are side by side. */
function widthOf(columns = 1) {
  const all = (main.clientWidth || 1120) - (window.innerWidth <= 560 ? 24 : 40);
  const each = window.innerWidth < TWO_COLUMNS ? all : (all - 16 * (columns - 1)) / columns;
  return Math.floor(Math.max(240, each - (window.innerWidth <= 560 ? 30 : 46)));
}
/** From which width on sections are side by side; the style has the same. */
const TWO_COLUMNS = 1000;
