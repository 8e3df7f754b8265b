import { Controller, Inject } from '@nestjs/common';
import { guideRoutes } from '@shuke/shared/contracts';
import { asId } from '@shuke/shared/kernel';
import type { Actor, Guide } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { Accesses } from '../../members/index.js';
import type { TagId } from '../../tags/index.js';
import { GuidePages } from '../application/guide-pages.js';
import { TagCustomer } from '../application/tag-customer.js';
import { WhoIsThis } from '../application/who-is-this.js';

/** The guide's customers: who is this, my list, orders, trail, tags. */
@Controller()
export class GuideContactsController {
  constructor(
    @Inject(WhoIsThis) private readonly whoIsThis: WhoIsThis,
    @Inject(GuidePages) private readonly pages: GuidePages,
    @Inject(TagCustomer) private readonly tagCustomer: TagCustomer,
    @Inject(Accesses) private readonly accesses: Accesses,
  ) {}

  @Contract(guideRoutes.contact)
  async contact(@Who() actor: Actor, @Given() input: In<typeof guideRoutes.contact>): Out<typeof guideRoutes.contact> {
    const view = await this.whoIsThis.run(actor as Guide, input.params.externalUserId);
    if (view.profile) await this.accesses.note(actor, asId<'member'>(view.profile.id), 'CUSTOMER');
    return view;
  }

  @Contract(guideRoutes.contacts)
  contacts(@Who() actor: Actor, @Given() input: In<typeof guideRoutes.contacts>): Out<typeof guideRoutes.contacts> {
    return this.pages.contacts(actor as Guide, input.query);
  }

  @Contract(guideRoutes.contactOrders)
  orders(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.contactOrders>,
  ): Out<typeof guideRoutes.contactOrders> {
    return this.pages.ordersOf(actor as Guide, input.params.externalUserId, input.query);
  }

  @Contract(guideRoutes.contactTrail)
  trail(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.contactTrail>,
  ): Out<typeof guideRoutes.contactTrail> {
    return this.pages.trail(actor as Guide, input.params.externalUserId, input.query);
  }

  @Contract(guideRoutes.addTag)
  addTag(@Who() actor: Actor, @Given() input: In<typeof guideRoutes.addTag>): Out<typeof guideRoutes.addTag> {
    const { externalUserId } = input.params;
    return this.tagCustomer.add(actor as Guide, externalUserId, input.body.tagId as TagId, input.body.evidence);
  }

  @Contract(guideRoutes.removeTag)
  removeTag(@Who() actor: Actor, @Given() input: In<typeof guideRoutes.removeTag>): Out<typeof guideRoutes.removeTag> {
    return this.tagCustomer.remove(actor as Guide, input.params.externalUserId, input.params.tagId as TagId);
  }
}
