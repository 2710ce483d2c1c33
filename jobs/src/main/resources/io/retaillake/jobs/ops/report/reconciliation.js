// The rows and amounts of the run, stage by stage.

function reconciliation() {
  if (data.reconciliation.length === 0) return section('reconciliation', t.reconciliation, null, null, h('p', { class: 'empty' }, t.noReconciliation));
  const name = (stage) => (stage === 'source' ? t.source : stage === 'silver, both' ? t.both : stage);
  const breakable = (text) => text.split(/(?<=[._])/).map((part) => [part, h('wbr')]);
  return section('reconciliation', t.reconciliation, t.reconciliationNote, null,
    h('div', {}, h('table', {},
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t.stage), h('th', { scope: 'col' }, t.rows),
        h('th', { scope: 'col' }, state.language === 'ko' ? '금액 (원)' : 'Amount (KRW)'), h('th', { scope: 'col', class: 'text' }, h('span', { class: 'wide' }, t.check)))),
      h('tbody', {}, data.reconciliation.map((stage) => h('tr', {},
        h('th', { scope: 'row' }, breakable(name(stage.name))), h('td', {}, whole(stage.rows)), h('td', {}, separated(stage.amount)),
        h('td', { class: 'text ' + (stage.agrees === null ? '' : stage.agrees ? 'good' : 'bad') }, stage.agrees === null ? ''
          : (stage.agrees ? '✓ ' : '✗ '), stage.agrees === null ? '' : h('span', { class: stage.agrees ? 'wide' : '' },
          (stage.agrees ? t.same : t.differs)(name(stage.equals))))))))));
}
