import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { Approvals } from '../application/approvals.js';
import { KeepListingRules } from '../application/keep-listing-rules.js';
import { PricePlans } from '../application/price-plans.js';
import type { ProductId } from '../domain/types.js';

/** Who lists what, prices over time, and what franchisees ask for. */
@Controller()
export class ConsoleShelfRulesController {
  constructor(
    @Inject(KeepListingRules) private readonly rules: KeepListingRules,
    @Inject(PricePlans) private readonly plans: PricePlans,
    @Inject(Approvals) private readonly wishes: Approvals,
  ) {}

  @Contract(consoleRoutes.listingRules)
  listingRules(@Who() actor: Actor): Out<typeof consoleRoutes.listingRules> {
    return this.rules.list(actor as Desk);
  }

  @Contract(consoleRoutes.addListingRule)
  addRule(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.addListingRule>,
  ): Out<typeof consoleRoutes.addListingRule> {
    return this.rules.add(actor as Desk, input.body);
  }

  @Contract(consoleRoutes.removeListingRule)
  async removeRule(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.removeListingRule>,
  ): Out<typeof consoleRoutes.removeListingRule> {
    await this.rules.remove(actor as Desk, input.params.id as Id<'rule'>);
    return { ok: true };
  }

  @Contract(consoleRoutes.pricePlans)
  pricePlans(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.pricePlans>,
  ): Out<typeof consoleRoutes.pricePlans> {
    return this.plans.list(actor as Desk, input.params.id as StoreId, input.query);
  }

  @Contract(consoleRoutes.addPricePlan)
  addPlan(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.addPricePlan>,
  ): Out<typeof consoleRoutes.addPricePlan> {
    return this.plans.add(actor as Desk, input.params.id as StoreId, input.body);
  }

  @Contract(consoleRoutes.cancelPricePlan)
  cancelPlan(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.cancelPricePlan>,
  ): Out<typeof consoleRoutes.cancelPricePlan> {
    return this.plans.cancel(actor as Desk, input.params.id as StoreId, input.params.planId as Id<'plan'>);
  }

  @Contract(consoleRoutes.priceHistory)
  history(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.priceHistory>,
  ): Out<typeof consoleRoutes.priceHistory> {
    return this.plans.history(actor as Desk, input.params.id as StoreId, input.query);
  }

  @Contract(consoleRoutes.askDelisting)
  askDelisting(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.askDelisting>,
  ): Out<typeof consoleRoutes.askDelisting> {
    const { id, productId } = input.params;
    return this.wishes.askDelisting(actor as Desk, id as StoreId, productId as ProductId, input.body.reason);
  }

  @Contract(consoleRoutes.approvals)
  approvals(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.approvals>,
  ): Out<typeof consoleRoutes.approvals> {
    return this.wishes.list(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.decideApproval)
  decide(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.decideApproval>,
  ): Out<typeof consoleRoutes.decideApproval> {
    const { isApproved, note } = input.body;
    return this.wishes.decide(actor as Desk, input.params.id as Id<'approval'>, isApproved, note);
  }

  @Contract(consoleRoutes.withdrawApproval)
  withdraw(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.withdrawApproval>,
  ): Out<typeof consoleRoutes.withdrawApproval> {
    return this.wishes.withdraw(actor as Desk, input.params.id as Id<'approval'>);
  }
}
