// The figures of the chosen affiliate, or of the group, and each affiliate's beside the others'.

function kpis() {
  const range = chosenMonths();
  const o = overviewOf(state.affiliate);
  const { before } = comparable(range, state.affiliate);
  const since = (field) => changeSince(range, before, state.affiliate, field);
  const cards = [
    ['amount', t.amount, compactWon(o.amount), won(o.amount), since('amount')],
    ['customers', t.customers, counted(o.customers, t.person), null, null],
    ['purchases', t.purchases, compact(o.purchases) + t.count, counted(o.purchases, t.count), since('purchases')],
    ['receipts', t.receipts, compact(o.receipts) + t.count, counted(o.receipts, t.count), since('receipts')],
    ['amountPerCustomer', t.perCustomer, o.amountPerCustomer === null ? '–' : compactWon(o.amountPerCustomer), won(o.amountPerCustomer), null],
    ['amountPerPurchase', t.perPurchase, o.amountPerPurchase === null ? '–' : compactWon(o.amountPerPurchase), won(o.amountPerPurchase), null],
  ];
  return h('div', { id: 'kpis', class: 'kpis', role: 'group', 'aria-label': t.overview }, cards.map(([key, label, short, exact, change]) =>
    h('div', { class: 'kpi', 'data-kpi': key }, h('div', { class: 'label' }, label),
      h('div', { class: 'big', ...(exact === null ? {} : { title: exact }) }, short),
      change === null ? null : h('div', { class: 'change' }, h('span', { class: 'wide' }, t.beforeShort(lengthOf(range)) + ' '), signed(change)))));
}

function overview() {
  const shownRows = (affiliates.length === 1 ? affiliates : [null, ...affiliates]).map(overviewOf);
  const total = shownRows[0].amount;
  const range = chosenMonths();
  const name = (o) => (o.affiliate === null ? t.group : t.affiliate(o.affiliate));
  const changes = (o) => {
    const other = comparable(range, o.affiliate);
    return [other.before, other.year].map((then) => changeSince(range, then, o.affiliate, 'amount'));
  };
  const compared = shownRows.some((o) => changes(o).some((change) => change !== null));
  const figures = [
    ['amount', t.amount, (o) => wonCell(o.amount)],
    ['share', t.share, (o) => percentCell(o.amount, total)],
    ...(compared ? [
      ['before', t.beforeShort(lengthOf(range)), (o) => changeCell(changes(o)[0])],
      ['year', t.yearShort(lengthOf(range)), (o) => changeCell(changes(o)[1])]] : []),
    ['customers', t.customers, (o) => countCell(o.customers, t.person)],
    ['purchases', t.purchases, (o) => countCell(o.purchases, t.count)],
    ['receipts', t.receipts, (o) => countCell(o.receipts, t.count)],
    ['amountPerCustomer', t.perCustomer, (o) => wonCell(o.amountPerCustomer)],
    ['amountPerPurchase', t.perPurchase, (o) => wonCell(o.amountPerPurchase)],
    ['purchasesPerCustomer', t.purchasesPer, (o) => ({ text: o.purchasesPerCustomer === null ? '–' : digits(o.purchasesPerCustomer, 1) + t.count, value: o.purchasesPerCustomer })],
  ];
  const rows = shownRows.map((o) => [name(o), ...figures.map(([, , cell]) => cell(o))]);
  const heads = [t.affiliates, ...figures.map(([, label]) => label)];
  // A phone shows an affiliate's figures below each other.
  return section('overview', t.overview, wholeRange() ? null : t.receiptsOfMonths, csvButton('overview', t.overview, heads, rows),
    h('table', { class: 'stacked' },
      h('thead', {}, h('tr', {}, heads.map((head) => h('th', { scope: 'col' }, head)))),
      h('tbody', {}, shownRows.map((o, i) => h('tr', { class: o.affiliate !== null && o.affiliate === state.affiliate ? 'chosen' : '', 'data-affiliate': o.affiliate === null ? 'all' : o.affiliate },
        h('th', { scope: 'row' }, o.affiliate === null ? null : h('span', { class: 'dot ' + color(o.affiliate) }), name(o)),
        figures.map(([key, label], j) => h('td', { 'data-figure': key, 'data-label': label }, textOfCell(rows[i][j + 1]))))))));
}
