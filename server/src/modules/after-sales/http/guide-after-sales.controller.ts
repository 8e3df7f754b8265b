import { Controller, Inject } from '@nestjs/common';
import { guideRoutes } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import type { Guide } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { AfterSaleQueries } from '../application/after-sale-queries.js';
import { AfterSales } from '../application/after-sales.js';

/** Cases at the counter: those of the own store, and goods that are handed in here. */
@Controller()
export class GuideAfterSalesController {
  constructor(
    @Inject(AfterSales) private readonly cases: AfterSales,
    @Inject(AfterSaleQueries) private readonly queries: AfterSaleQueries,
  ) {}

  @Contract(guideRoutes.afterSales)
  list(@Who() actor: Guide, @Given() { query }: In<typeof guideRoutes.afterSales>): Out<typeof guideRoutes.afterSales> {
    const { cursor, limit, ...filter } = query;
    return this.queries.deskList({ brandId: actor.brandId, storeIds: [actor.storeId], ...filter }, cursor, limit);
  }

  @Contract(guideRoutes.afterSale)
  one(@Who() actor: Guide, @Given() { params }: In<typeof guideRoutes.afterSale>): Out<typeof guideRoutes.afterSale> {
    return this.detail(actor, params.id);
  }

  @Contract(guideRoutes.approveAfterSale)
  async approve(
    @Who() actor: Guide,
    @Given() { params, body }: In<typeof guideRoutes.approveAfterSale>,
  ): Out<typeof guideRoutes.approveAfterSale> {
    await this.cases.approve(actor, params.id as Id, body);
    return this.detail(actor, params.id);
  }

  @Contract(guideRoutes.refuseAfterSale)
  async refuse(
    @Who() actor: Guide,
    @Given() { params, body }: In<typeof guideRoutes.refuseAfterSale>,
  ): Out<typeof guideRoutes.refuseAfterSale> {
    await this.cases.refuse(actor, params.id as Id, body.text);
    return this.detail(actor, params.id);
  }

  @Contract(guideRoutes.messageAfterSale)
  async say(
    @Who() actor: Guide,
    @Given() { params, body }: In<typeof guideRoutes.messageAfterSale>,
  ): Out<typeof guideRoutes.messageAfterSale> {
    await this.cases.say(actor, params.id as Id, body);
    return this.detail(actor, params.id);
  }

  @Contract(guideRoutes.receiveAfterSale)
  async receiveParcel(
    @Who() actor: Guide,
    @Given() { params, body }: In<typeof guideRoutes.receiveAfterSale>,
  ): Out<typeof guideRoutes.receiveAfterSale> {
    await this.cases.receive(actor, params.id as Id, body.text);
    return this.detail(actor, params.id);
  }

  @Contract(guideRoutes.resendAfterSale)
  async resend(
    @Who() actor: Guide,
    @Given() { params, body }: In<typeof guideRoutes.resendAfterSale>,
  ): Out<typeof guideRoutes.resendAfterSale> {
    await this.cases.resend(actor, params.id as Id, body);
    return this.detail(actor, params.id);
  }

  @Contract(guideRoutes.lookUpReturn)
  async lookUp(
    @Who() actor: Guide,
    @Given() { params }: In<typeof guideRoutes.lookUpReturn>,
  ): Out<typeof guideRoutes.lookUpReturn> {
    return this.queries.deskDetail(await this.cases.byCode(actor, params.code));
  }

  @Contract(guideRoutes.receiveReturn)
  async receive(
    @Who() actor: Guide,
    @Given() { params, body }: In<typeof guideRoutes.receiveReturn>,
  ): Out<typeof guideRoutes.receiveReturn> {
    // Whoever took the goods sees what became of them, also when they are another store's.
    return this.queries.deskDetail(await this.cases.receiveByCode(actor, params.code, body.text));
  }

  private async detail(actor: Guide, id: string) {
    return this.queries.deskDetail(await this.cases.visible(actor, id as Id));
  }
}
