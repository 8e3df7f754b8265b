import { Inject, Injectable } from '@nestjs/common';
import type { NoticeKind } from '@shuke/shared/contracts';
import { addFen, fen, type Id, parseFen, type StoreId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Wallet } from '../../assets/index.js';
import { Catalog, type SkuId } from '../../catalog/index.js';
import { duePayment, goodsWords, type Order, OrderHolds, Orders } from '../../orders/index.js';
import { Organization } from '../../organization/index.js';
import { amountText, type NoticeValues, timeText } from '../domain/notice-fields.js';
import type { Notice } from '../persistence/notice.store.js';

/** What a message says and which page it opens; null when it has become untrue meanwhile. */
export type Words = { values: NoticeValues; page: string } | null;

const pageOf = (name: string, query = ''): string => `pages/${name}/index${query && `?${query}`}`;
const orderPage = (order: Order): string => pageOf('order-detail', `id=${order.id}`);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Words of messages, from what is true at the moment of sending. */
@Injectable()
export class NoticeWords {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(Wallet) private readonly wallet: Wallet,
  ) {}

  private readonly makers: Readonly<Record<NoticeKind, (one: Notice) => Promise<Words>>> = {
    ORDER_PAID: (one) => this.ofOrder(one, (order) => this.paid(order)),
    PICKUP_READY: (one) => this.ofOrder(one, (order) => this.pickup(order)),
    PICKUP_EXPIRING: (one) => this.ofOrder(one, (order) => this.pickupExpiring(order, one)),
    ORDER_SHIPPED: (one) => this.ofOrder(one, (order) => this.shipped(order)),
    PRESALE_TAIL: (one) => this.ofOrder(one, (order) => this.tail(order)),
    GROUP_RESULT: (one) => this.ofOrder(one, (order) => this.group(order, one)),
    AFTER_SALE_DECIDED: (one) => this.ofOrder(one, (order) => this.decided(order, one)),
    REFUND_DONE: (one) => this.ofOrder(one, (order) => this.refunded(order, one)),
    BACK_IN_STOCK: (one) => this.arrived(one),
    COUPON_EXPIRING: (one) => this.coupon(one),
    BALANCE_CHANGED: (one) => this.balance(one),
  };

  of(one: Notice): Promise<Words> {
    return this.makers[one.kind](one);
  }

  private async ofOrder(one: Notice, say: (order: Order) => Words | Promise<Words>): Promise<Words> {
    const order = await this.orders.store.find(this.database, one.brandId, one.facts['orderId'] as Id);
    return order ? say(order) : null;
  }

  private async common(order: Order): Promise<NoticeValues> {
    const store = await this.organization.store(order.brandId, order.storeId);
    return {
      orderNo: order.orderNo,
      goods: goodsWords(order),
      amount: amountText(order.totalFen),
      store: store?.name ?? '门店',
      time: timeText(order.paidAt ?? order.createdAt),
    };
  }

  private async paid(order: Order): Promise<Words> {
    if (order.state === 'REFUNDED') return null;
    const note = (await this.isKept(order)) ? '付款成功，成团后就发货' : '付款成功，门店正在准备';
    return { values: { ...(await this.common(order)), note }, page: orderPage(order) };
  }

  private async pickup(order: Order): Promise<Words> {
    // The goods of a group are fetched only when it is complete, and are then told of with its result.
    if (!order.pickupCode || order.receivedAt || order.state === 'REFUNDED' || (await this.isKept(order))) return null;
    const note = order.fulfil === 'SCAN_AND_GO' ? '出门时给店员看一下' : '凭取货码到店取货';
    const values = { ...(await this.common(order)), pickupCode: order.pickupCode, note };
    return { values, page: orderPage(order) };
  }

  private async pickupExpiring(order: Order, { facts }: Notice): Promise<Words> {
    const until = new Date(textOf(facts['holdUntil']));
    if (!order.pickupCode || order.receivedAt || order.state !== 'TO_PICKUP' || until.getTime() <= this.clock.now())
      return null;
    const values = {
      ...(await this.common(order)),
      pickupCode: order.pickupCode,
      until: timeText(until),
      note: '商品还在门店等你，别忘了来取',
    };
    return { values, page: orderPage(order) };
  }

  private async shipped(order: Order): Promise<Words> {
    if (!order.shipping || order.receivedAt || order.state === 'REFUNDED') return null;
    const isLocal = order.fulfil === 'DELIVERY';
    const values = {
      ...(await this.common(order)),
      company: isLocal ? '同城配送' : order.shipping.company,
      trackingNo: isLocal ? '' : order.shipping.trackingNo,
      time: timeText(order.shippedAt ?? order.createdAt),
      note: isLocal ? '正在送来的路上' : '点开看物流进度',
    };
    return { values, page: orderPage(order) };
  }

  private async tail(order: Order): Promise<Words> {
    const { presale } = order;
    if (!presale || order.state !== 'PENDING_PAY' || duePayment(order) !== 'TAIL') return null;
    const until = new Date(presale.tailUntil);
    if (until.getTime() <= this.clock.now()) return null;
    const values = { ...(await this.common(order)), amount: amountText(presale.tailFen), until: timeText(until) };
    return { values: { ...values, note: '可以付尾款了，别错过' }, page: orderPage(order) };
  }

  private async group(order: Order, { facts }: Notice): Promise<Words> {
    const isSuccess = facts['isSuccess'] === true;
    const note = !isSuccess ? textOf(facts['reason']) : order.pickupCode ? '点开看取货码' : '门店很快发货';
    const values = { ...(await this.common(order)), status: isSuccess ? '拼团成功' : '未能成团', note };
    return { values, page: orderPage(order) };
  }

  private async decided(order: Order, { facts, createdAt }: Notice): Promise<Words> {
    const status = facts['isApproved'] === true ? '已同意' : '未同意';
    const values = { ...(await this.common(order)), status, time: timeText(createdAt), note: textOf(facts['text']) };
    return { values, page: pageOf('after-sale-detail', `id=${textOf(facts['caseId'])}`) };
  }

  private async refunded(order: Order, { facts, createdAt }: Notice): Promise<Words> {
    const values = {
      ...(await this.common(order)),
      amount: amountText(parseFen(facts['refundFen'])),
      time: timeText(createdAt),
      note: '已按原路退回，请留意到账',
    };
    return { values, page: orderPage(order) };
  }

  private async arrived({ brandId, facts, createdAt }: Notice): Promise<Words> {
    const storeId = facts['storeId'] as StoreId;
    const [offer] = await this.catalog.offers(this.database, brandId, storeId, [facts['skuId'] as SkuId]);
    if (!offer?.isListed || !offer.isOnSale || offer.available <= 0) return null;
    const values = {
      goods: `${offer.name} ${offer.colour} ${offer.size}`,
      store: (await this.organization.store(brandId, storeId))?.name ?? '门店',
      amount: amountText(offer.priceFen),
      time: timeText(createdAt),
      note: '数量不多，先到先得',
    };
    return { values, page: pageOf('product', `id=${offer.productId}&storeId=${storeId}`) };
  }

  private async coupon({ facts }: Notice): Promise<Words> {
    const until = new Date(textOf(facts['validUntil']));
    if (!(until.getTime() > this.clock.now())) return null;
    const count = (facts['couponIds'] as unknown[]).length;
    const values = {
      coupon: textOf(facts['title']),
      until: timeText(until),
      count: String(count),
      note: '快到期了，别忘了用',
    };
    return { values, page: pageOf('coupons') };
  }

  private async balance({ brandId, memberId, facts, createdAt }: Notice): Promise<Words> {
    const isTopUp = facts['topUpId'] !== undefined;
    const moved = isTopUp
      ? addFen(parseFen(facts['payFen']), parseFen(facts['bonusFen']))
      : parseFen(facts['refundFen'] ?? 0);
    const now = await this.wallet.balance(this.database, brandId, memberId);
    const values = {
      amount: amountText(moved),
      balance: amountText(fen(now.principalFen + now.bonusFen)),
      time: timeText(createdAt),
      note: isTopUp ? '充值已到账' : '余额已退回给你',
    };
    return { values, page: pageOf('wallet') };
  }

  /** Who knows asks within a transaction of its own. */
  private isKept(order: Order): Promise<boolean> {
    if (!order.hasHolds) return Promise.resolve(false);
    return this.unitOfWork.run('are goods kept', (tx) => OrderHolds.keepsGoods(tx, order));
  }
}
