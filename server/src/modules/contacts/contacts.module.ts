import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { registerHandler } from '../../platform/outbox/registry.js';
import { AnalyticsModule } from '../analytics/index.js';
import { GuidesModule } from '../guides/index.js';
import { LevelsModule } from '../levels/index.js';
import { MembersModule } from '../members/index.js';
import { OrdersModule } from '../orders/index.js';
import { OrganizationModule } from '../organization/index.js';
import { TagsModule } from '../tags/index.js';
import { ContactSync } from './application/contact-sync.js';
import { CorpTags } from './application/corp-tags.js';
import { CustomerAccess } from './application/customer-access.js';
import { GuidePages } from './application/guide-pages.js';
import { GuideSignIn } from './application/guide-sign-in.js';
import { HandleEvents } from './application/handle-events.js';
import { EVENTS_SWEEP, ReceiveCallback, WELCOME_SWEEP } from './application/receive-callback.js';
import { ReconcileContacts } from './application/reconcile.js';
import { TagCustomer } from './application/tag-customer.js';
import { TAG_WRITES_SWEEP, TagWrites } from './application/tag-writes.js';
import { WelcomeLane } from './application/welcome-lane.js';
import { WhoIsThis } from './application/who-is-this.js';
import { WriteTags } from './application/write-tags.js';
import { contactInvariants } from './contacts.invariants.js';
import { onTagTakenOff } from './events/tag-taken-off.js';
import { GuideContactsController } from './http/guide-contacts.controller.js';
import { GuideSessionController } from './http/guide-session.controller.js';
import { WecomCallbackController } from './http/wecom-callback.controller.js';
import { registerContactRows } from './persistence/member-rows.js';

const OFTEN_MS = 500;
const RECONCILE_MS = 300_000;
const WRITE_TAGS_MS = 2_000;

@Module({
  imports: [OrganizationModule, GuidesModule, LevelsModule, MembersModule, TagsModule, AnalyticsModule, OrdersModule],
  controllers: [WecomCallbackController, GuideSessionController, GuideContactsController],
  providers: [
    ReceiveCallback,
    CorpTags,
    ContactSync,
    HandleEvents,
    WelcomeLane,
    ReconcileContacts,
    GuideSignIn,
    GuidePages,
    CustomerAccess,
    WhoIsThis,
    TagCustomer,
    TagWrites,
    WriteTags,
  ],
  exports: [CustomerAccess, ContactSync, ReconcileContacts],
})
export class ContactsModule implements OnModuleInit {
  constructor(
    @Inject(HandleEvents) private readonly events: HandleEvents,
    @Inject(WelcomeLane) private readonly welcomes: WelcomeLane,
    @Inject(ReconcileContacts) private readonly reconcile: ReconcileContacts,
    @Inject(TagWrites) private readonly tagWrites: TagWrites,
    @Inject(WriteTags) private readonly writeTags: WriteTags,
  ) {}

  onModuleInit(): void {
    registerContactRows();
    registerInvariants(contactInvariants);
    // The greeting is registered first: where sweeps run in order, nobody waits for it.
    registerSweep({ name: WELCOME_SWEEP, everyMs: OFTEN_MS, run: () => this.welcomes.run() });
    registerSweep({ name: EVENTS_SWEEP, everyMs: OFTEN_MS, run: () => this.events.run() });
    registerHandler(onTagTakenOff(this.tagWrites));
    registerSweep({ name: TAG_WRITES_SWEEP, everyMs: WRITE_TAGS_MS, run: () => this.writeTags.run() });
    registerSweep({ name: 'contacts.reconcile', everyMs: RECONCILE_MS, run: () => this.reconcile.sweep() });
  }
}
