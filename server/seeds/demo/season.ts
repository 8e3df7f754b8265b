import type { PromotionInput } from '@shuke/shared/contracts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A SKU that promotions of the demo name. */
export interface SeasonWare {
  skuId: string;
  priceFen: number;
}

/** What headquarters does with a promotion of the season after drafting it. */
export interface SeasonEntry {
  input: PromotionInput;
  until: 'DRAFT' | 'PUBLISHED' | 'PAUSED';
}

/** The promotion that the days of the demo's history were sold under; it ends yesterday. */
export const pastSeason = (nowMs: number, days: number): PromotionInput => ({
  kind: 'FULL_REDUCTION',
  name: '立冬暖身满减',
  startsAt: new Date(nowMs - HOUR_MS).toISOString(),
  endsAt: new Date(nowMs + (days - 1) * DAY_MS).toISOString(),
  terms: {
    measure: 'MONEY',
    basis: 'PAID',
    reward: 'AMOUNT',
    mode: 'TIERS',
    tiers: [{ atFen: 120_000, cutFen: 6_000 }],
  },
  bearers: [
    { party: 'HQ', bp: 6_000 },
    { party: 'FRANCHISEE', bp: 4_000 },
  ],
  budgetFen: 8_000_000,
});

/** The season's promotions in every state, on different goods, the dearest first. */
export function seasonOf(wares: readonly SeasonWare[], nowMs: number): SeasonEntry[] {
  const at = (ms: number) => new Date(nowMs + ms).toISOString();
  const live = { startsAt: at(-HOUR_MS), endsAt: at(20 * DAY_MS) };
  const ware = (place: number) => wares[place % wares.length] ?? { skuId: '1', priceFen: 100_00 };
  const share = (place: number, percent: number) => Math.trunc((ware(place).priceFen * percent) / 10_000) * 100;
  const priced = (place: number, percent: number) => ({ skuId: ware(place).skuId, priceFen: share(place, percent) });
  const published = (input: PromotionInput): SeasonEntry => ({ input, until: 'PUBLISHED' });
  return [
    published({
      kind: 'FULL_REDUCTION',
      name: '初雪满额礼',
      ...live,
      terms: {
        measure: 'MONEY',
        basis: 'PAID',
        reward: 'AMOUNT',
        mode: 'TIERS',
        tiers: [
          { atFen: 300_000, cutFen: 15_000 },
          { atFen: 500_000, cutFen: 40_000 },
        ],
      },
    }),
    published({
      kind: 'SECKILL',
      name: '今日暖冬秒杀',
      startsAt: at(-HOUR_MS),
      endsAt: at(26 * HOUR_MS),
      memberLimit: 1,
      terms: { items: [{ ...priced(0, 90), sliceQty: 5 }], perOrder: 1, payMinutes: 5 },
    }),
    published({
      kind: 'GROUP_BUY',
      name: '和朋友一起暖',
      ...live,
      terms: { items: [priced(1, 92)], size: 2, hours: 24, joinsPerMember: 3, fillsUp: false },
    }),
    published({
      kind: 'BARGAIN',
      name: '请朋友砍一刀',
      ...live,
      terms: { items: [{ skuId: ware(2).skuId, floorFen: share(2, 88) }], helps: 6, hours: 48, needsFloor: true },
    }),
    published({
      kind: 'PRESALE',
      name: '新年限定预售',
      ...live,
      terms: {
        mode: 'DEPOSIT',
        items: [{ ...priced(3, 95), depositFen: 5_000, worthFen: 10_000 }],
        tailFrom: at(10 * DAY_MS),
        tailUntil: at(13 * DAY_MS),
        shipBy: at(20 * DAY_MS),
        forfeits: false,
      },
    }),
    published({
      kind: 'ADD_ON',
      name: '暖冬加价换购',
      ...live,
      terms: { atFen: 69_900, items: [{ skuId: ware(-1 + wares.length).skuId, priceFen: 9_900, most: 1 }], kinds: 1 },
    }),
    published({
      kind: 'LIMITED_DISCOUNT',
      name: '冬至限时折扣',
      startsAt: at(3 * DAY_MS),
      endsAt: at(6 * DAY_MS),
      scope: { kind: 'SKUS', ids: [ware(4).skuId, ware(5).skuId] },
      terms: { mode: 'PERCENT', payBp: 8_800, perOrder: 2 },
    }),
    {
      input: {
        kind: 'BUNDLE',
        name: '父子同款两件套',
        ...live,
        terms: {
          mode: 'FIXED',
          parts: [
            { skuId: ware(6).skuId, qty: 1 },
            { skuId: ware(7).skuId, qty: 1 },
          ],
          priceFen: Math.trunc(((ware(6).priceFen + ware(7).priceFen) * 90) / 10_000) * 100,
          times: 2,
        },
      },
      until: 'PAUSED',
    },
    {
      input: {
        kind: 'N_FOR_X',
        name: '毛衣两件八八折',
        startsAt: at(8 * DAY_MS),
        endsAt: at(15 * DAY_MS),
        scope: { kind: 'SKUS', ids: [ware(8).skuId, ware(9).skuId] },
        terms: { mode: 'NTH', n: 2, payBp: 8_800, first: 'CHEAPEST', times: 1 },
      },
      until: 'DRAFT',
    },
  ];
}
