import { seedOf } from '../demo/random.js';
import type { Actors } from './actors.js';
import { until } from './actors.js';
import type { Bought } from './buy.js';
import { guidesOfStore } from './personas.js';

const CARRIERS = ['顺丰速运', '京东快递', '中通快递'] as const;

/** Who of the store takes care of an order. */
function clerkOf({ visit }: Bought): string {
  const clerks = guidesOfStore(visit.storeCode);
  return clerks[seedOf(visit.name) % clerks.length] ?? '';
}

/** A guide of the store hands the goods to a carrier. */
export async function ship(actors: Actors, bought: Bought): Promise<void> {
  const api = await actors.guide(clerkOf(bought));
  const hash = seedOf(bought.visit.name);
  const trackingNo = `SF${String(hash).padStart(10, '0')}${String(hash % 997).padStart(3, '0')}`;
  const company = CARRIERS[hash % CARRIERS.length] ?? CARRIERS[0];
  await api.guide.ship({ params: { id: bought.orderId }, body: { company, trackingNo } });
}

/** The consumer shows the pickup code at the counter and a guide enters it. */
export async function handOver(actors: Actors, bought: Bought): Promise<void> {
  const consumer = await actors.consumer(bought.visit.persona.key);
  const { pickupCode } = await consumer.mall.order({ params: { id: bought.orderId } });
  const api = await actors.guide(clerkOf(bought));
  await api.guide.verifyPickup({ params: { code: pickupCode ?? '' } });
}

/** The consumer asks for their money back: all of it, or one piece of the first line. */
export async function refund(actors: Actors, bought: Bought, isWhole: boolean, reason: string): Promise<void> {
  const api = await actors.consumer(bought.visit.persona.key);
  const params = { id: bought.orderId };
  const { lines } = await api.mall.order({ params });
  const [line] = lines;
  const part = line && !isWhole ? { lines: [{ lineId: line.id, qty: 1 }] } : {};
  const asked = await api.mall.requestRefund({
    params,
    body: { ...part, reason },
    idempotencyKey: `demo-refund-${bought.orderId}`,
  });
  await until(`refund of ${bought.visit.name}`, async () => {
    const { refunds } = await api.mall.order({ params });
    return refunds.find((one) => one.id === asked.id)?.state === 'SUCCESS' ? true : null;
  });
}
