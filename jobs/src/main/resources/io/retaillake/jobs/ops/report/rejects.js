// The source's rows that are not in the marts, by reason.

const REJECTS_QUERY = `SELECT
    source_month,
    reason,
    count(*) AS count_of_row,
    count_if(cardinality(reasons) = 1) AS count_of_row_for_this_alone
FROM silver.purchase_rejects
CROSS JOIN UNNEST(reasons) AS r (reason)
GROUP BY source_month, reason
ORDER BY source_month, reason`;

/** The share of rejected rows from which on the head of the page warns. */
const REJECTS_WARNING = 0.01;

const rejectedShare = () => percent(data.rejected.rows, data.rejected.sourceRows);
const rejectedAmountShare = () => percent(Number(data.rejected.amount), Number(data.rejected.sourceAmount));

/** What the head says of the reconciliation: green where it holds, amber where it holds with many rows left out, else red. */
function proof() {
  const judged = data.reconciliation.filter((stage) => stage.agrees !== null);
  if (judged.length === 0) return null;
  const link = (target, kind, text) => h('button', { type: 'button', class: 'proof ' + kind, onclick: () => document.getElementById(target).scrollIntoView() }, text);
  if (!judged.every((stage) => stage.agrees)) return link('reconciliation', 'bad', '✗ ' + t.unproved);
  const source = data.rejected.sourceRows;
  const rejected = data.rejected.rows;
  if (rejected === 0) return link('reconciliation', '', '✓ ' + t.proved(whole(source)));
  const warns = rejected > REJECTS_WARNING * source;
  return link('rejects', warns ? 'warn' : '', (warns ? '⚠ ' : '✓ ') + t.accepted(whole(source - rejected), whole(source), whole(rejected),
    rejectedShare(), compactWon(Number(data.rejected.amount)), rejectedAmountShare()));
}

function rejects() {
  if (data.rejected === null || data.rejected.rows === 0) return null;
  const reasons = data.rejected.reasons;
  const label = (reason) => t.reasons[reason.name] || reason.name;
  const measures = [
    ['s0', t.rows, (reason) => reason.rows, (reason) => whole(reason.rows) + ' (' + percent(reason.rows, data.rejected.sourceRows) + ')'],
    ['s2', t.rejectedAmount, (reason) => Math.max(0, Number(reason.amount)), (reason) => compactWon(Number(reason.amount))],
  ];
  const width = widthOf();
  const row = 64;
  const room = 124;
  const chart = s('svg', { viewBox: `0 0 ${width} ${row * reasons.length}`, height: row * reasons.length, role: 'img',
    'aria-label': t.rejects + ': ' + reasons.map((reason) => label(reason) + ' ' + whole(reason.rows)).join(', ') },
  reasons.map((reason, i) => [
    s('text', { x: 0, y: i * row + 14, class: 'in' }, label(reason)),
    measures.map(([colour, name, value, text], j) => {
      const most = Math.max(...reasons.map(value)) || 1;
      const y = i * row + 21 + j * 17;
      const length = (width - room) * value(reason) / most;
      return [s('rect', { x: 0, y, width: Math.max(1, length), height: 12, rx: 2, class: 'mark ' + colour, tip: label(reason) + '\n' + name + ' ' + text(reason) }),
        s('text', { x: length + 6, y: y + 11 }, text(reason))];
    }),
  ]));
  return section('rejects', t.rejects, t.rejectsNote(whole(data.rejected.rows), rejectedShare(), won(Number(data.rejected.amount)), rejectedAmountShare())
    + (wholeRange() ? '' : ' · ' + t.wholeOnly),
    h('div', { class: 'legend' }, measures.map(([colour, name]) => h('span', {}, h('span', { class: 'dot ' + colour }), name))),
    reasons.length === 0 ? h('p', { class: 'empty' }, t.noReasons) : chart,
    reasons.length === 0 ? null : tableOf('rejects', t.rejects, [t.reason, t.rows, t.shareRows, t.rejectedAmount], reasons.map((reason) => [
      label(reason) + ' · ' + reason.name, countCell(reason.rows, ''), percentCell(reason.rows, data.rejected.sourceRows), wonCell(Number(reason.amount))])),
    h('details', {}, h('summary', {}, t.rejectsQuery), h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t.rejectsQuery },
      h('pre', {}, REJECTS_QUERY))));
}
