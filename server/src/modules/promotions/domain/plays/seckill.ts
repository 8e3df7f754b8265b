import { type Fen, mulFen, subFen } from '@shuke/shared/kernel';
import { field, fromText, offer, type Play, type PlayState, plain, rowOf, rows, twice } from '../play.js';

export interface SeckillTerms {
  items: { skuId: string; priceFen: Fen; sliceQty: number }[];
  perOrder: number;
  payMinutes: number;
}

const STATES: readonly PlayState[] = [
  { state: 'DRAFT', label: '草稿', next: ['WARM_UP'] },
  { state: 'WARM_UP', label: '预热中', next: ['LIVE', 'ENDED'] },
  { state: 'LIVE', label: '抢购中', next: ['SOLD_OUT', 'PAUSED', 'ENDED'] },
  { state: 'SOLD_OUT', label: '抢光了', next: ['LIVE', 'ENDED'] },
  { state: 'PAUSED', label: '已暂停', next: ['LIVE', 'ENDED'] },
  { state: 'ENDED', label: '已结束', next: [] },
];

/** 秒杀: few pieces for a short time, from a slice of their own that normal sales cannot touch. */
export const seckill: Play<SeckillTerms> = {
  kind: 'SECKILL',
  label: '秒杀',
  summary: '划出一份库存，限时限量按秒杀价卖',
  rank: 10,
  stage: 'UNIT',
  hasScope: false,
  fields: [
    rows(
      'items',
      '秒杀商品',
      [
        field('skuId', '商品规格', 'SKU'),
        field('priceFen', '秒杀价', 'FEN', { min: 1 }),
        field('sliceQty', '秒杀件数', 'COUNT', { max: 100_000 }),
      ],
      { max: 50 },
    ),
    plain('perOrder', '每单限购', 'COUNT', { max: 99 }),
    plain('payMinutes', '付款时限', 'COUNT', { unit: '分钟', min: 1, max: 30 }),
  ],
  states: STATES,
  notes: [
    '秒杀件数在发布时从库存里划出，原价买不走；卖完就是抢光，超时未付自动放回，结束或暂停后剩下的还给平常的库存。',
    '每人限购按会员算，换设备、重新登录都不能多买。',
    '抢光后同一件商品按原价还可以买。',
  ],
  problems: (terms) => twice(terms.items),
  text: (terms) => `秒杀 ${fromText(terms.items.map((row) => row.priceFen))}`,
  rules: (terms) => [`每单限 ${terms.perOrder} 件`, `请在 ${terms.payMinutes} 分钟内付款，超时自动取消`],
  skuIds: (terms) => terms.items.map((row) => row.skuId),
  skuPriceFen: (terms, skuId) => rowOf(terms.items, skuId)?.priceFen ?? null,
  sliceQty: (terms, skuId) => rowOf(terms.items, skuId)?.sliceQty ?? null,
  price(terms, { lines }) {
    const cuts = lines.flatMap((line) => {
      const row = rowOf(terms.items, line.skuId);
      if (!row || row.priceFen >= line.unitPriceFen) return [];
      const qty = Math.min(line.freeQty, terms.perOrder);
      return [{ at: line.at, qty, fen: mulFen(subFen(line.unitPriceFen, row.priceFen), qty) }];
    });
    return offer('秒杀价', { cuts });
  },
};
