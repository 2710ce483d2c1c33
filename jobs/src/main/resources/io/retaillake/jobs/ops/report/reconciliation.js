// The rows and amounts of the run, stage by stage.

function reconciliation() {
  if (data.reconciliation.length === 0) return section('reconciliation', t.reconciliation, null, null, h('p', { class: 'empty' }, t.noReconciliation));
  const name = (stage) => (stage === 'source' ? t.source : stage === 'silver, both' ? t.both : stage);
  const breakable = (text) => text.split(/(?<=[._])/).map((part) => [part, h('wbr')]);
  const heads = [t.stage, t.rows, state.language === 'ko' ? '금액 (원)' : 'Amount (KRW)', t.check];
  const verdict = (stage) => (stage.agrees === null ? '' : (stage.agrees ? t.same : t.differs)(name(stage.equals)));
  // The amounts are text, because they may have more digits than a number of the script.
  const file = csvButton('reconciliation', t.reconciliation, heads, data.reconciliation.map((stage) =>
    [name(stage.name), countCell(stage.rows, ''), stage.amount, { text: verdict(stage), value: stage.agrees === null ? '' : (stage.agrees ? '✓ ' : '✗ ') + verdict(stage) }]));
  return section('reconciliation', t.reconciliation, [t.reconciliationNote, ...(wholeRange() ? [] : [t.wholeOnly])].join(' · '), file,
    h('div', {}, h('table', {},
      h('thead', {}, h('tr', {}, heads.slice(0, 3).map((head) => h('th', { scope: 'col' }, head)), h('th', { scope: 'col', class: 'text' }, h('span', { class: 'wide' }, heads[3])))),
      h('tbody', {}, data.reconciliation.map((stage) => h('tr', {},
        h('th', { scope: 'row' }, breakable(name(stage.name))), h('td', {}, whole(stage.rows)), h('td', {}, separated(stage.amount)),
        h('td', { class: 'text ' + (stage.agrees === null ? '' : stage.agrees ? 'good' : 'bad') }, stage.agrees === null ? ''
          : (stage.agrees ? '✓ ' : '✗ '), stage.agrees === null ? '' : h('span', { class: stage.agrees ? 'wide' : '' }, verdict(stage)))))))));
}
