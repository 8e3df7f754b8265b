import { type Fen, moneyText, mulFen, subFen } from '@shuke/shared/kernel';
import { field, fromText, notHere, offer, type Play, type PlayState, plain, rowOf, rows, twice } from '../play.js';

export interface GroupBuyTerms {
  items: { skuId: string; priceFen: Fen }[];
  size: number;
  hours: number;
  leaderCutFen?: Fen;
  joinsPerMember: number;
  fillsUp: boolean;
}

export const GROUP_STATES: readonly PlayState[] = [
  { state: 'OPEN', label: '还差人', next: ['SUCCEEDED', 'FAILED'] },
  { state: 'SUCCEEDED', label: '拼成了', next: [] },
  { state: 'FAILED', label: '没拼成，已退款', next: [] },
];

/** 拼团: a lower price when enough people pay in time. A seat is taken by paying, not by submitting. */
export const groupBuy: Play<GroupBuyTerms> = {
  kind: 'GROUP_BUY',
  label: '拼团',
  summary: '邀请朋友一起买，人数够了按拼团价成交',
  rank: 11,
  stage: 'UNIT',
  hasScope: false,
  fields: [
    rows('items', '拼团商品', [field('skuId', '商品规格', 'SKU'), field('priceFen', '拼团价', 'FEN', { min: 1 })], {
      max: 50,
    }),
    plain('size', '几人成团', 'COUNT', { unit: '人', min: 2, max: 20 }),
    plain('hours', '成团时限', 'COUNT', { unit: '小时', max: 72 }),
    plain('leaderCutFen', '团长再减', 'FEN', { required: false }),
    plain('joinsPerMember', '每人最多参加', 'COUNT', { unit: '次', max: 99 }),
    plain('fillsUp', '时间到了由品牌补齐', 'BOOL', { hint: '补齐的团会向顾客说明' }),
  ],
  states: GROUP_STATES,
  notes: [
    '付款才算占位；付款时团已经满了，会为你开一个新团，活动已经结束就自动退款。',
    '时间到了人数不够，全部自动退款，券和积分一起退回。',
    '团长在成团后退款，不影响其他人。',
    '团按门店分开，货由开团的门店发。',
  ],
  problems: (terms) => twice(terms.items),
  text: (terms) => `${terms.size} 人团 ${fromText(terms.items.map((row) => row.priceFen))}`,
  rules: (terms) => [
    `${terms.hours} 小时内满 ${terms.size} 人成团，没拼成自动退款`,
    ...(terms.leaderCutFen ? [`团长再减 ${moneyText(terms.leaderCutFen)}`] : []),
    ...(terms.fillsUp ? ['时间到了差人，由品牌补齐并在团里说明'] : []),
  ],
  skuIds: (terms) => terms.items.map((row) => row.skuId),
  skuPriceFen: (terms, skuId) => rowOf(terms.items, skuId)?.priceFen ?? null,
  sliceQty: () => null,
  price: (_, { lines, activity }) => activityOffer(lines, activity, '拼团价') ?? notHere('参加拼团才有这个价'),
};

/** The price that was agreed for the activity's SKU; one order holds one piece of business. */
export function activityOffer(
  lines: Parameters<Play['price']>[1]['lines'],
  activity: Parameters<Play['price']>[1]['activity'],
  explain: string,
) {
  const line = lines.find((one) => one.skuId === activity?.skuId);
  if (!activity || !line || activity.unitPriceFen >= line.unitPriceFen) return null;
  const cut = mulFen(subFen(line.unitPriceFen, activity.unitPriceFen), line.freeQty);
  return offer(explain, { cuts: [{ at: line.at, qty: line.freeQty, fen: cut }] });
}
