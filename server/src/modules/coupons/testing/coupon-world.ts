import type { TemplateInput } from '@shuke/shared/contracts';
import type { MemberId, OrderId, StoreId } from '@shuke/shared/kernel';
import type { TestBench } from '../../../../test/harness/database.js';
import type { TestShop } from '../../../../test/harness/shop.js';
import type { Config } from '../../../platform/config/config.js';
import { Clearing, CloseDays } from '../../clearing/index.js';
import { CounterBook } from '../application/counter-book.js';
import { CounterDesk } from '../application/counter-desk.js';
import { CounterParts } from '../application/counter-parts.js';
import { CouponBank } from '../application/coupon-bank.js';
import { CouponDesk } from '../application/coupon-desk.js';
import { CouponJournal } from '../application/coupon-journal.js';
import { CouponSweeps } from '../application/coupon-sweeps.js';
import { CouponTokens } from '../application/coupon-tokens.js';
import { CouponViews } from '../application/coupon-views.js';
import { Coupons } from '../application/coupons.js';
import { Gifts } from '../application/gifts.js';
import { GuideOffers } from '../application/guide-offers.js';
import { IssueCoupon } from '../application/issue-coupon.js';
import { JudgeCoupon } from '../application/judge-coupon.js';
import { MemberCoupons } from '../application/member-coupons.js';
import { OfflineUses } from '../application/offline-uses.js';
import { OrderCoupons } from '../application/order-coupons.js';
import { PinCounter } from '../application/pin-counter.js';
import { Redeeming } from '../application/redeeming.js';
import { TemplateBook } from '../application/template-book.js';
import { TemplateDesk } from '../application/template-desk.js';
import { TemplatePages } from '../application/template-pages.js';
import type { TemplateId } from '../domain/types.js';
import { template } from './template.js';

export { template } from './template.js';
export { terms } from './terms.js';

/** All use cases of coupons on a test's own brand. */
export function couponWorld(bench: TestBench, shop: TestShop) {
  const { database, unitOfWork, ids, clock, brandId } = bench;
  const { organization } = shop;
  const config = { SESSION_SECRET: 'x'.repeat(40), PUBLIC_ORIGIN: 'http://127.0.0.1:1' } as Config;
  const book = new TemplateBook(organization);
  const journal = new CouponJournal(ids);
  const clearing = new Clearing(ids);
  const issuing = new IssueCoupon(journal);
  const orders = new OrderCoupons(journal, book, clearing, organization);
  const coupons = new Coupons(book, issuing, orders);
  const tokens = new CouponTokens(config);
  const parts = new CounterParts(database, unitOfWork, clock, book, journal, tokens, orders);
  const redeeming = new Redeeming(parts, new JudgeCoupon(book));
  const desk = new CounterDesk(parts, clearing, organization);
  const offline = new OfflineUses(parts, redeeming, clearing);
  const views = new CouponViews(database, clock, organization, book, desk);
  const offers = new GuideOffers(database, unitOfWork, clock, book, issuing, journal);
  const templates = new TemplateDesk(
    database,
    unitOfWork,
    clock,
    book,
    journal,
    new TemplatePages(database, views, organization),
  );
  return {
    coupons,
    desk,
    redeeming,
    pins: new PinCounter(parts, redeeming, organization),
    offers,
    templates,
    tokens,
    journal,
    book,
    gifts: new Gifts(database, unitOfWork, clock, book, issuing, journal),
    sweeps: new CouponSweeps(database, unitOfWork, clock, journal, book, organization),
    counter: new CounterBook(parts, redeeming, desk, offline, views, organization),
    bank: new CouponBank(database, clock, config, organization, book, offers, views),
    member: new MemberCoupons(database, unitOfWork, clock, book, issuing, journal, views),
    couponDesk: new CouponDesk(database, unitOfWork, book, issuing, journal, organization),
    closeDays: new CloseDays(database, unitOfWork, clock),
    /** A published template. */
    async publish(more: Partial<TemplateInput> = {}): Promise<TemplateId> {
      const id = await templates.create(shop.hq, template(more));
      await templates.setStatus(shop.hq, id, 'ACTIVE');
      return id;
    },
    /** An order that waits for payment, as orders would write it. */
    async order(memberId: MemberId, storeId: StoreId): Promise<OrderId> {
      const id = ids.next<'order'>();
      await database.execute(
        `INSERT INTO sales_order (brand_id, id, order_no, channel, kind, member_id, store_id, state, fulfil, goods_fen, freight_fen, total_fen, refunded_fen, remark, created_at)
         VALUES (?,?,?,'MINIAPP','SALE',?,?,'PENDING_PAY','PICKUP',0,0,0,0,'',?)`,
        [brandId, id, id, memberId, storeId, clock.date()],
      );
      return id;
    },
    setOrderState: (id: OrderId, state: string) =>
      database.execute('UPDATE sales_order SET state = ? WHERE brand_id = ? AND id = ?', [state, brandId, id]),
  };
}
