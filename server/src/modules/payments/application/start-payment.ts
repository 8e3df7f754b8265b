import { Inject, Injectable } from '@nestjs/common';
import type { PayParams } from '@shuke/shared/contracts';
import { type Id, ZERO_FEN } from '@shuke/shared/kernel';
import type { Static } from '@sinclair/typebox';
import { type PayDesk, PayGateways } from '../../../gateways/registry/pay-gateways.js';
import type { Consumer } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, isDuplicate } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { log } from '../../../platform/observability/log.js';
import { type Order, Orders } from '../../orders/index.js';
import { Organization } from '../../organization/index.js';
import { checkPauseMs, outTradeNoOf, type PaymentRow, PREPAY_LIFE_MS } from '../domain/payment.js';
import { PaymentStore } from '../persistence/payment.store.js';
import { refusePay } from './payment-errors.js';

const afterRow = declareFailpoint('payment.start.after-row');
const afterCall = declareFailpoint('payment.start.after-call');

/** Time and ids, together to keep constructors short. */
@Injectable()
export class PaymentTools {
  constructor(
    @Inject(Clock) readonly clock: Clock,
    @Inject(IdSource) readonly ids: IdSource,
  ) {}
}

/** Prepares a WeChat payment for an order, as often as the consumer taps "pay". */
@Injectable()
export class StartPayment {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(PaymentStore) private readonly payments: PaymentStore,
    @Inject(PayGateways) private readonly gateways: PayGateways,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(PaymentTools) private readonly tools: PaymentTools,
  ) {}

  /** @throws AppError ALREADY_PAID, ORDER_CLOSED, PAY_SETUP, PAY_NOT_READY */
  async run(actor: Consumer, orderId: Id): Promise<Static<typeof PayParams>> {
    const order = await this.orders.visible(actor, orderId);
    if (order.state !== 'PENDING_PAY') throw refusePay(order.paidAt ? 'ALREADY_PAID' : 'ORDER_CLOSED');
    const payment =
      (await this.payments.ofOrder(this.database, order.brandId, order.id)) ?? (await this.create(actor, order));
    if (payment.state === 'CLOSED') throw refusePay('ORDER_CLOSED');
    const desk = this.gateways.get(payment.accountId);
    const now = this.tools.clock.now();
    const isFresh =
      payment.prepayId !== null && payment.prepayAt !== null && now - payment.prepayAt.getTime() < PREPAY_LIFE_MS;
    const prepayId = isFresh ? (payment.prepayId as string) : await this.place(payment, desk);
    return { ...desk.gateway.payments.payParams(prepayId, desk.appid), appId: desk.appid } as Static<typeof PayParams>;
  }

  private async create(actor: Consumer, order: Order): Promise<PaymentRow> {
    const [brand, store] = await Promise.all([
      this.organization.brand(order.brandId),
      this.organization.store(order.brandId, order.storeId),
    ]);
    if (!brand || !store) throw refusePay('PAY_SETUP');
    const desk = this.gateways.collecting(brand.appid, order.collectMode === 'STORE' ? 'PARTNER' : 'DIRECT');
    const subMchid = order.collectMode === 'STORE' ? store.subMchid : null;
    if (order.collectMode === 'STORE' && !subMchid) throw refusePay('PAY_SETUP');
    const outTradeNo = outTradeNoOf(order.id);
    const body = desk.gateway.payments.buildJsapiOrder({
      appid: desk.appid,
      subMchid: subMchid ?? undefined,
      outTradeNo,
      description: `${brand.name} ${order.lines[0]?.name ?? '商品'}${order.lines.length > 1 ? ` 等${order.lines.length}件` : ''}`,
      total: order.totalFen,
      profitSharing: true,
      openid: actor.openid,
      expiresAtMs: order.dueAt?.getTime(),
      store: { id: store.code, name: store.name },
    });
    const payment: PaymentRow = {
      brandId: order.brandId,
      id: this.tools.ids.next<'payment'>(),
      orderId: order.id,
      accountId: desk.settings.accountId,
      mchid: desk.settings.mchid,
      subMchid,
      outTradeNo,
      openid: actor.openid,
      amountFen: order.totalFen,
      state: 'CREATED',
      profitSharing: true,
      requestBody: JSON.stringify(body),
      prepayId: null,
      prepayAt: null,
      transactionId: null,
      paidAt: null,
      isLate: false,
      feeFen: ZERO_FEN,
      checks: 0,
    };
    try {
      await this.unitOfWork.run('start payment', (tx) =>
        this.payments.insert(tx, payment, new Date(tx.now.getTime() + checkPauseMs(0))),
      );
    } catch (error) {
      // Two taps at once: the first row counts, its body is what WeChat will see.
      const other = isDuplicate(error) ? await this.payments.ofOrder(this.database, order.brandId, order.id) : null;
      if (!other) throw error;
      return other;
    }
    afterRow();
    return payment;
  }

  /** Sends the stored body; an unknown outcome is tried once more with the very same body (pay-06). */
  private async place(payment: PaymentRow, desk: PayDesk): Promise<string> {
    const body = JSON.parse(payment.requestBody ?? '{}') as Record<string, unknown>;
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const result = await desk.gateway.payments.placeJsapiOrder(body);
      if (result.kind === 'ok') {
        afterCall();
        const { prepayId } = result.data;
        if (!(await this.payments.setPrepay(this.database, payment, prepayId, this.tools.clock.date())))
          return this.takeBack(payment, desk);
        return prepayId;
      }
      if (result.kind === 'refused' && result.status !== 401) {
        log.error(
          { code: result.code, problem: result.message, order: payment.orderId },
          'WeChat Pay refused an order',
        );
        throw refusePay(result.code === 'ORDERPAID' || result.code === 'ORDER_PAID' ? 'ALREADY_PAID' : 'PAY_SETUP', {
          code: result.code,
        });
      }
    }
    throw refusePay('PAY_NOT_READY');
  }

  /** The order was given up while WeChat made its pay sheet: nobody may pay by it any more. */
  private async takeBack(payment: PaymentRow, desk: PayDesk): Promise<never> {
    const now = await this.payments.ofOrder(this.database, payment.brandId, payment.orderId);
    if (now?.state === 'PAID') throw refusePay('ALREADY_PAID');
    await desk.gateway.payments.close({ outTradeNo: payment.outTradeNo, subMchid: payment.subMchid ?? undefined });
    throw refusePay('ORDER_CLOSED');
  }
}
