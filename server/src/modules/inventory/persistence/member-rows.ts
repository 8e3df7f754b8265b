import { MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';

/** How wishes to be told of arrivals follow a member who is merged or leaves. */
export function registerArrivalRows(): void {
  MemberMovers.register(
    'inventory.arrivals',
    rowMover({
      subject: 'arrival_notice',
      title: '到货提醒',
      unit: '个',
      table: 'arrival_notice',
      key: ['id'],
      onePer: ['store_id', 'sku_id'],
    }),
  );
  MemberAssets.register(
    'inventory.arrivals',
    rowAsset({
      table: 'arrival_notice',
      list: '到货提醒',
      by: 'id',
      onLeave: 'DELETE',
      columns: { store_id: '门店', sku_id: '规格', state: '状态', created_at: '时间' },
    }),
  );
}
