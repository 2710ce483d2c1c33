// The head of the page: what it covers, choices, and the KPIs.

function header() {
  const runs = data.figuresOf.length === 1 && data.figuresOf[0] === data.run ? null
    : h('span', {}, ' · ' + t.figures + ' ' + (data.figuresOf.join(', ') || '–'));
  return h('header', {},
    h('div', { class: 'top' }, h('h1', {}, t.title),
      h('div', { class: 'lang' }, choice(t.language, 'language', [['ko', '한국어'], ['en', 'English']], state.language, (value) => {
        state.language = value;
      }))),
    h('p', { class: 'period' }, h('strong', {}, periodName()), affiliates.length > 0 ? ' · ' + t.affiliates + ' ' + affiliates.join(', ') : ''),
    h('p', { class: 'meta' }, t.written + ' ' + data.writtenAt + ' (' + t.seoul + ') · ' + t.run + ' ' + data.run, runs),
    proof());
}

function controls() {
  return h('div', { class: 'bar' },
    choice(t.choose, 'affiliate', [[null, t.all], ...affiliates.map((a) => [a, a])], state.affiliate, (value) => { state.affiliate = value; }),
    choice(t.measure, 'measure', [['amount', t.amount], ['purchases', t.purchases]], state.measure, (value) => { state.measure = value; }));
}

function changes(affiliate) {
  if (data.first === null || data.first !== data.last) return null;
  const amountOf = (month) => {
    const rows = sections.months.filter((row) => row.month === month && (affiliate === null || row.affiliate === affiliate));
    return rows.length === 0 ? null : sum(rows, (row) => row.amount);
  };
  const now = amountOf(data.first);
  const parts = [[t.before, 1], [t.yearBefore, 12]].map(([label, months]) => {
    const then = amountOf(monthBefore(data.first, months));
    if (then === null || then <= 0) return null;
    const change = Math.round(1000 * (now - then) / then) / 10;
    return label + ' ' + (change > 0 ? '+' : change < 0 ? '−' : '±') + Math.abs(change).toFixed(1) + '%';
  }).filter((part) => part !== null);
  return parts.length === 0 ? null : h('div', { class: 'change' }, parts.join(' · '));
}

function tiles() {
  const total = data.overview.length > 0 ? data.overview[0].amount : 0;
  const shownTiles = affiliates.length === 1 ? data.overview.slice(1) : data.overview;
  return h('div', { class: 'tiles', id: 'overview', 'aria-label': t.overview, role: 'group' }, shownTiles.map((o) => {
    const name = o.affiliate === null ? t.group : t.affiliate(o.affiliate);
    const items = [
      ['purchases', t.purchases, counted(o.purchases, t.count)],
      ['receipts', t.receipts, counted(o.receipts, t.count)],
      ['customers', t.customers, counted(o.customers, t.person)],
      ['amountPerPurchase', t.perPurchase, won(o.amountPerPurchase)],
      ['amountPerCustomer', t.perCustomer, won(o.amountPerCustomer)],
      ['purchasesPerCustomer', t.purchasesPer, o.purchasesPerCustomer === null ? '–' : digits(o.purchasesPerCustomer, 1) + t.count],
    ];
    return h('article', { class: 'tile' + (o.affiliate !== null && o.affiliate === state.affiliate ? ' chosen' : ''), 'data-affiliate': o.affiliate === null ? 'all' : o.affiliate },
      h('h2', {}, o.affiliate === null ? null : h('span', { class: 'dot ' + color(o.affiliate) }), name,
        o.affiliate === null || affiliates.length === 1 ? null : h('span', { class: 'part', title: t.share }, percent(o.amount, total))),
      h('div', { class: 'big', title: won(o.amount) }, compactWon(o.amount)),
      h('div', { class: 'small', 'data-figure': 'amount' }, won(o.amount)),
      changes(o.affiliate),
      h('dl', {}, items.map(([key, label, value]) => h('div', {}, h('dt', {}, label), h('dd', { 'data-figure': key }, value)))));
  }));
}
