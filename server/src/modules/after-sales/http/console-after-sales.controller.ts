import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { Organization } from '../../organization/index.js';
import { AfterSaleQueries } from '../application/after-sale-queries.js';
import { AfterSales } from '../application/after-sales.js';
import { AfterSaleRuleBook } from '../application/rule-book.js';

/** Cases at the desk. */
@Controller()
export class ConsoleAfterSalesController {
  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(AfterSales) private readonly cases: AfterSales,
    @Inject(AfterSaleQueries) private readonly queries: AfterSaleQueries,
    @Inject(AfterSaleRuleBook) private readonly book: AfterSaleRuleBook,
  ) {}

  @Contract(consoleRoutes.afterSales)
  async list(
    @Who() actor: Desk,
    @Given() { query }: In<typeof consoleRoutes.afterSales>,
  ): Out<typeof consoleRoutes.afterSales> {
    const { cursor, limit, storeId, ...filter } = query;
    const scope = storeId
      ? [(await this.organization.requireStore(actor, storeId as StoreId)).id]
      : await this.organization.scopeOf(actor);
    return this.queries.deskList({ brandId: actor.brandId, storeIds: scope, ...filter }, cursor, limit);
  }

  @Contract(consoleRoutes.afterSale)
  one(
    @Who() actor: Desk,
    @Given() { params }: In<typeof consoleRoutes.afterSale>,
  ): Out<typeof consoleRoutes.afterSale> {
    return this.detail(actor, params.id);
  }

  @Contract(consoleRoutes.approveAfterSale)
  async approve(
    @Who() actor: Desk,
    @Given() { params, body }: In<typeof consoleRoutes.approveAfterSale>,
  ): Out<typeof consoleRoutes.approveAfterSale> {
    await this.cases.approve(actor, params.id as Id, body);
    return this.detail(actor, params.id);
  }

  @Contract(consoleRoutes.refuseAfterSale)
  async refuse(
    @Who() actor: Desk,
    @Given() { params, body }: In<typeof consoleRoutes.refuseAfterSale>,
  ): Out<typeof consoleRoutes.refuseAfterSale> {
    await this.cases.refuse(actor, params.id as Id, body.text);
    return this.detail(actor, params.id);
  }

  @Contract(consoleRoutes.receiveAfterSale)
  async receive(
    @Who() actor: Desk,
    @Given() { params, body }: In<typeof consoleRoutes.receiveAfterSale>,
  ): Out<typeof consoleRoutes.receiveAfterSale> {
    await this.cases.receive(actor, params.id as Id, body.text);
    return this.detail(actor, params.id);
  }

  @Contract(consoleRoutes.resendAfterSale)
  async resend(
    @Who() actor: Desk,
    @Given() { params, body }: In<typeof consoleRoutes.resendAfterSale>,
  ): Out<typeof consoleRoutes.resendAfterSale> {
    await this.cases.resend(actor, params.id as Id, body);
    return this.detail(actor, params.id);
  }

  @Contract(consoleRoutes.retryAfterSaleRefund)
  async retry(
    @Who() actor: Desk,
    @Given() { params }: In<typeof consoleRoutes.retryAfterSaleRefund>,
  ): Out<typeof consoleRoutes.retryAfterSaleRefund> {
    await this.cases.retryRefund(actor, params.id as Id);
    return this.detail(actor, params.id);
  }

  @Contract(consoleRoutes.messageAfterSale)
  async say(
    @Who() actor: Desk,
    @Given() { params, body }: In<typeof consoleRoutes.messageAfterSale>,
  ): Out<typeof consoleRoutes.messageAfterSale> {
    await this.cases.say(actor, params.id as Id, body);
    return this.detail(actor, params.id);
  }

  @Contract(consoleRoutes.afterSaleRules)
  rules(@Who() actor: Desk): Out<typeof consoleRoutes.afterSaleRules> {
    return this.book.of(actor.brandId);
  }

  @Contract(consoleRoutes.setAfterSaleRules)
  setRules(
    @Who() actor: Desk,
    @Given() { body }: In<typeof consoleRoutes.setAfterSaleRules>,
  ): Out<typeof consoleRoutes.setAfterSaleRules> {
    return this.book.set(actor, body);
  }

  private async detail(actor: Desk, id: string) {
    return this.queries.deskDetail(await this.cases.visible(actor, id as Id));
  }
}
