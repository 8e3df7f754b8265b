import { type Fen } from '@shuke/shared/kernel';
import { field, fromText, notHere, type Play, type PlayState, plain, rowOf, rows, twice } from '../play.js';
import { activityOffer } from './group-buy.js';

export interface BargainTerms {
  items: { skuId: string; floorFen: Fen }[];
  helps: number;
  hours: number;
  needsFloor: boolean;
}

export const BARGAIN_STATES: readonly PlayState[] = [
  { state: 'OPEN', label: '砍价中', next: ['AT_FLOOR', 'ORDERED', 'EXPIRED'] },
  { state: 'AT_FLOOR', label: '已砍到底价', next: ['ORDERED', 'EXPIRED'] },
  { state: 'ORDERED', label: '已下单', next: ['AT_FLOOR', 'OPEN', 'EXPIRED'] },
  { state: 'EXPIRED', label: '已过期', next: [] },
];

/** 砍价: friends lower the price; the cuts are drawn when it begins and sum exactly to the floor. */
export const bargain: Play<BargainTerms> = {
  kind: 'BARGAIN',
  label: '砍价',
  summary: '请朋友帮忙砍价，砍到底价就按底价买',
  rank: 12,
  stage: 'UNIT',
  hasScope: false,
  fields: [
    rows('items', '砍价商品', [field('skuId', '商品规格', 'SKU'), field('floorFen', '底价', 'FEN')], { max: 50 }),
    plain('helps', '几人砍到底', 'COUNT', { unit: '人', max: 100 }),
    plain('hours', '砍价时限', 'COUNT', { unit: '小时', max: 72 }),
    plain('needsFloor', '砍到底价才能买', 'BOOL'),
  ],
  states: BARGAIN_STATES,
  notes: [
    '每一刀砍多少在开始时就定好，最后一刀正好到底价，一分不差。',
    '同一个人对一次砍价只能帮一次，每天只能帮一个人。',
    '下单后过期不影响付款；没付款取消，砍价还有效就能再下单。',
  ],
  problems: (terms) => twice(terms.items),
  text: (terms) => `砍价 ${fromText(terms.items.map((row) => row.floorFen))}`,
  rules: (terms) => [
    `${terms.hours} 小时内请 ${terms.helps} 位朋友砍到底价`,
    terms.needsFloor ? '砍到底价才能下单' : '随时可以按当前价下单',
    '每人每天只能帮一次',
  ],
  skuIds: (terms) => terms.items.map((row) => row.skuId),
  skuPriceFen: (terms, skuId) => rowOf(terms.items, skuId)?.floorFen ?? null,
  sliceQty: () => null,
  price: (_, { lines, activity }) => activityOffer(lines, activity, '砍后价') ?? notHere('发起砍价才有这个价'),
};
