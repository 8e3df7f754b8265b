import { type MemberAsset, MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';

/** A top-up that may still be paid would bring money to nobody; what was paid and refunded stays for the books. */
const topUpAsset: MemberAsset = {
  ...rowAsset({
    table: 'top_up',
    list: '储值充值',
    by: 'id',
    onLeave: 'KEEP',
    columns: {
      top_up_no: '充值号',
      state: '状态',
      pay_fen: '充值（分）',
      bonus_fen: '赠送（分）',
      refunded_fen: '已退（分）',
      created_at: '时间',
      credited_at: '到账时间',
    },
  }),
  async beforeLeaving(on, brandId, memberId) {
    const [row] = await on.query<{ open: string; refunding: string }>(
      `SELECT (SELECT COUNT(*) FROM top_up WHERE brand_id = ? AND member_id = ? AND state = 'CREATED') AS open,
         (SELECT COUNT(*) FROM wallet_refund WHERE brand_id = ? AND member_id = ? AND state IN ('SENDING','REVIEW')) AS refunding`,
      [brandId, memberId, brandId, memberId],
    );
    const blockers = [];
    if (Number(row?.open ?? 0) > 0)
      blockers.push({ subject: 'top_up', text: '有一笔充值还没有付完', actionText: '付款，或等半小时让它自动关闭' });
    if (Number(row?.refunding ?? 0) > 0)
      blockers.push({ subject: 'wallet_refund', text: '储值余额还在退回', actionText: '等退款到账' });
    return { blockers, settlements: [] };
  },
};

/** How top-ups and refunds of balances follow a member who is merged or leaves. */
export function registerTopUpRows(): void {
  MemberMovers.register(
    'top-ups.top-ups',
    rowMover({ subject: 'top_up', title: '储值充值', unit: '笔', table: 'top_up', key: ['id'] }),
  );
  MemberMovers.register(
    'top-ups.refunds',
    rowMover({ subject: 'wallet_refund', title: '余额退回', unit: '笔', table: 'wallet_refund', key: ['id'] }),
  );
  MemberAssets.register('top-ups.top-ups', topUpAsset);
  MemberAssets.register(
    'top-ups.refunds',
    rowAsset({
      table: 'wallet_refund',
      list: '余额退回',
      by: 'id',
      onLeave: 'KEEP',
      columns: { refund_fen: '退回（分）', bonus_fen: '收回赠金（分）', state: '状态', requested_at: '时间' },
    }),
  );
}
