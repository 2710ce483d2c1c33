'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const main = document.getElementById('report');
  const tip = document.getElementById('tip');

  const TEXTS = {
    ko: {
      title: '그룹 매출 보고서', run: '실행', written: '작성', figures: '수치 출처 실행', affiliates: '계열사', seoul: '서울 시각',
      all: '전체', group: '그룹 전체', affiliate: (a) => '계열사 ' + a, amount: '매출액', purchases: '구매건수', receipts: '영수증',
      customers: '고객', perPurchase: '건당 금액', perCustomer: '고객당 금액', purchasesPer: '고객당 건수', count: '건', person: '명', won: '원',
      before: '전월 대비', yearBefore: '전년 동월 대비', share: '비중', unknown: '알 수 없음', others: '기타', total: '합계',
      choose: '계열사 선택', measure: '지표 선택', language: '언어', overview: '계열사별 요약',
      months: '월별 추이', days: '일별 추이', period: '기간', heat: '요일 × 시간대',
      heatNote: '색이 뚜렷할수록 많이 팔린 시간', day: '요일', hour: '시', age: '연령대 × 상품 분류',
      ageNote: '칸은 그 분류의 매출 가운데 해당 연령대의 비중', ageNotePurchases: '칸은 그 분류의 구매건수 가운데 해당 연령대의 비중', category: '상품 분류',
      place: '지역', placeNote: '고객의 거주지 기준', provinces: '시·도', cities: '시·군·구', level: '지역 단위',
      overlap: '계열사 교차 이용', overlapNote: '회원 고객 기준, 비회원 구매 제외', many: '몇 개 계열사를 이용하는가', using: (n) => n + '개',
      pairs: '두 계열사를 함께 이용하는 고객', shareCustomers: '고객 비중', average: '고객당', products: '많이 팔린 상품', product: '상품',
      reconciliation: '데이터 대사', reconciliationNote: '원천부터 모든 마트까지 건수와 금액이 이어지는지 한 줄씩 확인',
      noReconciliation: '이 기간 그대로 모든 표를 게시한 한 번의 실행이 없어 대사표가 없습니다.', stage: '단계', rows: '행', check: '확인',
      same: (o) => '= ' + o, differs: (o) => '≠ ' + o, source: '원천 데이터베이스', both: 'silver 합계',
      proved: (n) => '원천 ' + n + '건이 모든 마트와 일치', unproved: '대사가 맞지 않는 단계가 있음', empty: '이 기간에는 매출이 없습니다.',
      table: '표로 보기', less: '적음', more: '많음', rank: '순위', top: (n, m) => '전체 ' + m + ' 중 상위 ' + n,
      weekdays: ['월', '화', '수', '목', '금', '토', '일'],
      receiptNote: '매출액은 반품을 뺀 금액(원)이며, 구매건수는 영수증의 상품 분류별 줄 수입니다. 고객은 회원만 셉니다.',
    },
    en: {
      title: 'Group sales report', run: 'Run', written: 'Written', figures: 'Figures of run', affiliates: 'Affiliates', seoul: 'Seoul time',
      all: 'All', group: 'Whole group', affiliate: (a) => 'Affiliate ' + a, amount: 'Sales', purchases: 'Purchases', receipts: 'Receipts',
      customers: 'Customers', perPurchase: 'Per purchase', perCustomer: 'Per customer', purchasesPer: 'Lines/customer', count: '',
      person: '', won: '', before: 'vs. month before', yearBefore: 'vs. year before', share: 'Share', unknown: 'Unknown', others: 'Others',
      total: 'Total', choose: 'Affiliate', measure: 'Measure', language: 'Language', overview: 'Affiliates at a glance',
      months: 'Month by month', days: 'Day by day', period: 'Period', heat: 'Weekday × hour',
      heatNote: 'Monday first; the stronger the colour, the more was sold', day: 'Weekday', hour: 'h', age: 'Age × product category',
      ageNote: "Each cell is the age group's share of the category's sales",
      ageNotePurchases: "Each cell is the age group's share of the category's purchases", category: 'Category',
      place: 'Places', placeNote: "By the customers' residence", provinces: 'Provinces', cities: 'Cities', level: 'Kind of place',
      overlap: 'Customers across affiliates', overlapNote: 'Members only; purchases without a membership are left out',
      many: 'Affiliates that a customer buys at', using: (n) => n + (n === 1 ? ' affiliate' : ' affiliates'),
      pairs: 'Customers who buy at both', shareCustomers: 'Share', average: 'Per customer', products: 'Top products', product: 'Product',
      reconciliation: 'Reconciliation', reconciliationNote: 'Rows and amounts, followed line by line from the source to each mart',
      noReconciliation: 'No single run published every table for exactly these months, so there is nothing to reconcile.', stage: 'Stage', rows: 'Rows',
      check: 'Check', same: (o) => '= ' + o, differs: (o) => '≠ ' + o, source: 'Source database', both: 'silver, both',
      proved: (n) => 'All marts equal the source, ' + n + ' rows', unproved: 'Some stages do not reconcile', empty: 'No sales in this period.',
      table: 'Show as a table', less: 'less', more: 'more', rank: 'Rank', top: (n, m) => 'Top ' + n + ' of ' + m,
      weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
      receiptNote: 'Sales are in KRW, returns subtracted. A purchase is one product category on a receipt. Only members count as customers.',
    },
  };

  const state = {
    language: (navigator.language || '').toLowerCase().startsWith('ko') ? 'ko' : 'en',
    affiliate: null,
    measure: 'amount',
    level: 'provinces',
  };
  let t = TEXTS[state.language];

  // ---- figures ----

  const objects = (section) => section.rows.map((row) =>
    Object.fromEntries(section.columns.map((column, i) => [column, row[i]])));
  const affiliates = data.overview.filter((o) => o.affiliate !== null).map((o) => o.affiliate);
  const sections = Object.fromEntries(
    ['months', 'days', 'hours', 'ages', 'places', 'placeCustomers', 'placeNames', 'overlap', 'products']
      .map((name) => [name, objects(data[name])]));
  const ofChosen = (rows) => rows.filter((row) => state.affiliate === null || row.affiliate === state.affiliate);
  const chosenAffiliates = () => (state.affiliate === null ? affiliates : [state.affiliate]);
  const sum = (rows, value) => rows.reduce((total, row) => total + value(row), 0);
  const measured = (row) => row[state.measure];
  const color = (affiliate) => 's' + Math.max(0, affiliates.indexOf(affiliate)) % 6;

  /** Rows grouped by a key; the key of an unknown value is its own. */
  function group(rows, key) {
    const groups = new Map();
    for (const row of rows) {
      const name = JSON.stringify(key(row));
      if (!groups.has(name)) groups.set(name, { key: key(row), rows: [] });
      groups.get(name).rows.push(row);
    }
    return [...groups.values()];
  }

  // ---- numbers ----

  const whole = (value) => Math.round(value).toLocaleString('en-US');
  const digits = (value, most) => value.toLocaleString('en-US', { maximumFractionDigits: most });
  const won = (value) => (value === null ? '–' : state.language === 'ko' ? whole(value) + '원' : (value < 0 ? '-₩' : '₩') + whole(Math.abs(value)));
  const counted = (value, unit) => (value === null ? '–' : whole(value) + unit);
  const shown = (value) => (state.measure === 'amount' ? won(value) : counted(value, t.count));
  const percent = (part, total) => (total > 0 ? (100 * part / total).toFixed(1) + '%' : '–');
  /** Exact thousands separators for a decimal that is text. */
  const separated = (text) => text.replace(/^(-?\d+)/, (n) => n.replace(/\B(?=(\d{3})+$)/g, ','));

  /** Three significant digits and a unit: 만, 억, 조 or K, M, B, T. */
  function compact(value) {
    const units = state.language === 'ko' ? [[1e12, '조'], [1e8, '억'], [1e4, '만']] : [[1e12, 'T'], [1e9, 'B'], [1e6, 'M'], [1e3, 'K']];
    for (const [size, unit] of units) {
      if (Math.abs(value) >= size) {
        const scaled = value / size;
        return digits(scaled, Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2) + unit;
      }
    }
    return digits(value, Math.abs(value) < 10 ? 1 : 0);
  }
  const compactWon = (value) => (state.language === 'ko' ? compact(value) + '원' : (value < 0 ? '-₩' : '₩') + compact(Math.abs(value)));
  const compactShown = (value) => (state.measure === 'amount' ? compactWon(value) : compact(value) + t.count);

  // ---- elements ----

  const SVG = 'http://www.w3.org/2000/svg';
  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (name === 'tip') withTip(node, value);
      else if (name === 'onclick') node.addEventListener('click', value);
      else if (value !== null) node.setAttribute(name, value);
    }
    for (const child of children.flat(Infinity)) if (child !== null) node.append(child);
    return node;
  }
  const h = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);
  const s = (name, attributes = {}, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

  function withTip(node, text) {
    node.addEventListener('pointermove', (event) => showTip(text, event));
    node.addEventListener('pointerdown', (event) => showTip(text, event));
    node.addEventListener('pointerleave', () => { tip.hidden = true; });
  }
  function showTip(text, event) {
    tip.textContent = text;
    tip.hidden = false;
    const left = Math.min(event.clientX + 14, window.innerWidth - tip.offsetWidth - 8);
    const above = event.clientY - tip.offsetHeight - 12;
    tip.style.left = Math.max(8, left) + 'px';
    tip.style.top = (above > 8 ? above : event.clientY + 18) + 'px';
  }

  function choice(label, name, options, current, choose) {
    return h('div', { class: 'choice', role: 'group', 'aria-label': label, 'data-choice': name }, options.map(([value, text]) =>
      h('button', {
        type: 'button', 'data-value': value === null ? 'all' : value, 'aria-pressed': String(value === current),
        onclick: () => { choose(value); render(name); },
      }, text)));
  }

  function section(id, title, note, ...children) {
    return h('section', { id, 'aria-labelledby': id + '-title' },
      h('div', { class: 'head' }, h('div', {}, h('h2', { id: id + '-title' }, title), note ? h('p', { class: 'note' }, note) : null), children[0]),
      children.slice(1));
  }

  /** A chart's figures for those who cannot or do not want to see it. */
  function tableOf(caption, heads, rows) {
    return h('details', {}, h('summary', {}, t.table),
      h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption }, h('table', {},
        h('caption', {}, caption),
        h('thead', {}, h('tr', {}, heads.map((head) => h('th', { scope: 'col' }, head)))),
        h('tbody', {}, rows.map((row) => h('tr', {}, row.map((cell, i) => (i === 0 ? h('th', { scope: 'row' }, cell) : h('td', {}, cell)))))))));
  }

  const nothing = () => h('p', { class: 'empty' }, t.empty);
  const known = (value) => (value === null ? t.unknown : value);
  const chosenName = () => (state.affiliate === null ? t.group : t.affiliate(state.affiliate));
  const measureName = () => t[state.measure];
  const widthOf = () => Math.max(240, (main.clientWidth || 1120) - (window.innerWidth <= 560 ? 54 : 86));

  // ---- periods ----

  const monthName = (month) => (month === null ? '' : state.language === 'ko'
    ? month.slice(0, 4) + '년 ' + Number(month.slice(5, 7)) + '월' : month.slice(0, 7));
  function periodName() {
    if (data.first === null) return '–';
    return data.first === data.last ? monthName(data.first) : monthName(data.first) + ' – ' + monthName(data.last);
  }
  function monthBefore(month, months) {
    const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 - months;
    return String(Math.floor(index / 12)).padStart(4, '0') + '-' + String(index % 12 + 1).padStart(2, '0') + '-01';
  }
  const MOST_FILLED_MONTHS = 120;
  /** Every month from the first to the last; only those with sales where that would be a long row of nothing. */
  function monthsCovered() {
    const filled = [];
    for (let month = data.last; month >= data.first && filled.length <= MOST_FILLED_MONTHS; month = monthBefore(month, 1)) filled.unshift(month);
    if (filled.length <= MOST_FILLED_MONTHS) return filled;
    return group(sections.months.filter((row) => row.month >= data.first), (row) => row.month).map((g) => g.key).sort();
  }
  function daysOf(month) {
    const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();
    return Array.from({ length: days }, (_, i) => month.slice(0, 8) + String(i + 1).padStart(2, '0'));
  }

  // ---- parts of the page ----

  function header() {
    const runs = data.figuresOf.length === 1 && data.figuresOf[0] === data.run ? null
      : h('span', {}, ' · ' + t.figures + ' ' + (data.figuresOf.join(', ') || '–'));
    const judged = data.reconciliation.filter((stage) => stage.agrees !== null);
    const proved = judged.every((stage) => stage.agrees);
    return h('header', {},
      h('div', { class: 'top' }, h('h1', {}, t.title),
        h('div', { class: 'lang' }, choice(t.language, 'language', [['ko', '한국어'], ['en', 'English']], state.language, (value) => {
          state.language = value;
        }))),
      h('p', { class: 'period' }, h('strong', {}, periodName()), affiliates.length > 0 ? ' · ' + t.affiliates + ' ' + affiliates.join(', ') : ''),
      h('p', { class: 'meta' }, t.written + ' ' + data.writtenAt + ' (' + t.seoul + ') · ' + t.run + ' ' + data.run, runs),
      judged.length === 0 ? null : h('a', { href: '#reconciliation', class: proved ? 'proof' : 'proof bad' },
        proved ? '✓ ' + t.proved(whole(data.reconciliation[0].rows)) : '✗ ' + t.unproved));
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

  /** Round numbers that cover from least to most in about four steps. */
  function ticks(least, most) {
    const rough = (most - least) / 4 || 1;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((size) => size >= rough);
    const values = [];
    for (let i = Math.floor(least / step); i * step < most + step; i++) values.push(i * step);
    return values;
  }

  function trend() {
    const daily = sections.days.length > 0;
    const title = daily ? t.days : t.months;
    if (data.first === null) return section('trend', title, null, null, nothing());
    const periods = daily ? daysOf(data.first) : monthsCovered();
    const field = daily ? 'purchase_date' : 'month';
    const rows = ofChosen(daily ? sections.days : sections.months);
    const shownAffiliates = chosenAffiliates();
    const values = new Map(rows.map((row) => [row.affiliate + ' ' + row[field], measured(row)]));
    const value = (affiliate, period) => values.get(affiliate + ' ' + period) || 0;
    const totals = periods.map((period) => sum(shownAffiliates, (a) => Math.max(0, value(a, period))));
    const depths = periods.map((period) => sum(shownAffiliates, (a) => Math.min(0, value(a, period))));
    const scale = ticks(Math.min(0, ...depths), Math.max(...totals, 0) || 1);
    const low = scale[0];
    const high = scale[scale.length - 1];
    const label = (period) => (daily ? monthName(period) + (state.language === 'ko' ? ' ' + Number(period.slice(8)) + '일' : '-' + period.slice(8)) : monthName(period));

    const width = widthOf();
    const height = (width < 500 ? 220 : 290) - (daily ? 14 : 0);
    const left = 12 + 7 * Math.max(...scale.map((v) => compact(v).length + (/[가-힣]/.test(compact(v)) ? 1 : 0)));
    const bottom = height - (daily ? 20 : 34);
    const y = (v) => bottom - (v - low) / (high - low) * (bottom - 12);
    const step = (width - left) / periods.length;
    const bar = Math.min(step * 0.72, 54);
    const every = Math.ceil((daily ? 24 : 34) / step);
    const marks = periods.map((period, i) => {
      const x = left + i * step + (step - bar) / 2;
      let up = 0;
      let down = 0;
      const parts = shownAffiliates.map((a) => {
        const v = value(a, period);
        const from = v >= 0 ? up : down;
        if (v >= 0) up += v; else down += v;
        const top = y(Math.max(from, from + v));
        return s('rect', { x, y: top, width: bar, height: Math.max(0, y(Math.min(from, from + v)) - top), class: 'mark ' + color(a) });
      });
      const total = sum(shownAffiliates, (a) => value(a, period));
      const text = label(period) + '\n' + (shownAffiliates.length > 1 ? t.total + ' ' + shown(total) + '\n' : '')
        + shownAffiliates.map((a) => a + ' ' + shown(value(a, period))).join('\n');
      return s('g', { tip: text }, s('rect', { class: 'hit', x: left + i * step, y: 8, width: step, height: bottom - 8 }), parts);
    });
    const axis = periods.map((period, i) => {
      if (i % every !== 0) return null;
      const x = left + i * step + step / 2;
      const first = daily || period.slice(5, 7) === '01' || i === 0;
      const name = daily ? String(Number(period.slice(8))) : String(Number(period.slice(5, 7))) + (state.language === 'ko' && every * step > 30 ? '월' : '');
      return [s('text', { x, y: bottom + 15, 'text-anchor': 'middle' }, name),
        first && !daily ? s('text', { x, y: bottom + 30, 'text-anchor': 'middle', class: 'in' }, period.slice(0, 4)) : null];
    });
    const all = sum(rows.filter((row) => row[field] >= data.first), measured);
    const chart = s('svg', { viewBox: `0 0 ${width} ${height}`, height, role: 'img', 'aria-label': `${title}, ${chosenName()}, ${measureName()}: ${shown(all)}` },
      scale.map((v) => [s('line', { class: v === 0 ? 'grid zero' : 'grid', x1: left, x2: width, y1: y(v), y2: y(v) }),
        s('text', { x: left - 8, y: y(v) + 4, 'text-anchor': 'end' }, compact(v))]),
      marks, axis);
    return section('trend', title, chosenName() + ' · ' + measureName() + ' ' + shown(all),
      h('div', { class: 'legend' }, shownAffiliates.map((a) => h('span', {}, h('span', { class: 'dot ' + color(a) }), t.affiliate(a)))),
      chart,
      tableOf(title, [t.period, ...shownAffiliates, ...(shownAffiliates.length > 1 ? [t.total] : [])], periods.map((period) => [
        label(period), ...shownAffiliates.map((a) => shown(value(a, period))),
        ...(shownAffiliates.length > 1 ? [shown(sum(shownAffiliates, (a) => value(a, period)))] : []),
      ])));
  }

  const level = (value, most) => (value <= 0 || most <= 0 ? 0 : Math.max(1, Math.min(8, Math.ceil(8 * value / most))));
  function scaleLegend() {
    return h('div', { class: 'legend', 'aria-hidden': 'true' }, h('span', {}, t.less,
      h('span', { class: 'scale' }, Array.from({ length: 9 }, (_, i) => h('i', { class: 'h' + i }))), t.more));
  }

  function hours() {
    const rows = ofChosen(sections.hours);
    if (rows.length === 0) return section('hours', t.heat, null, null, nothing());
    const cells = new Map(group(rows, (row) => [row.day_of_week, row.purchase_hour]).map((g) => [g.key.join(), sum(g.rows, measured)]));
    const columns = [...Array(24).keys(), ...(rows.some((row) => row.purchase_hour === null) ? [null] : [])];
    const value = (day, hour) => cells.get([day, hour].join()) || 0;
    const most = Math.max(...cells.values());
    const total = sum(rows, measured);
    const width = widthOf();
    const left = state.language === 'ko' ? 26 : 36;
    const step = (width - left) / columns.length;
    const row = Math.min(34, Math.max(24, step));
    const hourName = (hour) => (hour === null ? t.unknown : state.language === 'ko' ? hour + '시' : hour + ':00');
    const every = step < 16 ? 3 : step < 26 ? 2 : 1;
    const chart = s('svg', { viewBox: `0 0 ${width} ${7 * row + 24}`, height: 7 * row + 24, role: 'img', 'aria-label': `${t.heat}, ${chosenName()}, ${measureName()}` },
      t.weekdays.map((name, i) => [
        s('text', { x: left - 8, y: i * row + row / 2 + 4, 'text-anchor': 'end' }, name),
        columns.map((hour, c) => s('rect', {
          x: left + c * step + 1 + (hour === null ? 2 : 0), y: i * row + 1, width: Math.max(1, step - 2), height: row - 2, rx: 2,
          class: 'mark h h' + level(value(i + 1, hour), most),
          tip: `${name} ${hourName(hour)}\n${shown(value(i + 1, hour))}\n${t.share} ${percent(value(i + 1, hour), total)}`,
        })),
      ]),
      columns.map((hour, c) => (hour === null || hour % every === 0
        ? s('text', { x: left + c * step + step / 2, y: 7 * row + 17, 'text-anchor': 'middle' }, hour === null ? '?' : String(hour)) : null)));
    return section('hours', t.heat, chosenName() + ' · ' + measureName() + ' · ' + t.heatNote, scaleLegend(), chart,
      tableOf(t.heat, [t.hour, ...t.weekdays], columns.map((hour) => [hourName(hour), ...t.weekdays.map((_, i) => shown(value(i + 1, hour)))])));
  }

  const MOST_CATEGORIES_SHOWN = 14;
  function ageLabel(age) {
    if (age === null) return t.unknown;
    if (state.language === 'ko') return age.replace(/^(\d+)세~(\d+)세$/, '$1–$2세').replace(/^(\d+)세(이상|이하)$/, '$1세 $2');
    return age.replace(/^(\d+)세~(\d+)세$/, '$1–$2').replace(/^(\d+)세이상$/, '$1+').replace(/^(\d+)세이하$/, '≤$1');
  }
  const ageShort = (age) => (age === null ? '?' : ageLabel(age).replace(/세/g, '').replace(' 이하', '↓').replace(' 이상', '+').replace('≤', '↓'));

  function ages() {
    const rows = ofChosen(sections.ages);
    if (rows.length === 0) return section('ages', t.age, null, null, nothing());
    const ages = group(rows, (row) => row.age_group).map((g) => g.key).sort((a, b) => (a === null) - (b === null) || (a < b ? -1 : a > b ? 1 : 0));
    const categories = group(rows, (row) => [row.other, row.category])
      .map((g) => ({ name: g.key[0] ? t.others : known(g.key[1]), last: g.key[0], rows: g.rows, total: sum(g.rows, measured) }))
      .sort((a, b) => a.last - b.last || b.total - a.total);
    let lines = categories;
    if (categories.length > MOST_CATEGORIES_SHOWN + 1) {
      const rest = categories.slice(MOST_CATEGORIES_SHOWN);
      lines = [...categories.slice(0, MOST_CATEGORIES_SHOWN),
        { name: `${t.others} (${rest.length})`, rows: rest.flatMap((c) => c.rows), total: sum(rest, (c) => c.total) }];
    }
    const value = (line, age) => sum(line.rows.filter((row) => row.age_group === age), measured);
    const share = (line, age) => (line.total > 0 ? value(line, age) / line.total : 0);
    const most = Math.max(...lines.flatMap((line) => ages.map((age) => share(line, age))));
    const width = widthOf();
    const narrow = width < 560;
    const left = narrow ? 76 : 118;
    const right = narrow ? 0 : 86;
    const step = (width - left - right) / ages.length;
    const row = 30;
    const head = 24;
    const cut = (name) => (narrow && name.length > 7 ? name.slice(0, 6) + '…' : name);
    const chart = s('svg', { viewBox: `0 0 ${width} ${lines.length * row + head}`, height: lines.length * row + head, role: 'img', 'aria-label': `${t.age}, ${chosenName()}, ${measureName()}` },
      ages.map((age, c) => s('text', { x: left + c * step + step / 2, y: 14, 'text-anchor': 'middle' },
        step < 34 ? ageShort(age).replace(/–.*/, '') : ageShort(age))),
      narrow ? null : s('text', { x: width, y: 14, 'text-anchor': 'end' }, measureName()),
      lines.map((line, i) => [
        s('text', { x: left - 8, y: head + i * row + row / 2 + 4, 'text-anchor': 'end', class: 'in' }, cut(line.name)),
        ages.map((age, c) => {
          const tone = level(share(line, age), most);
          return [
            s('rect', {
              x: left + c * step + 1, y: head + i * row + 1, width: Math.max(1, step - 2), height: row - 2, rx: 2, class: 'mark h h' + tone,
              tip: `${line.name} · ${ageLabel(age)}\n${shown(value(line, age))}\n${t.share} ${percent(value(line, age), line.total)}`,
            }),
            step < 38 ? null : s('text', { x: left + c * step + step / 2, y: head + i * row + row / 2 + 4, 'text-anchor': 'middle', class: 'in h' + tone + 't' },
              (100 * share(line, age)).toFixed(0) + '%'),
          ];
        }),
        narrow ? null : s('text', { x: width, y: head + i * row + row / 2 + 4, 'text-anchor': 'end' }, compactShown(line.total)),
      ]));
    return section('ages', t.age, chosenName() + ' · ' + (state.measure === 'amount' ? t.ageNote : t.ageNotePurchases), scaleLegend(), chart,
      tableOf(t.age, [t.category, ...ages.map(ageLabel), t.total], categories.map((line) =>
        [line.name, ...ages.map((age) => shown(value(line, age))), shown(line.total)])));
  }

  function meter(value, most) {
    const inner = h('i');
    inner.style.width = (most > 0 ? Math.max(0, 100 * value / most) : 0) + '%';
    return h('td', { class: 'meter', 'aria-hidden': 'true' }, h('div', {}, inner));
  }

  const MOST_PLACES = 12;
  const MOST_PLACES_IN_TABLE = 300;
  function places() {
    const rows = ofChosen(sections.places);
    const cities = state.level === 'cities';
    const controlsOfLevel = choice(t.level, 'level', [['provinces', t.provinces], ['cities', t.cities]], state.level, (value) => { state.level = value; });
    if (rows.length === 0) return section('places', t.place, null, null, nothing());
    const names = new Map(sections.placeNames.map((n) => [JSON.stringify([n.province_city, n.city_county]), n]));
    const provinceNames = new Map(sections.placeNames.map((n) => [n.province_city, n.province_city_eng]));
    const customers = new Map(sections.placeCustomers.filter((c) => c.affiliate === state.affiliate && c.whole !== cities)
      .map((c) => [JSON.stringify(cities ? [c.province_city, c.city_county] : [c.province_city]), c.customers]));
    const lines = group(rows, (row) => (cities ? [row.province_city, row.city_county] : [row.province_city])).map((g) => {
      const [province, city] = g.key;
      const english = state.language === 'en';
      const provinceName = province === null ? t.unknown : (english && provinceNames.get(province)) || province;
      const name = names.get(JSON.stringify(g.key));
      const cityName = !cities || city === null ? null : (english && name && name.city_county_eng) || city;
      const amount = sum(g.rows, (row) => row.amount);
      const here = customers.get(JSON.stringify(g.key));
      const count = province === null || here === undefined ? null : here;
      return { name: cityName || provinceName, of: cityName ? provinceName : null, known: province !== null, amount,
        value: sum(g.rows, measured), customers: count, average: count ? amount / count : null };
    }).sort((a, b) => b.known - a.known || b.value - a.value);
    const most = Math.max(...lines.map((line) => line.value));
    const knownLines = lines.filter((line) => line.known);
    const top = [...knownLines.slice(0, cities ? MOST_PLACES : 20), ...lines.filter((line) => !line.known)];
    const cells = (line) => [shown(line.value), line.customers === null ? '–' : counted(line.customers, t.person), won(line.average)];
    const heads = [measureName(), t.customers, t.perCustomer];
    return section('places', t.place, chosenName() + ' · ' + t.placeNote + (cities ? ' · ' + t.top(Math.min(MOST_PLACES, knownLines.length), knownLines.length) : ''), controlsOfLevel,
      h('table', {},
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, cities ? t.cities : t.provinces), h('td', { class: 'meter', 'aria-hidden': 'true' }),
          h('th', { scope: 'col' }, heads[0]), h('th', { scope: 'col', class: 'wide' }, heads[1]), h('th', { scope: 'col' }, heads[2]))),
        h('tbody', {}, top.map((line) => h('tr', {},
          h('th', { scope: 'row' }, line.name, line.of ? h('span', { class: 'small' }, line.of) : null),
          meter(line.value, most),
          h('td', { title: shown(line.value) }, compactShown(line.value)), h('td', { class: 'wide' }, cells(line)[1]),
          h('td', {}, cells(line)[2]))))),
      tableOf(t.place, [cities ? t.cities : t.provinces, ...heads], lines.slice(0, MOST_PLACES_IN_TABLE).map((line) =>
        [line.of ? line.of + ' ' + line.name : line.name, ...cells(line)])));
  }

  function overlap() {
    const sets = sections.overlap.map((row) => ({ ...row, of: row.affiliates.split(',') }));
    const total = sum(sets, (set) => set.customers);
    if (total === 0) return section('overlap', t.overlap, null, null, nothing());
    const counts = affiliates.map((_, i) => {
      const rows = sets.filter((set) => set.of.length === i + 1);
      const customers = sum(rows, (set) => set.customers);
      return { customers, average: customers > 0 ? sum(rows, (set) => set.amount) / customers : null };
    });
    const most = Math.max(...counts.map((c) => c.customers));
    const both = (a, b) => sum(sets.filter((set) => set.of.includes(a) && set.of.includes(b)), (set) => set.customers);
    const largest = Math.max(...affiliates.map((a) => both(a, a)));
    const matrix = affiliates.length < 2 ? null : (() => {
      const width = Math.min(460, Math.max(240, window.innerWidth <= 760 ? widthOf() : (widthOf() - 40) / 2));
      const left = 26;
      const step = (width - left) / affiliates.length;
      const row = 44;
      return h('div', {}, h('h3', {}, t.pairs),
        s('svg', { viewBox: `0 0 ${width} ${row * affiliates.length + 22}`, height: row * affiliates.length + 22, role: 'img', 'aria-label': t.pairs, id: 'pairs' },
          affiliates.map((a, i) => s('text', { x: left + i * step + step / 2, y: 13, 'text-anchor': 'middle', class: 'in' }, a)),
          affiliates.map((a, i) => [
            s('text', { x: left - 10, y: 22 + i * row + row / 2 + 4, 'text-anchor': 'end', class: 'in' }, a),
            affiliates.map((b, j) => {
              const count = both(a, b);
              const tone = level(count, largest);
              return [s('rect', { x: left + j * step + 1, y: 22 + i * row + 1, width: step - 2, height: row - 2, rx: 3, class: 'mark h h' + tone,
                tip: (a === b ? t.affiliate(a) : a + ' + ' + b) + '\n' + counted(count, t.person) + '\n' + t.shareCustomers + ' ' + percent(count, total) }),
              s('text', { x: left + j * step + step / 2, y: 22 + i * row + row / 2 + 4, 'text-anchor': 'middle', class: 'in h' + tone + 't' }, whole(count))];
            }),
          ])),
        tableOf(t.pairs, ['', ...affiliates], affiliates.map((a) => [a, ...affiliates.map((b) => whole(both(a, b)))])));
    })();
    return section('overlap', t.overlap, t.overlapNote + ' · ' + counted(total, t.person), null,
      h('div', { class: 'pair' },
        h('div', {}, h('h3', {}, t.many), h('table', {},
          h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t.affiliates), h('td', { class: 'meter', 'aria-hidden': 'true' }),
            h('th', { scope: 'col' }, t.customers), h('th', { scope: 'col' }, t.shareCustomers), h('th', { scope: 'col' }, t.average))),
          h('tbody', {}, counts.map((c, i) => h('tr', { 'data-affiliates': i + 1 }, h('th', { scope: 'row' }, t.using(i + 1)), meter(c.customers, most),
            h('td', {}, counted(c.customers, t.person)), h('td', {}, percent(c.customers, total)),
            h('td', { title: won(c.average) }, c.average === null ? '–' : compactWon(c.average))))))),
        matrix));
  }

  const MOST_PRODUCTS_SHOWN = 12;
  function products() {
    const rows = ofChosen(sections.products).sort((a, b) => measured(b) - measured(a)).slice(0, MOST_PRODUCTS_SHOWN);
    if (rows.length === 0) return section('products', t.products, null, null, nothing());
    const most = measured(rows[0]);
    return section('products', t.products, chosenName() + ' · ' + measureName(), null,
      h('table', {},
        h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'rank' }, '#'), h('th', { scope: 'col', class: 'text' }, t.product), h('td', { class: 'meter', 'aria-hidden': 'true' }),
          h('th', { scope: 'col' }, t.amount), h('th', { scope: 'col', class: 'wide' }, t.purchases))),
        h('tbody', {}, rows.map((row, i) => h('tr', {},
          h('td', { class: 'rank' }, String(i + 1)),
          h('th', { scope: 'row' }, row.sub_category_desc === null ? t.unknown + ' (' + row.sub_category_cd + ')' : row.sub_category_desc,
            h('span', { class: 'small' }, t.affiliate(row.affiliate) + ' · ' + known(row.main_category_desc))),
          meter(measured(row), most),
          h('td', { title: won(row.amount) }, compactWon(row.amount)),
          h('td', { class: 'wide' }, counted(row.purchases, t.count)))))));
  }

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

  /** Draws the page again; the button that was pressed keeps the focus. */
  function render(pressed) {
    t = TEXTS[state.language];
    document.documentElement.lang = state.language;
    document.title = t.title;
    tip.hidden = true;
    const top = window.scrollY;
    main.replaceChildren(header(), data.overview.length === 0 ? nothing() : controls(), tiles(), trend(), hours(), ages(), places(), overlap(), products(),
      reconciliation(), h('footer', { class: 'note' }, t.receiptNote));
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
})();
