import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import {
  type MemberAsset,
  type MemberAssetMover,
  MemberAssets,
  MemberMovers,
  rowAsset,
  rowMover,
} from '../../one-id/index.js';

/** Counts what a member took of each good again from the exchanges: two accounts of one person share one limit. */
async function recount(tx: Tx, brandId: BrandId, memberId: MemberId): Promise<void> {
  await tx.execute('DELETE FROM points_good_taker WHERE brand_id = ? AND member_id = ?', [brandId, memberId]);
  await tx.execute(
    `INSERT INTO points_good_taker (brand_id, good_id, member_id, qty)
     SELECT brand_id, good_id, member_id, SUM(qty) FROM points_exchange WHERE brand_id = ? AND member_id = ? AND state <> 'CANCELLED'
     GROUP BY brand_id, good_id, member_id`,
    [brandId, memberId],
  );
}

const exchanges = rowMover({
  subject: 'points_exchange',
  title: '积分兑换',
  unit: '笔',
  table: 'points_exchange',
  key: ['id'],
});
const exchangeMover: MemberAssetMover = {
  ...exchanges,
  tables: ['points_exchange', 'points_good_taker'],
  async move(tx, move) {
    const moved = await exchanges.move(tx, move);
    if (moved > 0) for (const id of [move.from, move.into]) await recount(tx, move.brandId, id);
    return moved;
  },
  async moveBack(tx, move) {
    const back = await exchanges.moveBack(tx, move);
    if (back > 0) for (const id of [move.from, move.into]) await recount(tx, move.brandId, id);
    return back;
  },
};

/** A gift that waits in a store is fetched or given back first; what was exchanged stays for the books. */
const exchangeAsset: MemberAsset = {
  ...rowAsset({
    table: 'points_exchange',
    list: '积分兑换',
    by: 'id',
    onLeave: 'KEEP',
    columns: { exchange_no: '兑换号', name: '礼品', qty: '数量', points: '积分', state: '状态', created_at: '时间' },
  }),
  tables: ['points_exchange', 'points_good_taker'],
  async beforeLeaving(on, brandId, memberId) {
    const [row] = await on.query<{ n: string }>(
      "SELECT COUNT(*) AS n FROM points_exchange WHERE brand_id = ? AND member_id = ? AND state = 'TO_PICKUP'",
      [brandId, memberId],
    );
    const waiting = Number(row?.n ?? 0);
    const text = `还有 ${waiting} 份积分礼品没有领取`;
    const blockers =
      waiting > 0 ? [{ subject: 'points_exchange', text, actionText: '先到门店领取，或请门店取消兑换' }] : [];
    return { blockers, settlements: [] };
  },
};

/** How exchanges follow a member who is merged or leaves. */
export function registerExchangeRows(): void {
  MemberMovers.register('points-mall.exchanges', exchangeMover);
  MemberAssets.register('points-mall.exchanges', exchangeAsset);
}
