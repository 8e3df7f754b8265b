import { addFen, type Fen, fen, moneyText, mulFen, subFen } from '@shuke/shared/kernel';
import { choices, field, notHere, offer, type Play, type PlayState, plain, rowOf, rows, twice } from '../play.js';

export interface PresaleTerms {
  mode: 'DEPOSIT' | 'FULL';
  items: { skuId: string; priceFen: Fen; depositFen?: Fen; worthFen?: Fen }[];
  tailFrom?: string;
  tailUntil?: string;
  shipBy: string;
  forfeits?: boolean;
}

export const PRESALE_STATES: readonly PlayState[] = [
  { state: 'DEPOSIT_DUE', label: '待付定金', next: ['DEPOSIT_PAID'] },
  { state: 'DEPOSIT_PAID', label: '定金已付', next: ['TAIL_DUE', 'REFUNDED'] },
  { state: 'TAIL_DUE', label: '待付尾款', next: ['PAID', 'FORFEITED', 'REFUNDED'] },
  { state: 'PAID', label: '已付清', next: ['REFUNDED'] },
  { state: 'FORFEITED', label: '尾款超时，定金不退', next: ['PAID'] },
  { state: 'REFUNDED', label: '已退款', next: [] },
];

/** What the whole purchase of a SKU costs: the presale price less what the deposit is worth beyond itself. */
export const presaleUnitFen = (row: PresaleTerms['items'][number]): Fen =>
  subFen(row.priceFen, subFen(row.worthFen ?? row.depositFen ?? fen(0), row.depositFen ?? fen(0)));

/** 预售: a deposit now that is worth more later (50 抵 100), the tail in its window; or everything at once. */
export const presale: Play<PresaleTerms> = {
  kind: 'PRESALE',
  label: '预售',
  summary: '先付定金，到时间付尾款；定金可以膨胀',
  rank: 13,
  stage: 'UNIT',
  hasScope: false,
  fields: [
    plain('mode', '付款方式', 'CHOICE', choices({ DEPOSIT: '定金加尾款', FULL: '全款预售' })),
    rows(
      'items',
      '预售商品',
      [
        field('skuId', '商品规格', 'SKU'),
        field('priceFen', '预售价', 'FEN', { min: 1 }),
        field('depositFen', '定金', 'FEN', { min: 1, when: { field: 'mode', is: 'DEPOSIT' } }),
        field('worthFen', '定金抵', 'FEN', { min: 1, when: { field: 'mode', is: 'DEPOSIT' } }),
      ],
      { max: 50 },
    ),
    plain('tailFrom', '尾款开始', 'INSTANT', { when: { field: 'mode', is: 'DEPOSIT' } }),
    plain('tailUntil', '尾款截止', 'INSTANT', { when: { field: 'mode', is: 'DEPOSIT' } }),
    plain('shipBy', '最晚发货', 'INSTANT'),
    plain('forfeits', '尾款超时不付，定金不退', 'BOOL', { when: { field: 'mode', is: 'DEPOSIT' } }),
  ],
  states: PRESALE_STATES,
  notes: [
    '定金是否退还在付定金前就向顾客说清楚；商家没货、延期发货，定金一定退。',
    '尾款以定金时的预售价为准；尾款前门店降价，顾客可以按新价付尾款或退定金。',
    '定金和尾款是两笔付款，各自对账、各自退款。',
  ],
  problems(terms) {
    const problems = twice(terms.items);
    if (terms.mode === 'FULL') return problems;
    if (terms.items.some((row) => (row.worthFen ?? 0) < (row.depositFen ?? 0))) problems.push('定金抵的钱不能比定金少');
    if (terms.items.some((row) => (row.worthFen ?? 0) >= row.priceFen)) problems.push('定金抵的钱要比预售价少');
    // 民法典第五百八十六条: a deposit (定金) beyond a fifth of the price has no effect as such.
    if (terms.items.some((row) => (row.depositFen ?? 0) * 5 > row.priceFen)) problems.push('定金不能超过预售价的 20%');
    const [from, until] = [Date.parse(terms.tailFrom ?? ''), Date.parse(terms.tailUntil ?? '')];
    if (until <= from) problems.push('尾款截止要晚于尾款开始');
    if (Date.parse(terms.shipBy) < until) problems.push('最晚发货要晚于尾款截止');
    return problems;
  },
  text(terms) {
    const [row] = terms.items;
    if (!row) return '预售';
    return terms.mode === 'FULL'
      ? `预售价 ${moneyText(row.priceFen)}`
      : `定金 ${moneyText(row.depositFen ?? fen(0))} 抵 ${moneyText(row.worthFen ?? fen(0))}`;
  },
  rules: (terms) =>
    terms.mode === 'FULL'
      ? ['付全款，到货后按约定时间发货']
      : [
          terms.forfeits ? '尾款超时不付，定金不退' : '尾款超时不付，定金原路退回',
          '因为我们的原因不能发货，定金一定退给你',
        ],
  skuIds: (terms) => terms.items.map((row) => row.skuId),
  skuPriceFen: (terms, skuId) => {
    const row = rowOf(terms.items, skuId);
    return row ? presaleUnitFen(row) : null;
  },
  sliceQty: () => null,
  price(terms, { lines, activity }) {
    const line = lines.find((one) => one.skuId === activity?.skuId);
    const row = line && rowOf(terms.items, line.skuId);
    if (!activity || !line || !row) return notHere('参加预售才有这个价');
    const unit = presaleUnitFen(row);
    if (unit >= line.unitPriceFen) return notHere('现在的售价更低');
    const cut = mulFen(subFen(line.unitPriceFen, unit), line.freeQty);
    const more = subFen(row.worthFen ?? fen(0), row.depositFen ?? fen(0));
    const explain = more > 0 ? `预售价，定金多抵 ${moneyText(mulFen(addFen(more, fen(0)), line.freeQty))}` : '预售价';
    return offer(explain, { cuts: [{ at: line.at, qty: line.freeQty, fen: cut }] });
  },
};
