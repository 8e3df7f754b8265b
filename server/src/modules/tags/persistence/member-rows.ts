import { MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';

/** How tags follow a member who is merged or leaves. */
export function registerTagRows(): void {
  MemberMovers.register(
    'tags',
    rowMover({ subject: 'tag', title: '标签', unit: '个', table: 'member_tag', key: ['tag_id'], onePer: ['tag_id'] }),
  );
  MemberMovers.register(
    'tag-refusals',
    rowMover({
      subject: 'tag-refusal',
      title: '不想要的标签',
      unit: '个',
      table: 'tag_refusal',
      key: ['tag_id'],
      onePer: ['tag_id'],
      isShown: false,
    }),
  );
  MemberAssets.register(
    'tags',
    rowAsset({
      table: 'member_tag',
      list: '标签',
      by: 'tag_id',
      columns: {
        '(SELECT t.name FROM tag t WHERE t.brand_id = member_tag.brand_id AND t.id = member_tag.tag_id)': '标签',
        reason: '为什么',
        at: '时间',
      },
      onLeave: 'DELETE',
    }),
  );
  MemberAssets.register(
    'tag-refusals',
    rowAsset({
      table: 'tag_refusal',
      list: '不想要的标签',
      by: 'tag_id',
      columns: {
        '(SELECT t.name FROM tag t WHERE t.brand_id = tag_refusal.brand_id AND t.id = tag_refusal.tag_id)': '标签',
        at: '时间',
      },
      onLeave: 'DELETE',
    }),
  );
}
