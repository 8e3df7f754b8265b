import { createHash } from 'node:crypto';
import type { Api } from '@shuke/shared/api';
import { type Actors, until } from './actors.js';
import type { OrderDetail } from './buy.js';
import { DEMO_SEED } from './seed-context.js';

type Wish = Parameters<Api['mall']['preview']>[0]['body'];

/** The same number in every run for the same deed, so that a repeated step repeats its requests. */
export const deedKey = (name: string): string =>
  createHash('sha256').update(`${DEMO_SEED} ${name}`).digest('hex').slice(0, 32);

/** What somebody buys with everything a checkout knows: promotion, coupons, points, wallet. */
export async function submitDeal(actors: Actors, key: string, name: string, wish: Wish): Promise<OrderDetail> {
  const api = await actors.consumer(key);
  const { totalFen } = await api.mall.preview({ body: wish });
  const body = { ...wish, expectedTotalFen: totalFen };
  return api.mall.submitOrder({ body, idempotencyKey: deedKey(`deal ${key} ${name}`) });
}

/** Pays what an order asks for now, on the phone; of a presale that is the deposit. */
export async function payDeal(actors: Actors, key: string, orderId: string): Promise<void> {
  const api = await actors.consumer(key);
  const params = { id: orderId };
  const sheet = await api.mall.pay({ params });
  await actors.control('pay/pay', { prepay_id: sheet.package.replace('prepay_id=', '') });
  await until(`payment of ${key}`, async () => {
    const { state, presale } = await api.mall.order({ params });
    return state === 'PENDING_PAY' && presale?.due !== 'TAIL' ? null : true;
  });
}

/** Submits and pays; an order that the wallet pays whole, or that an earlier run has paid, needs no payment. */
export async function buyNow(actors: Actors, key: string, name: string, wish: Wish): Promise<OrderDetail> {
  const made = await submitDeal(actors, key, name, wish);
  if (made.state === 'PENDING_PAY' && made.presale?.due !== 'TAIL') await payDeal(actors, key, made.id);
  return made;
}
