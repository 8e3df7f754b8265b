import { type MemberAsset, MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';
import type { TakeBackReview } from './take-back-review.js';

/** Whoever leaves takes the own reviews along; what only counts them stays. */
function reviewAsset(takeBack: TakeBackReview): MemberAsset {
  const { rows } = takeBack.settle;
  return {
    ...rowAsset({
      table: 'review',
      list: '评价',
      by: 'id',
      onLeave: 'KEEP',
      columns: {
        product_name: '商品',
        stars: '评分',
        text: '内容',
        follow_text: '追评',
        pictures: '图片',
        created_at: '时间',
      },
    }),
    async beforeLeaving(on, brandId, memberId) {
      const count = (await rows.standing(on, brandId, memberId)).length;
      const settlement = { subject: 'REVIEW', title: '评价', text: '你写的评价和图片会一起删除' };
      const settlements =
        count === 0 ? [] : [{ ...settlement, amountText: `${count} 条`, fen: null, mustConfirm: false }];
      return { blockers: [], settlements };
    },
    async leave(tx, { brandId, memberId }) {
      for (const id of await rows.standing(tx, brandId, memberId)) {
        const one = await rows.lock(tx, brandId, id);
        if (one && one.state !== 'DELETED') await takeBack.run(tx, one, '作者注销了账号');
      }
    },
  };
}

/** How reviews and their tickets follow a member who is merged or leaves. */
export function registerReviewRows(takeBack: TakeBackReview): void {
  MemberMovers.register(
    'reviews.reviews',
    rowMover({ subject: 'review', title: '评价', unit: '条', table: 'review', key: ['id'] }),
  );
  const ticket = { subject: 'review_ticket', title: '评价回访', unit: '个', table: 'review_ticket' };
  MemberMovers.register('reviews.tickets', rowMover({ ...ticket, key: ['id'], isShown: false }));
  MemberAssets.register('reviews.reviews', reviewAsset(takeBack));
  MemberAssets.register(
    'reviews.tickets',
    rowAsset({
      table: 'review_ticket',
      list: '评价回访',
      by: 'id',
      columns: { opened_at: '开始', called_back_at: '回电', note: '说明', closed_at: '结束' },
      onLeave: 'KEEP',
    }),
  );
}
