// The address says what the reader has chosen, so that a link shows the same and the back button leads to what was there before.

const monthOf = (day) => day.slice(0, 7);

/** What can be in the address: how a choice is written, and what is read from it; undefined where that makes no sense. */
const LINKED = {
  language: [(value) => value, (text) => (TEXTS[text] ? text : undefined)],
  affiliate: [(value) => value, (text) => (affiliates.includes(text) ? text : undefined)],
  measure: [(value) => value, (text) => (['amount', 'purchases'].includes(text) ? text : undefined)],
  from: [(value) => monthOf(data.periods[value].from), (text) => periodWhere((period) => monthOf(period.from) === text)],
  to: [(value) => monthOf(data.periods[value].to), (text) => periodWhere((period) => monthOf(period.to) === text)],
  level: [(value) => value, (text) => (['provinces', 'cities'].includes(text) ? text : undefined)],
  province: [(value) => value, (text) => (sections.places.some((row) => row.province_city === text) ? text : undefined)],
  view: [(value) => value, (text) => (['categories', 'products'].includes(text) ? text : undefined)],
  category: [(value) => value, (text) => (sections.products.some((row) => row.category === text) ? text : undefined)],
};
function periodWhere(test) {
  const index = data.periods.findIndex(test);
  return index < 0 ? undefined : index;
}

function address() {
  const choices = new URLSearchParams();
  for (const [name, [write]] of Object.entries(LINKED)) {
    if (name === 'language' || state[name] !== DEFAULTS[name]) choices.set(name, write(state[name]));
  }
  return '#' + choices;
}

function readAddress() {
  const choices = new URLSearchParams(window.location.hash.slice(1));
  for (const [name, [, read]] of Object.entries(LINKED)) {
    const value = choices.has(name) ? read(choices.get(name)) : undefined;
    state[name] = value === undefined ? DEFAULTS[name] : value;
  }
  if (state.from > state.to) state.to = lastPeriod;
}

/** Changes what is chosen and draws the page; what a selector finds has the focus then. */
function choose(changes, focus) {
  Object.assign(state, changes);
  if (address() !== window.location.hash) window.history.pushState(null, '', address());
  render(focus);
}

window.addEventListener('popstate', () => {
  readAddress();
  render();
});
