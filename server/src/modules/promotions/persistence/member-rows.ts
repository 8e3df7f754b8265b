import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { type MemberAssetMover, MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';
import { isPersonal, memberCounter, onceCounter, personalOf } from '../domain/counters.js';
import { json } from './promotion.store.js';

interface Counted {
  promotionId: string;
  counter: string;
  count: number;
  fen: number;
}

/** Counts a member's uses again from the uses themselves: two accounts of one person share one limit after a merge. */
export async function recountMember(tx: Tx, brandId: BrandId, memberId: MemberId): Promise<void> {
  const rows = await tx.query<{ counters: unknown }>(
    "SELECT counters FROM promotion_use WHERE brand_id = ? AND member_id = ? AND state = 'HELD' ORDER BY order_id, promotion_id FOR UPDATE",
    [brandId, memberId],
  );
  const sums = new Map<string, Counted>();
  for (const one of rows.flatMap((row) => json<Counted[]>(row.counters))) {
    if (!isPersonal(one.counter)) continue;
    const counter = personalOf(one.counter, memberId);
    const key = `${one.promotionId}|${counter}`;
    const had = sums.get(key);
    sums.set(key, { ...one, counter, count: (had?.count ?? 0) + one.count, fen: (had?.fen ?? 0) + one.fen });
  }
  await tx.execute('DELETE FROM promotion_counter WHERE brand_id = ? AND counter IN (?,?)', [
    brandId,
    memberCounter(memberId),
    onceCounter(memberId),
  ]);
  if (sums.size === 0) return;
  await tx.execute(
    `INSERT INTO promotion_counter (brand_id, promotion_id, counter, used_count, used_fen) VALUES ${[...sums].map(() => '(?,?,?,?,?)').join(',')}`,
    [...sums.values()].flatMap((one): SqlValue[] => [brandId, one.promotionId, one.counter, one.count, one.fen]),
  );
}

const uses = rowMover({
  subject: 'promotion_use',
  title: '参加过的活动',
  unit: '次',
  table: 'promotion_use',
  key: ['order_id', 'promotion_id', 'sku_id'],
});

/** Uses follow their member, and the limits follow the uses, so that a second phone is no second "new member". */
const useMover: MemberAssetMover = {
  ...uses,
  async move(tx, move) {
    const moved = await uses.move(tx, move);
    if (moved > 0) for (const id of [move.from, move.into]) await recountMember(tx, move.brandId, id);
    return moved;
  },
  async moveBack(tx, move) {
    const back = await uses.moveBack(tx, move);
    if (back > 0) for (const id of [move.from, move.into]) await recountMember(tx, move.brandId, id);
    return back;
  },
};

/** How what a member has in promotions follows a merge, a data export and leaving. Helps stay with who gave them. */
export function registerPromotionRows(): void {
  MemberMovers.register('promotions.uses', useMover);
  MemberMovers.register(
    'promotions.seats',
    rowMover({ subject: 'group_buy_seat', title: '拼团', unit: '个', table: 'group_buy_seat', key: ['order_id'] }),
  );
  MemberMovers.register(
    'promotions.bargains',
    rowMover({
      subject: 'bargain',
      title: '砍价',
      unit: '个',
      table: 'bargain',
      key: ['id'],
      onePer: ['promotion_id', 'sku_id'],
    }),
  );
  MemberMovers.register(
    'promotions.presales',
    rowMover({ subject: 'presale_deal', title: '预售', unit: '个', table: 'presale_deal', key: ['order_id'] }),
  );
  MemberAssets.register(
    'promotions.uses',
    rowAsset({
      table: 'promotion_use',
      list: '参加过的活动',
      by: 'order_id',
      columns: { order_id: '订单', fen: '优惠（分）', at: '时间' },
      onLeave: 'KEEP',
    }),
  );
  MemberAssets.register(
    'promotions.bargains',
    rowAsset({
      table: 'bargain',
      list: '砍价',
      by: 'id',
      columns: { start_fen: '原价（分）', now_fen: '砍到（分）', created_at: '时间' },
      onLeave: 'KEEP',
    }),
  );
}
