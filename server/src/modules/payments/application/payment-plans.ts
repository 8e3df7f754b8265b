import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, type Fen, type Id, type StoreId, ZERO_FEN } from '@shuke/shared/kernel';
import { PayGateways } from '../../../gateways/registry/pay-gateways.js';
import { Clock } from '../../../platform/clock/clock.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { duePayment, type Order } from '../../orders/index.js';
import { Organization } from '../../organization/index.js';
import { outTradeNoOf, type PaymentPurpose, type PaymentRow } from '../domain/payment.js';
import { refusePay } from './payment-errors.js';

/** Something to be paid through WeChat Pay. */
export interface PayWish {
  brandId: BrandId;
  subject: string;
  subjectId: Id;
  purpose?: PaymentPurpose;
  /** The store it is paid in; null: headquarters. */
  storeId: StoreId | null;
  /** STORE: the store's own merchant number collects; BRAND: headquarters does. The store's own setting when left out. */
  collect?: 'STORE' | 'BRAND';
  openid: string;
  amountFen: Fen;
  /** Shown on the pay sheet, after the brand's name. */
  description: string;
  /** Whether the money is frozen for profit sharing. */
  isSplit?: boolean;
  expiresAt?: Date | null;
}

/** Who collects a payment, under which number, by which exact request; frozen before WeChat is asked the first time. */
export interface PayPlan {
  accountId: string;
  mchid: string;
  subMchid: string | null;
  outTradeNo: string;
  openid: string;
  amountFen: Fen;
  isSplit: boolean;
  body: Record<string, unknown>;
}

/** Decides how something is paid, and makes the row that says so. */
@Injectable()
export class PaymentPlans {
  constructor(
    @Inject(PayGateways) private readonly gateways: PayGateways,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(IdSource) readonly ids: IdSource,
    @Inject(Clock) readonly clock: Clock,
  ) {}

  /** @throws AppError PAY_SETUP when the store cannot collect */
  async plan(wish: PayWish): Promise<PayPlan> {
    const [brand, store] = await Promise.all([
      this.organization.brand(wish.brandId),
      wish.storeId === null ? null : this.organization.store(wish.brandId, wish.storeId),
    ]);
    if (!brand || (wish.storeId !== null && !store)) throw refusePay('PAY_SETUP');
    const collect = wish.collect ?? store?.collectMode ?? 'BRAND';
    const desk = this.gateways.collecting(brand.appid, collect === 'STORE' ? 'PARTNER' : 'DIRECT');
    const subMchid = collect === 'STORE' ? (store?.subMchid ?? null) : null;
    if (collect === 'STORE' && !subMchid) throw refusePay('PAY_SETUP');
    const outTradeNo = outTradeNoOf(wish.subjectId, wish.purpose);
    const body = desk.gateway.payments.buildJsapiOrder({
      appid: desk.appid,
      subMchid: subMchid ?? undefined,
      outTradeNo,
      description: `${brand.name} ${wish.description}`,
      total: wish.amountFen,
      profitSharing: wish.isSplit ?? false,
      openid: wish.openid,
      expiresAtMs: wish.expiresAt?.getTime(),
      ...(store ? { store: { id: store.code, name: store.name } } : {}),
    });
    const { accountId, mchid } = desk.settings;
    const { openid, amountFen } = wish;
    return { accountId, mchid, subMchid, outTradeNo, openid, amountFen, isSplit: wish.isSplit ?? false, body };
  }

  /** @throws AppError PAY_SETUP when the store cannot collect */
  ofOrder(order: Order, openid: string): Promise<PayPlan> {
    return this.plan(this.wishOf(order, openid));
  }

  /** What an order wants to be paid now: all of it, or the deposit or tail of a presale. */
  wishOf(order: Order, openid: string): PayWish {
    const purpose = duePayment(order);
    const amountFen =
      purpose === 'FULL' || !order.presale
        ? order.cashFen
        : purpose === 'DEPOSIT'
          ? order.presale.depositFen
          : order.presale.tailFen;
    const label = purpose === 'DEPOSIT' ? '定金 ' : purpose === 'TAIL' ? '尾款 ' : '';
    const more = order.lines.length > 1 ? ` 等${order.lines.length}件` : '';
    return {
      brandId: order.brandId,
      subject: 'ORDER',
      subjectId: order.id,
      ...(purpose === 'FULL' ? {} : { purpose }),
      storeId: order.storeId,
      ...(order.collectMode ? { collect: order.collectMode } : {}),
      openid,
      amountFen,
      description: `${label}${order.lines[0]?.name ?? '商品'}${more}`,
      // A deposit reaches its collector at once; shares of the whole come out of the tail.
      isSplit: purpose !== 'DEPOSIT',
      expiresAt: order.dueAt,
    };
  }

  /** The row of a planned payment; its request is kept with whatever keeps the plan. */
  row(ref: { brandId: BrandId; subject: string; subjectId: Id; purpose?: PaymentPurpose }, plan: PayPlan): PaymentRow {
    return {
      brandId: ref.brandId,
      id: this.ids.next<'payment'>(),
      subject: ref.subject,
      subjectId: ref.subjectId,
      purpose: ref.purpose ?? 'FULL',
      channel: 'WECHAT',
      accountId: plan.accountId,
      mchid: plan.mchid,
      subMchid: plan.subMchid,
      outTradeNo: plan.outTradeNo,
      openid: plan.openid,
      amountFen: plan.amountFen,
      state: 'CREATED',
      profitSharing: plan.isSplit,
      requestBody: JSON.stringify(plan.body),
      prepayId: null,
      prepayAt: null,
      transactionId: null,
      paidAt: null,
      isLate: false,
      feeFen: ZERO_FEN,
      checks: 0,
    };
  }

  /** The record of an order that left nothing to pay in cash: no merchant, no call, no split. */
  freeRow(order: Order, openid: string, paidAt: Date): PaymentRow {
    const nobody = { accountId: '', mchid: '', subMchid: null, isSplit: false, body: {} };
    const plan = { ...nobody, outTradeNo: outTradeNoOf(order.id), openid, amountFen: ZERO_FEN };
    const row = this.row({ brandId: order.brandId, subject: 'ORDER', subjectId: order.id }, plan);
    return { ...row, channel: 'NONE', state: 'PAID', requestBody: null, paidAt };
  }
}
