import { Controller, Inject } from '@nestjs/common';
import { mallRoutes } from '@shuke/shared/contracts';
import type { StoreId } from '@shuke/shared/kernel';
import type { Actor, Consumer } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { ChooseStore } from '../application/choose-store.js';
import { Enter } from '../application/enter.js';
import { FindGuide } from '../application/find-guide.js';
import { ShowFulfilOptions } from '../application/fulfil-options.js';
import { ListStores } from '../application/list-stores.js';
import { Organization } from '../application/organization.js';

/** The way into the mall: brand, stores, and which one to enter. */
@Controller()
export class MallStoresController {
  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Enter) private readonly enterStore: Enter,
    @Inject(ListStores) private readonly listStores: ListStores,
    @Inject(ChooseStore) private readonly choose: ChooseStore,
    @Inject(FindGuide) private readonly findGuide: FindGuide,
    @Inject(ShowFulfilOptions) private readonly showFulfil: ShowFulfilOptions,
  ) {}

  @Contract(mallRoutes.brand)
  async brand(@Who() actor: Actor): Out<typeof mallRoutes.brand> {
    const { name, logoUrl, theme, mall } = await this.organization.brand(actor.brandId);
    return { name, logoUrl, theme, mallMode: mall.mallMode, isolation: mall.isolation };
  }

  @Contract(mallRoutes.enter)
  enter(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.enter>): Out<typeof mallRoutes.enter> {
    return this.enterStore.run(actor, input.query);
  }

  @Contract(mallRoutes.stores)
  stores(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.stores>): Out<typeof mallRoutes.stores> {
    return this.listStores.run(actor, input.query);
  }

  @Contract(mallRoutes.chooseStore)
  chooseStore(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.chooseStore>,
  ): Out<typeof mallRoutes.chooseStore> {
    return this.choose.run(actor as Consumer, input.params.id as StoreId);
  }

  @Contract(mallRoutes.fulfilOptions)
  fulfilOptions(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.fulfilOptions>,
  ): Out<typeof mallRoutes.fulfilOptions> {
    return this.showFulfil.run(actor, input.params.id as StoreId, input.query);
  }

  @Contract(mallRoutes.guideCard)
  guideCard(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.guideCard>): Out<typeof mallRoutes.guideCard> {
    return this.findGuide.run(actor.brandId, input.query);
  }
}
