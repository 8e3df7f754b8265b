import { type MemberAsset, MemberAssets, MemberMovers, rowMover } from '../../one-id/index.js';
import { CouponStore } from '../persistence/coupon.store.js';
import { MemberCouponStore } from '../persistence/member-coupon.store.js';
import { TAKEN, takenMover } from '../persistence/taken-mover.js';
import { TemplateStore } from '../persistence/template.store.js';
import type { CouponJournal } from './coupon-journal.js';

/** What a member who leaves is told about coupons, and what becomes of them. */
function couponAsset(history: CouponJournal): MemberAsset {
  const coupons = new CouponStore();
  const templates = new TemplateStore();
  const held = new MemberCouponStore();
  return {
    tables: ['coupon', TAKEN, 'coupon_offer', 'coupon_offer_taker', 'coupon_gift', 'coupon_redemption'],
    async beforeLeaving(on, brandId, memberId) {
      const rows = await held.open(on, brandId, memberId);
      const locked = rows.filter((row) => row.state === 'LOCKED').length;
      const text = `还有 ${rows.length} 张没用的券，注销后作废`;
      return {
        blockers:
          locked > 0
            ? [{ subject: 'coupons', text: `有 ${locked} 张券被待付款订单占用`, actionText: '先支付或取消订单' }]
            : [],
        settlements:
          rows.length > 0
            ? [
                {
                  subject: 'coupons',
                  title: '优惠券',
                  text,
                  amountText: `${rows.length} 张`,
                  fen: null,
                  mustConfirm: true,
                },
              ]
            : [],
      };
    },
    async leave(tx, { brandId, memberId }) {
      const rows = (await held.open(tx, brandId, memberId, true)).filter((row) => row.state !== 'LOCKED');
      const ids = rows.map((row) => row.id);
      await coupons.wantRevoked(tx, brandId, ids, '会员注销');
      await coupons.setState(tx, brandId, ids, ['AVAILABLE', 'GIVING'], 'REVOKED');
      await history.write(
        tx,
        brandId,
        ids.map((couponId) => ({ couponId, type: 'REVOKED', actor: 'system', note: '会员注销，券已作废' })),
      );
      for (const row of rows)
        await templates.account(tx, brandId, row.templateId, {
          used: 0,
          spentFen: 0,
          committedFen: -row.worstFen,
        });
    },
    async *copy(on, brandId, memberId) {
      for (const row of await held.all(on, brandId, memberId))
        yield {
          list: '优惠券',
          row: {
            名称: row.name,
            券码: row.code,
            状态: row.state,
            领取时间: row.issuedAt.toISOString(),
            有效期至: row.validUntil.toISOString(),
            使用时间: row.usedAt?.toISOString() ?? null,
          },
        };
    },
  };
}

/** Coupons follow a merge of members and come back; what was taken counts together. */
export function registerMemberRows(history: CouponJournal): void {
  MemberMovers.register(
    'coupons',
    rowMover({ subject: 'coupon', title: '优惠券', unit: '张', table: 'coupon', key: ['id'] }),
  );
  MemberMovers.register('coupons.taken', takenMover);
  MemberMovers.register(
    'coupons.offers',
    rowMover({
      subject: 'coupon_offer',
      title: '导购发来的券',
      unit: '张',
      table: 'coupon_offer',
      key: ['id'],
      isShown: false,
    }),
  );
  MemberAssets.register('coupons', couponAsset(history));
}
