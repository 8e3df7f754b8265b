import { MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';

/** How payments in stores, corrections and the PIN follow a member who is merged or leaves; lots have movers of their own. */
export function registerAssetRows(): void {
  MemberMovers.register(
    'assets.in-store',
    rowMover({ subject: 'in_store_payment', title: '门店付款', unit: '笔', table: 'in_store_payment', key: ['id'] }),
  );
  MemberMovers.register(
    'assets.adjustments',
    rowMover({
      subject: 'asset_adjustment',
      title: '人工调整',
      unit: '条',
      table: 'asset_adjustment',
      isShown: false,
      key: ['id'],
    }),
  );
  // Whoever had to confirm large amounts has to afterwards too; where both have a PIN the remaining record's counts.
  MemberMovers.register(
    'assets.pin',
    rowMover({
      subject: 'wallet_pin',
      title: '支付密码',
      unit: '个',
      table: 'wallet_pin',
      isShown: false,
      key: ['brand_id'],
      onePer: ['brand_id'],
    }),
  );
  MemberAssets.register(
    'assets.in-store',
    rowAsset({
      table: 'in_store_payment',
      list: '门店储值付款',
      by: 'id',
      onLeave: 'KEEP',
      columns: { payment_no: '付款号', amount_fen: '金额（分）', state: '状态', created_at: '时间' },
    }),
  );
  MemberAssets.register(
    'assets.adjustments',
    rowAsset({
      table: 'asset_adjustment',
      list: '人工调整',
      by: 'id',
      onLeave: 'KEEP',
      columns: { asset: '资产', amount: '数量', reason: '原因', state: '状态', requested_at: '时间' },
    }),
  );
  MemberAssets.register(
    'assets.pin',
    rowAsset({ table: 'wallet_pin', list: '支付密码', by: 'member_id', onLeave: 'DELETE' }),
  );
}
