// The head of the page: what it covers, whether it holds, and choices.

function header() {
  return h('header', {},
    h('div', { class: 'top' }, h('h1', {}, t.title),
      h('div', { class: 'lang' }, choice(t.language, 'language', [['ko', '한국어'], ['en', 'English']], state.language, (language) => ({ language })))),
    h('p', { class: 'period' }, h('strong', {}, periodName()), affiliates.length > 0 ? ' · ' + t.affiliates + ' ' + affiliates.join(', ') : ''),
    proof());
}

function footer() {
  const runs = data.figuresOf.length === 1 && data.figuresOf[0] === data.run ? null
    : h('span', {}, ' · ' + t.figures + ' ' + (data.figuresOf.join(', ') || '–'));
  return h('footer', { class: 'note' }, h('p', {}, t.receiptNote),
    h('p', { class: 'meta' }, t.written + ' ' + data.writtenAt + ' (' + t.seoul + ') · ' + t.run + ' ' + data.run, runs));
}

function controls() {
  return h('div', { class: 'bar' },
    choice(t.choose, 'affiliate', [[null, t.all], ...affiliates.map((a) => [a, a])], state.affiliate, (affiliate) => ({ affiliate })),
    data.periods.length < 2 ? null : rangeChoice(),
    choice(t.measure, 'measure', [['amount', t.amount], ['purchases', t.purchases]], state.measure, (measure) => ({ measure })));
}

/** From when to when; one that is chosen beyond the other takes it along. */
function rangeChoice() {
  const picker = (name, label, end, changes) => h('select', { 'data-choice': name, 'aria-label': label,
    onchange: (event) => choose(changes(Number(event.target.value)), `select[data-choice="${name}"]`) },
  data.periods.map((period, i) => h('option', { value: i, ...(i === state[name] ? { selected: '' } : {}) },
    period.from === period.to || end ? monthName(end ? period.to : period.from) : monthName(period.from) + '…')));
  return h('div', { class: 'range', role: 'group', 'aria-label': t.period },
    picker('from', t.from, false, (from) => ({ from, to: Math.max(from, state.to) })), h('span', { 'aria-hidden': 'true' }, '–'),
    picker('to', t.to, true, (to) => ({ to, from: Math.min(to, state.from) })),
    h('div', { class: 'choice', role: 'group', 'aria-label': t.period, 'data-choice': 'range' },
      [['all', t.wholePeriod, 0], ['last', t.lastMonth, lastPeriod]].map(([value, text, from]) => h('button', { type: 'button', 'data-value': value,
        'aria-pressed': String(state.from === from && state.to === lastPeriod), onclick: () => choose({ from, to: lastPeriod }, pressedOf('range')) }, text))));
}
