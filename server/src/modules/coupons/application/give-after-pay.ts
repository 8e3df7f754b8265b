import type { Id, MemberId, StoreId } from '@shuke/shared/kernel';
import { parseFen } from '@shuke/shared/kernel';
import { registerHandler } from '../../../platform/outbox/registry.js';
import type { IssueCoupon } from './issue-coupon.js';
import type { TemplateBook } from './template-book.js';

/** Templates that are given after a payment, by the event of the paid order; each order gives each template once. */
export function registerAfterPay(issuing: IssueCoupon, book: TemplateBook): void {
  registerHandler({
    name: 'coupons.after-pay',
    type: 'order.paid',
    async handle(tx, { brandId, payload }) {
      const order = payload as { orderId: Id<'order'>; memberId: MemberId | null; storeId: StoreId; totalFen: number };
      if (!order.memberId) return;
      const paid = parseFen(order.totalFen);
      const { templates } = await book.of(tx, brandId);
      for (const template of templates.values()) {
        const from = template.content.take.afterPayFromFen;
        if (from === null || template.status !== 'ACTIVE' || paid < from) continue;
        // A refusal by a limit is no error of the order: the thank-you is simply over.
        await issuing.attempt(tx, {
          brandId,
          memberId: order.memberId,
          templateId: template.id,
          source: 'AFTER_PAY',
          sourceId: order.orderId,
          storeId: order.storeId,
          actor: 'system',
        });
      }
    },
  });
}
