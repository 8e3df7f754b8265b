import { type Actors, attempt } from './actors.js';
import { buyNow, deedKey } from './deals.js';
import { asStep, type SeedContext } from './seed-context.js';
import { listingsOf, storeIdsOf, storeOf } from './store-book.js';

/** One store is about to close, with a pickup that still waits there. */
export const closeStore = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'closing', async () => void (await attempt(context, 'a store that closes', () => close(actors))));

/** A store of Shenyang moves out of its house: a pickup that waits there is offered to the other store. */
async function close(actors: Actors): Promise<void> {
  const stores = await storeIdsOf(actors);
  const [closing, taking] = [storeOf(stores, 'S039'), storeOf(stores, 'S038')];
  const held = new Set(
    (await listingsOf(actors, taking)).flatMap(({ skus }) =>
      skus.filter((sku) => sku.available > 2).map((sku) => sku.skuId),
    ),
  );
  const ware = (await listingsOf(actors, closing))
    .flatMap(({ skus }) => skus)
    .find((sku) => sku.available > 2 && held.has(sku.skuId));
  if (ware) {
    await buyNow(actors, 'tong', 'before closing', {
      storeId: closing,
      lines: [{ skuId: ware.skuId, qty: 1 }],
      fulfil: 'PICKUP',
    });
  }
  const { console: desk } = await actors.desk('hq');
  await desk.startClosing({
    params: { id: closing },
    body: { toStoreId: taking, answerDays: 7, reason: '商场装修，租约到期' },
    idempotencyKey: deedKey('closing S039'),
  });
}
