import { MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';
import type { Pictures } from './pictures.js';

/** How pictures follow a member who is merged or leaves: those shown to others go, proof of a case stays without a name. */
export function registerPictureRows(pictures: Pictures): void {
  const move = { subject: 'consumer_picture', title: '上传的图片', unit: '张', table: 'consumer_picture' };
  MemberMovers.register('pictures', rowMover({ ...move, key: ['id'], isShown: false }));
  const asset = rowAsset({
    table: 'consumer_picture',
    list: '上传的图片',
    by: 'id',
    onLeave: 'KEEP',
    columns: { url: '地址', purpose: '用途', created_at: '时间' },
  });
  MemberAssets.register('pictures', {
    ...asset,
    async leave(tx, { brandId, memberId }) {
      for (const purpose of ['REVIEW', 'AVATAR'] as const) {
        const gone = await pictures.rows.ofMember(tx, brandId, memberId, purpose);
        await pictures.forget(
          tx,
          brandId,
          gone.map(({ id }) => id),
        );
      }
      await pictures.rows.unname(tx, brandId, memberId);
    },
  });
}
