// Draws it all.

/** Draws the page again; the button that was pressed keeps the focus. */
function render(pressed) {
  t = TEXTS[state.language];
  document.documentElement.lang = state.language;
  document.title = t.title;
  tip.hidden = true;
  const top = window.scrollY;
  main.replaceChildren(header(), data.overview.length === 0 ? nothing() : controls(), tiles(), trend(), hours(), ages(), places(), overlap(),
    ...[retention(), products(), potential(), rejects()].filter((part) => part !== null), reconciliation(), h('footer', { class: 'note' }, t.receiptNote));
  window.scrollTo(0, top);
  if (pressed) {
    const button = main.querySelector(`[data-choice="${pressed}"] [aria-pressed="true"]`);
    if (button) button.focus({ preventScroll: true });
  }
}

let width = window.innerWidth;
window.addEventListener('resize', () => {
  if (window.innerWidth !== width) {
    width = window.innerWidth;
    render();
  }
});
window.addEventListener('scroll', () => { tip.hidden = true; }, { passive: true });
render();
