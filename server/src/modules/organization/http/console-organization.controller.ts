import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import type { GuideId, StoreId } from '@shuke/shared/kernel';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { ConsoleGuides } from '../application/console-guides.js';
import { ConsoleStores } from '../application/console-stores.js';
import { CounterRules } from '../application/counter-rules.js';
import { Organization } from '../application/organization.js';
import { UpdateStore } from '../application/update-store.js';

/** Stores, franchisees and guides at the desks of headquarters and franchisees. */
@Controller()
export class ConsoleOrganizationController {
  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(ConsoleStores) private readonly consoleStores: ConsoleStores,
    @Inject(UpdateStore) private readonly update: UpdateStore,
    @Inject(ConsoleGuides) private readonly consoleGuides: ConsoleGuides,
    @Inject(CounterRules) private readonly counter: CounterRules,
  ) {}

  @Contract(consoleRoutes.stores)
  stores(@Who() actor: Actor, @Given() input: In<typeof consoleRoutes.stores>): Out<typeof consoleRoutes.stores> {
    return this.consoleStores.list(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.store)
  store(@Who() actor: Actor, @Given() input: In<typeof consoleRoutes.store>): Out<typeof consoleRoutes.store> {
    return this.consoleStores.one(actor as Desk, input.params.id as StoreId);
  }

  @Contract(consoleRoutes.updateStore)
  async updateStore(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.updateStore>,
  ): Out<typeof consoleRoutes.updateStore> {
    const storeId = input.params.id as StoreId;
    await this.update.run(actor as Desk, storeId, input.body);
    return this.consoleStores.one(actor as Desk, storeId);
  }

  @Contract(consoleRoutes.counterRules)
  counterRules(@Who() actor: Actor): Out<typeof consoleRoutes.counterRules> {
    return this.counter.read(actor as Desk);
  }

  @Contract(consoleRoutes.setCounterRules)
  setCounterRules(
    @Who() actor: Actor,
    @Given() { body }: In<typeof consoleRoutes.setCounterRules>,
  ): Out<typeof consoleRoutes.setCounterRules> {
    return this.counter.change(actor as Desk, body.undoMinutes);
  }

  @Contract(consoleRoutes.franchisees)
  async franchisees(@Who() actor: Actor): Out<typeof consoleRoutes.franchisees> {
    const stores = await this.organization.stores(actor.brandId);
    const list = await this.organization.franchisees(actor.brandId);
    return list.map(({ id, name, companyName, contactName }) => ({
      id,
      name,
      companyName,
      contactName,
      storeCount: stores.filter((store) => store.franchiseeId === id).length,
    }));
  }

  @Contract(consoleRoutes.guides)
  guides(@Who() actor: Actor, @Given() input: In<typeof consoleRoutes.guides>): Out<typeof consoleRoutes.guides> {
    return this.consoleGuides.list(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.guide)
  guide(@Who() actor: Actor, @Given() input: In<typeof consoleRoutes.guide>): Out<typeof consoleRoutes.guide> {
    return this.consoleGuides.one(actor as Desk, input.params.id as GuideId);
  }
}
