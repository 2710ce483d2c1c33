// Draws it all.

/** Draws the page again, and gives the focus to the first element that a selector finds. */
function render(focus) {
  t = TEXTS[state.language];
  document.documentElement.lang = state.language;
  document.title = t.title;
  tip.hidden = true;
  const top = window.scrollY;
  const empty = data.overview.length === 0;
  const parts = [header(), empty ? nothing() : controls(), ...(empty ? [] : [sentence(), kpis()]), trend(),
    ...(empty ? [] : [h('div', { class: 'columns' }, years(), hours()), overview()]), places(), products(), ages(), overlap(), retention(), potential(), rejects(), reconciliation(), footer()];
  main.replaceChildren(...parts.filter((part) => part !== null));
  window.scrollTo(0, top);
  const found = focus ? main.querySelector(focus) : null;
  if (found) found.focus({ preventScroll: true });
}

let width = window.innerWidth;
window.addEventListener('resize', () => {
  if (window.innerWidth !== width) {
    width = window.innerWidth;
    render();
  }
});
window.addEventListener('scroll', () => { tip.hidden = true; }, { passive: true });
readAddress();
render();
