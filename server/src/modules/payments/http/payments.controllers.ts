import { Controller, Headers, HttpCode, Inject, Param, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { consoleRoutes, mallRoutes } from '@shuke/shared/contracts';
import type { Id, OrderId } from '@shuke/shared/kernel';
import type { Actor, Consumer } from '../../../platform/access/actor.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { Orders, refundView, refuseOrder } from '../../orders/index.js';
import { Arrivals } from '../application/arrivals.js';
import { CheckPayment } from '../application/check-payment.js';
import { Notifications } from '../application/notifications.js';
import { RequestRefund } from '../application/request-refund.js';
import { StartPayment } from '../application/start-payment.js';

const CALLBACK_PATIENCE_MS = 250;

/** Paying, cancelling and refunding one's own orders. */
@Controller()
export class MallPaymentsController {
  constructor(
    @Inject(Orders) private readonly orders: Orders,
    @Inject(StartPayment) private readonly start: StartPayment,
    @Inject(CheckPayment) private readonly checks: CheckPayment,
    @Inject(RequestRefund) private readonly refunds: RequestRefund,
    @Inject(Arrivals) private readonly arrivals: Arrivals,
  ) {}

  @Contract(mallRoutes.pay)
  pay(@Who() actor: Consumer, @Given() { params }: In<typeof mallRoutes.pay>): Out<typeof mallRoutes.pay> {
    return this.start.run(actor, params.id as Id);
  }

  @Contract(mallRoutes.checkPayment)
  async check(
    @Who() actor: Consumer,
    @Given() { params }: In<typeof mallRoutes.checkPayment>,
  ): Out<typeof mallRoutes.checkPayment> {
    const id = params.id as OrderId;
    const mine = { brandId: actor.brandId, memberId: actor.memberId };
    // WeChat's callback is usually on its way already; asking costs both sides more than waiting for it a moment.
    const arrived = await this.arrivals.within(id, CALLBACK_PATIENCE_MS);
    if (arrived?.brandId === mine.brandId && arrived.memberId === mine.memberId)
      return this.orders.queries.detailOf(arrived, null, { refunds: false, handOvers: false });
    const seen = await this.orders.queries.detail(mine, id);
    if (seen.state !== 'PENDING_PAY') return seen;
    await this.checks.ofOrder(actor.brandId, id);
    return this.orders.queries.detail(mine, id);
  }

  @Contract(mallRoutes.cancelOrder)
  async cancel(
    @Who() actor: Consumer,
    @Given() { params }: In<typeof mallRoutes.cancelOrder>,
  ): Out<typeof mallRoutes.cancelOrder> {
    const order = await this.orders.visible(actor, params.id as Id);
    if (order.depositPaidAt && order.presale?.forfeits)
      throw refuseOrder('ORDER_STATE', { state: order.state }, '定金付过后不能取消；到期没付尾款，按活动说明处理');
    if (order.state !== 'PENDING_PAY' || !(await this.checks.giveUpOrder(order, 'CANCELLED')))
      throw refuseOrder('ORDER_STATE', { state: order.state });
    return this.orders.queries.detail({ brandId: actor.brandId, memberId: actor.memberId }, order.id);
  }

  @Contract(mallRoutes.requestRefund)
  async refund(
    @Who() actor: Consumer,
    @Given() input: In<typeof mallRoutes.requestRefund>,
  ): Out<typeof mallRoutes.requestRefund> {
    return refundView(await this.refunds.run(actor, input.params.id as Id, input.body, input.idempotencyKey ?? ''));
  }
}

/** Refunds from the desk. */
@Controller()
export class ConsoleRefundsController {
  constructor(@Inject(RequestRefund) private readonly refunds: RequestRefund) {}

  @Contract(consoleRoutes.refundOrder)
  async refund(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.refundOrder>,
  ): Out<typeof consoleRoutes.refundOrder> {
    return refundView(await this.refunds.run(actor, input.params.id as Id, input.body, input.idempotencyKey ?? ''));
  }
}

interface RawRequest {
  rawBody?: Buffer;
}

/** Callbacks of WeChat Pay: one path per account, so that the right key is known before anything is read. */
@Controller()
export class PayNotificationController {
  constructor(@Inject(Notifications) private readonly notifications: Notifications) {}

  // WeChat counts only 200 and 204 as taken; Nest's 201 for a POST would make it repeat every callback for a day.
  @Post('wxpay/notify/:accountId/:kind')
  @HttpCode(200)
  async take(
    @Param('accountId') accountId: string,
    @Headers() headers: Record<string, string>,
    @Req() request: RawBodyRequest<RawRequest>,
  ): Promise<{ code: string; message: string }> {
    const status = await this.notifications.take(accountId, headers, request.rawBody ?? Buffer.alloc(0));
    if (status === 200) return { code: 'SUCCESS', message: '成功' };
    // WeChat reads the status; the body is the one that its documentation names.
    throw new AppError(status, 'FAIL', '失败');
  }
}
