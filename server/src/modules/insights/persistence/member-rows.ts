import { MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';

/** The computed value is one row a member: the other is kept aside, and the nightly run computes both anew. */
export function registerValueRows(): void {
  MemberMovers.register(
    'insights.value',
    rowMover({
      subject: 'value',
      title: '消费画像',
      unit: '份',
      table: 'member_value',
      key: ['brand_id'],
      onePer: ['brand_id'],
      isShown: false,
    }),
  );
  MemberAssets.register(
    'insights.value',
    rowAsset({
      table: 'member_value',
      list: '消费画像',
      by: 'member_id',
      columns: { order_count: '订单数', total_fen: '累计消费（分）', median_gap_days: '通常间隔（天）' },
      onLeave: 'DELETE',
    }),
  );
}
