import { MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';

/** How WeCom contacts follow a member who is merged or leaves; the friendship itself is between people and stays. */
export function registerContactRows(): void {
  MemberMovers.register(
    'contacts',
    rowMover({ subject: 'contact', title: '企业微信联系人', unit: '个', table: 'contact', key: ['external_userid'] }),
  );
  MemberAssets.register(
    'contacts',
    rowAsset({
      table: 'contact',
      list: '企业微信联系人',
      by: 'external_userid',
      columns: { name: '昵称' },
      onLeave: 'UNLINK',
    }),
  );
}
