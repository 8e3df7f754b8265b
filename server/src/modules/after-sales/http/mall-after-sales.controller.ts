import { Controller, Inject } from '@nestjs/common';
import { mallRoutes } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { Orders } from '../../orders/index.js';
import { AfterSaleQueries } from '../application/after-sale-queries.js';
import { AfterSales } from '../application/after-sales.js';
import { PreviewAfterSale } from '../application/preview-after-sale.js';
import { RequestAfterSale } from '../application/request-after-sale.js';
import { ReturnStores } from '../application/return-stores.js';
import { AfterSaleRuleBook } from '../application/rule-book.js';

/** Asking for after-sale and following one's own cases. */
@Controller()
export class MallAfterSalesController {
  constructor(
    @Inject(Orders) private readonly orders: Orders,
    @Inject(AfterSales) private readonly cases: AfterSales,
    @Inject(AfterSaleQueries) private readonly queries: AfterSaleQueries,
    @Inject(PreviewAfterSale) private readonly previews: PreviewAfterSale,
    @Inject(RequestAfterSale) private readonly requests: RequestAfterSale,
    @Inject(ReturnStores) private readonly stores: ReturnStores,
    @Inject(AfterSaleRuleBook) private readonly book: AfterSaleRuleBook,
  ) {}

  @Contract(mallRoutes.afterSaleOptions)
  async options(
    @Who() actor: Consumer,
    @Given() { params }: In<typeof mallRoutes.afterSaleOptions>,
  ): Out<typeof mallRoutes.afterSaleOptions> {
    return this.queries.options(await this.orders.visible(actor, params.id as Id));
  }

  @Contract(mallRoutes.returnStores)
  async returnStores(
    @Who() actor: Consumer,
    @Given() { params }: In<typeof mallRoutes.returnStores>,
  ): Out<typeof mallRoutes.returnStores> {
    const order = await this.orders.visible(actor, params.id as Id);
    const rules = await this.book.of(actor.brandId);
    return { items: await this.stores.of(order, rules.otherStoreReturns) };
  }

  @Contract(mallRoutes.previewAfterSale)
  preview(
    @Who() actor: Consumer,
    @Given() { params, body }: In<typeof mallRoutes.previewAfterSale>,
  ): Out<typeof mallRoutes.previewAfterSale> {
    return this.previews.run(actor, params.id, body);
  }

  @Contract(mallRoutes.requestAfterSale)
  async request(
    @Who() actor: Consumer,
    @Given() { params, body, idempotencyKey }: In<typeof mallRoutes.requestAfterSale>,
  ): Out<typeof mallRoutes.requestAfterSale> {
    return this.detail(actor, await this.requests.run(actor, params.id as Id, body, idempotencyKey ?? ''));
  }

  @Contract(mallRoutes.afterSales)
  list(
    @Who() actor: Consumer,
    @Given() { query }: In<typeof mallRoutes.afterSales>,
  ): Out<typeof mallRoutes.afterSales> {
    const { cursor, limit, ...filter } = query;
    return this.queries.list({ brandId: actor.brandId, memberId: actor.memberId, ...filter }, cursor, limit);
  }

  @Contract(mallRoutes.afterSale)
  one(@Who() actor: Consumer, @Given() { params }: In<typeof mallRoutes.afterSale>): Out<typeof mallRoutes.afterSale> {
    return this.detail(actor, params.id);
  }

  @Contract(mallRoutes.cancelAfterSale)
  async cancel(
    @Who() actor: Consumer,
    @Given() { params }: In<typeof mallRoutes.cancelAfterSale>,
  ): Out<typeof mallRoutes.cancelAfterSale> {
    await this.cases.cancel(actor, params.id as Id);
    return this.detail(actor, params.id);
  }

  @Contract(mallRoutes.sendBack)
  async sendBack(
    @Who() actor: Consumer,
    @Given() { params, body }: In<typeof mallRoutes.sendBack>,
  ): Out<typeof mallRoutes.sendBack> {
    await this.cases.sendBack(actor, params.id as Id, body);
    return this.detail(actor, params.id);
  }

  @Contract(mallRoutes.confirmResent)
  async confirm(
    @Who() actor: Consumer,
    @Given() { params }: In<typeof mallRoutes.confirmResent>,
  ): Out<typeof mallRoutes.confirmResent> {
    await this.cases.confirmResent(actor, params.id as Id);
    return this.detail(actor, params.id);
  }

  @Contract(mallRoutes.messageAfterSale)
  async say(
    @Who() actor: Consumer,
    @Given() { params, body }: In<typeof mallRoutes.messageAfterSale>,
  ): Out<typeof mallRoutes.messageAfterSale> {
    await this.cases.reply(actor, params.id as Id, body.text, body.pictureIds);
    return this.detail(actor, params.id);
  }

  private async detail(actor: Consumer, id: string) {
    return this.queries.detail(await this.cases.visible(actor, id as Id));
  }
}
