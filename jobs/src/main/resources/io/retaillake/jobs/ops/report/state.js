// The data, what the reader has chosen, and where the page is drawn.

const data = JSON.parse(document.getElementById('data').textContent);
const main = document.getElementById('report');
const tip = document.getElementById('tip');

const state = {
  language: (navigator.language || '').toLowerCase().startsWith('ko') ? 'ko' : 'en',
  affiliate: null,
  measure: 'amount',
  level: 'provinces',
};
let t = TEXTS[state.language];
