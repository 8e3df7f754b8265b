import { type CopiedRow, type MemberAsset, MemberAssets, MemberMovers, plain, rowMover } from '../../one-id/index.js';

const OPEN = "('PENDING_PAY','TO_SHIP','TO_PICKUP','SHIPPED')";
const PAGE = 500;

/** Orders of a member who leaves stay for the books, without name, address and remark; open ones have to end first. */
const orderAsset: MemberAsset = {
  tables: ['sales_order'],
  async beforeLeaving(on, brandId, memberId) {
    const [row] = await on.query<{ open: string; refunding: string; kept: string }>(
      `SELECT COALESCE(SUM(o.state IN ${OPEN}), 0) AS open, COUNT(*) AS kept,
         (SELECT COUNT(*) FROM refund r JOIN sales_order s ON s.brand_id = r.brand_id AND s.id = r.order_id
          WHERE s.brand_id = ? AND s.member_id = ? AND r.state <> 'SUCCESS') AS refunding
       FROM sales_order o WHERE o.brand_id = ? AND o.member_id = ?`,
      [brandId, memberId, brandId, memberId],
    );
    const [open, refunding] = [Number(row?.open ?? 0), Number(row?.refunding ?? 0)];
    const blockers = [
      ...(open > 0
        ? [{ subject: 'order', text: `还有 ${open} 笔订单没有完成`, actionText: '请先收货、取消或申请退款' }]
        : []),
      ...(refunding > 0
        ? [{ subject: 'refund', text: `还有 ${refunding} 笔退款在处理`, actionText: '请等退款到账' }]
        : []),
    ];
    return { blockers, settlements: [] };
  },
  async leave(tx, { brandId, memberId }) {
    await tx.execute("UPDATE sales_order SET address = NULL, remark = '' WHERE brand_id = ? AND member_id = ?", [
      brandId,
      memberId,
    ]);
  },
  async *copy(on, brandId, memberId): AsyncIterable<CopiedRow> {
    let after = '0';
    for (;;) {
      const rows = await on.query<Record<string, unknown> & { id: string }>(
        `SELECT o.id, o.order_no, o.channel, o.state, o.total_fen, o.refunded_fen, o.address, o.created_at, o.paid_at,
           (SELECT GROUP_CONCAT(CONCAT(l.name, ' ', l.spec, ' ×', l.qty) SEPARATOR '；') FROM order_line l
            WHERE l.brand_id = o.brand_id AND l.order_id = o.id) AS goods
         FROM sales_order o WHERE o.brand_id = ? AND o.member_id = ? AND o.id > ? ORDER BY o.id LIMIT ${PAGE}`,
        [brandId, memberId, after],
      );
      for (const row of rows)
        yield {
          list: '订单',
          row: {
            订单号: plain(row['order_no']),
            渠道: plain(row['channel']),
            状态: plain(row['state']),
            '实付（分）': plain(row['total_fen']),
            '已退（分）': plain(row['refunded_fen']),
            商品: plain(row['goods']),
            收货信息: plain(row['address']),
            下单时间: plain(row['created_at']),
            付款时间: plain(row['paid_at']),
          },
        };
      if (rows.length < PAGE) return;
      after = rows.at(-1)?.id ?? after;
    }
  },
};

/** How orders follow a member who is merged or leaves. */
export function registerOrderRows(): void {
  MemberMovers.register(
    'orders',
    rowMover({ subject: 'order', title: '订单', unit: '笔', table: 'sales_order', key: ['id'] }),
  );
  MemberAssets.register('orders', orderAsset);
}
