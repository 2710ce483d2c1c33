// The data, what the reader has chosen, and where the page is drawn.

const data = JSON.parse(document.getElementById('data').textContent);
const main = document.getElementById('report');
const tip = document.getElementById('tip');

const lastPeriod = data.periods.length - 1;
const state = {
  language: (navigator.language || '').toLowerCase().startsWith('ko') ? 'ko' : 'en',
  affiliate: null,
  measure: 'amount',
  from: 0,
  to: lastPeriod,
  level: 'provinces',
  province: null,
  view: 'categories',
  category: null,
};
const DEFAULTS = { ...state };
let t = TEXTS[state.language];
