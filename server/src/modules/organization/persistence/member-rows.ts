import { MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';

/** How the store that a member calls the own one follows a merge and goes with who leaves. */
export function registerHomeStoreRows(): void {
  MemberMovers.register(
    'organization.home-store',
    rowMover({
      subject: 'member_store',
      title: '常去门店',
      unit: '家',
      table: 'member_store',
      isShown: false,
      key: ['brand_id'],
      onePer: ['brand_id'],
    }),
  );
  MemberAssets.register(
    'organization.home-store',
    rowAsset({
      table: 'member_store',
      list: '常去门店',
      by: 'member_id',
      onLeave: 'DELETE',
      columns: { home_store_id: '门店', home_at: '时间' },
    }),
  );
}
