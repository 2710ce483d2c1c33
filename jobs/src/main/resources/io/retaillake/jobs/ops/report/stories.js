// The sentences that say what happened, in Korean and English.

const isLevel = (change) => Math.abs(change) < 0.05;
const sizeOf = (change) => Math.abs(change).toFixed(1) + '%';

Object.assign(TEXTS.ko, {
  story({ period, months, isLast, name, amount, before, year }) {
    const subject = isLast ? `마지막 ${months === 1 ? '달' : months + '개월'}인 ${period} 매출은` : `${period} ${name} 매출은`;
    const labels = months === 1 ? ['전월', '전년 동월'] : [`직전 ${months}개월`, '전년 같은 기간'];
    const known = [before, year].map((change, i) => ({ change, label: labels[i] })).filter((each) => each.change !== null);
    const lacking = labels.filter((_, i) => [before, year][i] === null && (i === 0 || months < 12));
    const missing = isLast || lacking.length === 0 ? '' : known.length === 0 ? ' 비교할 이전 기간의 자료는 없습니다.' : ` 비교할 ${particle(lacking[0] + ' 자료', '은/는')} 없습니다.`;
    if (known.length === 0) return `${subject} ${amount}입니다.${missing}`;
    const versus = ({ change, label }) => (isLevel(change) ? particle(label, '과/와') + ' 비슷' : `${label}보다 ${sizeOf(change)} ${change > 0 ? '늘' : '줄'}`);
    const last = known[known.length - 1];
    const ends = versus(last) + (isLevel(last.change) ? '합니다.' : '었습니다.');
    const opposed = known.length === 2 && known[0].change * known[1].change < 0 && !known.some((each) => isLevel(each.change));
    const joins = known.length < 2 ? '' : versus(known[0]) + (isLevel(known[0].change) ? '하고 ' : opposed ? '었지만 ' : '고 ');
    return `${subject} ${particle(amount, '으로/로')}, ${joins}${ends}${missing}`;
  },
  movers: ({ direction, found }, isBefore, months) => {
    const base = isBefore ? (months === 1 ? '전월' : `직전 ${months}개월`) : months === 1 ? '전년 동월' : '전년 같은 기간';
    return `${base} 대비 ${particle(direction > 0 ? '증가' : '감소', '은/는')} ${found.join(', ')}에서 가장 컸습니다.`;
  },
  partial: (from, to) => '매출이 ' + [from === null ? null : from + '부터', to === null ? null : to + '까지'].filter((part) => part !== null).join(' ')
    + '만 있어 ' + [from === null ? null : '첫 달', to === null ? null : '마지막 달'].filter((part) => part !== null).join('과 ') + '은 온전하지 않습니다.',
});

Object.assign(TEXTS.en, {
  story({ period, months, isLast, name, amount, before, year }) {
    const subject = isLast ? `In the last ${months === 1 ? 'month, ' : months + ' months, from '}${period}, they were` : `${name === '' ? 'Group sales' : 'Sales of ' + name} ${months === 1 ? 'in' : 'from'} ${period} were`;
    const labels = months === 1 ? ['the month before', 'the same month a year before'] : [`the ${months} months before`, 'the same months a year before'];
    const versus = (change, label) => (isLevel(change) ? 'level with ' : `${change > 0 ? 'up' : 'down'} ${sizeOf(change)} on `) + label;
    const known = [before, year].map((change, i) => (change === null ? null : versus(change, labels[i]))).filter((each) => each !== null);
    const lacking = labels.filter((_, i) => [before, year][i] === null && (i === 0 || months < 12));
    const missing = isLast || lacking.length === 0 ? '' : known.length === 0 ? ' There is no earlier period to compare with.' : ` There are no figures of ${lacking[0]}.`;
    return `${subject} ${amount}${known.length === 0 ? '' : ', ' + known.join(' and ')}.${missing}`;
  },
  movers: ({ direction, found }, isBefore, months) => `The ${direction > 0 ? 'rise' : 'fall'} on ${isBefore ? (months === 1 ? 'the month' : `the ${months} months`) : 'the year'} before was largest at ${found.length < 2 ? found[0]
    : found.slice(0, -1).join(', ') + ' and ' + found[found.length - 1]}.`,
  partial: (from, to) => 'Partial: there are sales ' + (from === null ? 'until ' + to : to === null ? 'from ' + from + ' on' : 'from ' + from + ' to ' + to) + ' only.',
});
