import { fen, ZERO_FEN } from '@shuke/shared/kernel';
import { pricePipeline } from '../src/modules/pricing/domain/price-pipeline.js';
import { type PromotionId, readyToPrice } from '../src/modules/promotions/domain/promotion.js';
import { plainPromotion } from '../src/modules/promotions/testing/plain-promotion.js';
import type { Result } from './measure.js';

const LINES = 20;
const PROMOTIONS = 50;

const lines = Array.from({ length: LINES }, (_, at) => ({
  skuId: String(100 + at),
  productId: String(200 + (at % 12)),
  categoryId: String(300 + (at % 5)),
  qty: 1 + (at % 3),
  unitPriceFen: fen(9_900 + at * 1_300),
  listPriceFen: fen(12_900 + at * 1_300),
}));

const TERMS = [
  (at: number) => ({
    kind: 'LIMITED_DISCOUNT' as const,
    terms: { mode: 'PERCENT', payBp: 8_000 + at * 20, perOrder: 2 },
  }),
  (at: number) => ({
    kind: 'N_FOR_X' as const,
    terms: { mode: 'NTH', n: 3, payBp: 5_000 + at * 10, first: 'DEAREST', times: 5 },
  }),
  (at: number) => ({
    kind: 'BUNDLE' as const,
    terms: {
      mode: 'FIXED',
      parts: [100 + (at % LINES), 100 + ((at + 7) % LINES)].map((id) => ({ skuId: String(id), qty: 1 })),
      priceFen: 19_900,
      times: 2,
    },
  }),
  (at: number) => ({
    kind: 'ADD_ON' as const,
    terms: { atFen: 30_000, items: [{ skuId: String(100 + (at % LINES)), priceFen: 4_900, most: 1 }], kinds: 1 },
  }),
  (at: number) => ({
    kind: 'FULL_REDUCTION' as const,
    terms: {
      measure: 'MONEY',
      basis: 'PAID',
      reward: 'AMOUNT',
      mode: 'TIERS',
      tiers: [1, 2, 3].map((step) => ({ atFen: 30_000 * step, cutFen: 2_000 * step + at })),
    },
  }),
];

const promotions = Array.from({ length: PROMOTIONS }, (_, at) => {
  const { kind, terms } = (TERMS[at % TERMS.length] as (typeof TERMS)[number])(at);
  return readyToPrice(
    plainPromotion(kind, terms, {
      id: String(500 + at) as PromotionId,
      name: `活动${at}`,
      scope: at % 3 === 0 ? { kind: 'CATEGORIES', ids: ['300', '301', '302'] } : { kind: 'ALL', ids: [] },
      stacking: {
        mode: at % 10 === 4 ? 'EXCLUSIVE' : 'JOINT',
        group: 'AB'[at % 2] as string,
        allowsCoupons: true,
        allowsPoints: true,
      },
    }),
  );
});

/** How much CPU one pricing takes: twenty lines, fifty live promotions, points and a wallet; no database in between. */
export function benchPricing(isQuick: boolean): Result[] {
  const price = () =>
    pricePipeline({
      storeName: '湖滨店',
      fulfil: 'SHIP',
      lines,
      promotions,
      buyer: { isNewMember: false },
      level: null,
      activity: null,
      coupons: [],
      points: {
        points: 'MAX',
        available: 10_000,
        terms: { pointsPerYuan: 100, maxShareBp: 5_000, multiple: 100, bearers: [{ party: 'HQ', bp: 10_000 }] },
      },
      freight: { deliveryFeeFen: fen(600), freeFromFen: fen(30_000), freeForLevel: null },
      walletWishFen: 'MAX',
      walletBalanceFen: ZERO_FEN,
    });
  for (let at = 0; at < 300; at += 1) price();
  const times: number[] = [];
  const cpu = process.cpuUsage();
  const rounds = isQuick ? 500 : 5_000;
  for (let at = 0; at < rounds; at += 1) {
    const start = performance.now();
    price();
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round((times[Math.trunc(times.length * share)] ?? 0) * 1000) / 1000;
  const cpuUs = Math.round((user + system) / rounds);
  return [
    {
      id: 'pricing',
      rate: Math.round(1_000_000 / cpuUs),
      p50: at(0.5),
      p95: at(0.95),
      p99: at(0.99),
      sql: 0,
      cpuUs,
      bareRate: null,
      bareCpuUs: null,
      ratio: null,
      peerRate: null,
      peerRatio: null,
    },
  ];
}
