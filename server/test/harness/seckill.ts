import type { BrandId, Id, StoreId } from '@shuke/shared/kernel';
import { Slices } from '../../src/modules/promotions/application/slices.js';
import { PromotionStore } from '../../src/modules/promotions/persistence/promotion.store.js';
import type { Consumer } from '../../src/platform/access/actor.js';
import type { TestBench } from './database.js';

export interface SeckillDraft {
  storeId: StoreId;
  skuId: Id<'sku'>;
  priceFen: number;
  sliceQty: number;
  memberLimit?: number;
  perOrder?: number;
  payMinutes?: number;
}

/** Publishes a seckill of one SKU in one store, live at once; the way through the desk is proved elsewhere. */
export async function publishSeckill(bench: TestBench, draft: SeckillDraft): Promise<Id<'promotion'>> {
  const id = bench.ids.next<'promotion'>();
  const { skuId, priceFen, sliceQty, perOrder = 1, payMinutes = 5 } = draft;
  const terms = { items: [{ skuId, priceFen, sliceQty }], perOrder, payMinutes };
  const stacking = { mode: 'JOINT', group: 'SECKILL', allowsCoupons: true, allowsPoints: true };
  const now = bench.clock.now();
  await bench.database.execute(
    `INSERT INTO promotion (brand_id, id, franchisee_id, kind, name, terms, scope, store_ids, stacking, priority, bearers, starts_at, ends_at, member_limit, opted_out, state, created_by, created_at, published_at)
     VALUES (?,?,NULL,'SECKILL','整点秒杀',?,'{"kind":"ALL","ids":[]}',?,?,0,'[{"party":"HQ","bp":10000}]',?,?,?,'[]','PUBLISHED','总部',?,?)`,
    [
      bench.brandId,
      id,
      JSON.stringify(terms),
      JSON.stringify([draft.storeId]),
      JSON.stringify(stacking),
      new Date(now - 3_600_000),
      new Date(now + 30 * 86_400_000),
      draft.memberLimit ?? 1,
      new Date(now),
      new Date(now),
    ],
  );
  await bench.unitOfWork.run('test', async (tx) => {
    const promotion = await new PromotionStore().lock(tx, bench.brandId, id);
    if (promotion) await new Slices().follow(tx, promotion, [{ id: draft.storeId, franchiseeId: null }]);
  });
  return id;
}

/** Many members at once, as consumers who could log in. */
export async function manyMembers(bench: TestBench, howMany: number): Promise<Consumer[]> {
  const { brandId, ids, clock } = bench;
  const people = Array.from({ length: howMany }, (): Consumer => {
    const memberId = ids.next<'member'>();
    return { kind: 'consumer', brandId, memberId, openid: `o-${memberId}` };
  });
  for (let from = 0; from < people.length; from += 1000) {
    const rows = people.slice(from, from + 1000);
    await bench.database.execute(
      `INSERT INTO member (brand_id, id, member_no, nickname, avatar_url, level, growth, origin, status, joined_at) VALUES ${rows
        .map(() => "(?,?,?,'小满','',0,0,'MINIAPP','ACTIVE',?)")
        .join(',')}`,
      rows.flatMap((one) => [brandId, one.memberId, one.memberId, clock.date()]),
    );
  }
  return people;
}

/** What the rows say after a rush: pieces counted by the slice, held or set aside on the shelf, and in orders that are not closed. */
export async function seckillRows(bench: TestBench, draft: SeckillDraft, promotionId: string) {
  const { brandId }: { brandId: BrandId } = bench;
  const [row] = await bench.database.query<
    Record<'slice' | 'reserved' | 'aside' | 'on_hand' | 'orders' | 'buyers', string | null>
  >(
    `SELECT (SELECT used_count FROM promotion_counter WHERE brand_id = ? AND promotion_id = ? AND counter = ?) AS slice,
       (SELECT reserved FROM stock WHERE brand_id = ? AND store_id = ? AND sku_id = ?) AS reserved,
       (SELECT set_aside FROM stock WHERE brand_id = ? AND store_id = ? AND sku_id = ?) AS aside,
       (SELECT on_hand FROM stock WHERE brand_id = ? AND store_id = ? AND sku_id = ?) AS on_hand,
       (SELECT COUNT(*) FROM sales_order WHERE brand_id = ? AND state <> 'CLOSED') AS orders,
       (SELECT COUNT(DISTINCT member_id) FROM sales_order WHERE brand_id = ? AND state <> 'CLOSED') AS buyers`,
    [
      ...[brandId, promotionId, `K:${draft.storeId}:${draft.skuId}`],
      ...[brandId, draft.storeId, draft.skuId, brandId, draft.storeId, draft.skuId],
      ...[brandId, draft.storeId, draft.skuId, brandId, brandId],
    ],
  );
  return {
    slice: Number(row?.slice ?? 0),
    reserved: Number(row?.reserved ?? 0),
    /** Set aside on the shelf for this seckill and others of the SKU. */
    aside: Number(row?.aside ?? 0),
    onHand: Number(row?.on_hand ?? 0),
    orders: Number(row?.orders ?? 0),
    buyers: Number(row?.buyers ?? 0),
  };
}
