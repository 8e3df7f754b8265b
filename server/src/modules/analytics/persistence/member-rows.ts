import { MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';

/** How the browse trail follows a member who is merged or leaves. */
export function registerTrailRows(): void {
  MemberMovers.register(
    'analytics.trail',
    rowMover({ subject: 'trail', title: '浏览记录', unit: '条', table: 'browse_event', key: ['id'] }),
  );
  MemberAssets.register(
    'analytics.trail',
    rowAsset({
      table: 'browse_event',
      list: '浏览记录',
      by: 'id',
      columns: { at: '时间', type: '动作', product_id: '商品编号', text: '搜索词' },
      onLeave: 'UNLINK',
    }),
  );
}
