import { type MemberAsset, MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';

/** A case that is open is ended first; ended ones are kept with the order that they are about. */
const caseAsset: MemberAsset = {
  ...rowAsset({
    table: 'after_sale_case',
    list: '售后',
    by: 'id',
    onLeave: 'KEEP',
    columns: {
      case_no: '售后号',
      order_no: '订单号',
      kind: '类型',
      state: '状态',
      text: '说明',
      refund_fen: '退款（分）',
      created_at: '时间',
    },
  }),
  async beforeLeaving(on, brandId, memberId) {
    const [row] = await on.query<{ n: string }>(
      "SELECT COUNT(*) AS n FROM after_sale_case WHERE brand_id = ? AND member_id = ? AND state NOT IN ('DONE','REFUSED','CANCELLED')",
      [brandId, memberId],
    );
    const open = Number(row?.n ?? 0);
    const text = `还有 ${open} 个售后没有结束`;
    const blockers = open > 0 ? [{ subject: 'after_sale', text, actionText: '等售后结束，或撤销申请' }] : [];
    return { blockers, settlements: [] };
  },
};

/** How after-sale cases follow a member who is merged or leaves. */
export function registerCaseRows(): void {
  MemberMovers.register(
    'after-sales.cases',
    rowMover({ subject: 'after_sale', title: '售后', unit: '个', table: 'after_sale_case', key: ['id'] }),
  );
  MemberAssets.register('after-sales.cases', caseAsset);
}
