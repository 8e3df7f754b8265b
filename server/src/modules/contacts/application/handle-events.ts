import { Inject, Injectable } from '@nestjs/common';
import type { BrandId } from '@shuke/shared/kernel';
import { WecomError, type WecomEvent } from '../../../gateways/wecom/index.js';
import { WecomGateways } from '../../../gateways.module.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { log } from '../../../platform/observability/log.js';
import { type Guide, Organization } from '../../organization/index.js';
import type { Occasion } from '../domain/relation.js';
import { pauseMs, UNKNOWN_TRIES, VENDOR_TRIES } from '../domain/retry.js';
import { ContactsStore } from '../persistence/contacts.store.js';
import { type InboxEvent, InboxStore } from '../persistence/inbox.store.js';
import { ContactSync } from './contact-sync.js';
import type { WecomDoors } from './wecom-door.js';

const LEASE_MS = 60_000;
const BATCH = 100;
const AT_ONCE = 8;
const afterRead = declareFailpoint('contacts.after-read');

/** An event about somebody who is not in our roster yet; it waits and is never dropped silently. */
class Unknown extends Error {}

type PairEvent = Extract<WecomEvent, { externalUserId: string }>;

function occasionOf(event: PairEvent): Occasion {
  const atMs = event.createdAtMs;
  switch (event.kind) {
    case 'contact-added':
      return { kind: 'added', atMs };
    case 'contact-half-added':
      return { kind: 'half-added', atMs };
    case 'contact-removed-by-guide':
      return { kind: 'removed-by-guide', atMs, byTransfer: event.byTransfer };
    case 'guide-removed-by-contact':
      return { kind: 'removed-by-contact', atMs };
    default:
      return { kind: 'edited', atMs };
  }
}

/** Handles kept events: one pair serially, tries again with growing pauses, and ends as a dead letter that is logged. */
@Injectable()
export class HandleEvents {
  private readonly inbox = new InboxStore();
  private readonly contacts = new ContactsStore();

  constructor(
    @Inject(WecomGateways) private readonly wecom: Pick<WecomDoors, 'all'>,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(ContactSync) private readonly sync: ContactSync,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** One sweep: until nothing is due. @returns how many events were handled or put off */
  async run(): Promise<number> {
    const brandIds = await this.brands();
    if (brandIds.length === 0) return 0;
    let handled = 0;
    for (;;) {
      const due = await this.inbox.due(this.database, brandIds, this.clock.date(), BATCH);
      if (due.length === 0) return handled;
      let claimed = 0;
      for (let from = 0; from < due.length; from += AT_ONCE) {
        const part = due.slice(from, from + AT_ONCE);
        claimed += (await Promise.all(part.map((one) => this.one(one)))).filter(Boolean).length;
      }
      handled += claimed;
      // Everything that is due was taken by another worker: leave it to that one.
      if (claimed === 0) return handled;
    }
  }

  private async brands(): Promise<BrandId[]> {
    const found = await Promise.all(this.wecom.all().map((door) => this.organization.brandByCorp(door.config.corpId)));
    return found.flatMap((brand) => (brand ? [brand.id] : []));
  }

  private async one(entry: InboxEvent): Promise<boolean> {
    const until = new Date(this.clock.now() + LEASE_MS);
    if (!(await this.unitOfWork.run('claim wecom event', (tx) => this.inbox.claim(tx, entry, until)))) return false;
    try {
      await this.handle(entry);
    } catch (error) {
      await this.putOff(entry, error as Error);
    }
    return true;
  }

  private async handle(entry: InboxEvent): Promise<void> {
    const { event, brandId } = entry;
    if ('externalUserId' in event) return this.pair(entry, event);
    if (event.kind === 'member-changed' && event.userId) return this.roster(entry, event.change, event);
    // A self-built app hears of leavers by this event: they are out of its visible range (reference: wecom-miniapp 6).
    if (event.kind === 'app-unsubscribed') return this.roster(entry, 'delete_user', { ...event, newUserId: null });
    if (event.kind === 'app-subscribed') return this.roster(entry, 'create_user', { ...event, newUserId: null });
    // The event of a deleted group does not name its tags, so the library is always pulled whole.
    if (event.kind === 'tag-changed') await this.sync.tags.pullLibrary(brandId);
    // Group chats are not mirrored: the event is kept and nothing follows from it.
    await this.finish(entry, async () => undefined, brandId);
  }

  private async pair(entry: InboxEvent, event: PairEvent): Promise<void> {
    const guide = await this.guide(entry.brandId, event.userId);
    const seen = await this.sync.read(entry.brandId, event.userId, event.externalUserId);
    afterRead();
    await this.finish(
      entry,
      async (tx) => {
        const told = {
          welcomeState: await this.inbox.lockWelcome(tx, entry.id),
          state: 'state' in event ? event.state : null,
        };
        await this.sync.write(tx, guide, event.externalUserId, seen, occasionOf(event), told);
      },
      entry.brandId,
    );
  }

  private async roster(entry: InboxEvent, change: string, event: { userId: string | null; newUserId: string | null }) {
    const guide = await this.organization.guideByUserid(entry.brandId, event.userId ?? '');
    await this.finish(
      entry,
      async (tx) => {
        if (!guide) return;
        if (change === 'delete_user' && guide.status === 'ACTIVE') {
          await this.contacts.markLeft(tx, entry.brandId, guide.id);
          tx.emit({ brandId: entry.brandId, type: 'guide.left', payload: { guideId: guide.id } });
        }
        if (change === 'create_user') await this.contacts.markBack(tx, entry.brandId, guide.id);
        if (change === 'update_user' && event.newUserId)
          await this.contacts.renameUserid(tx, entry.brandId, guide.id, event.newUserId);
      },
      entry.brandId,
    );
    this.organization.forget(entry.brandId);
  }

  private async guide(brandId: BrandId, userid: string): Promise<Guide> {
    const found = await this.organization.guideByUserid(brandId, userid);
    if (!found) throw new Unknown(`no guide with userid ${userid}`);
    return found;
  }

  private finish(entry: InboxEvent, work: (tx: Tx) => Promise<void>, brandId: BrandId): Promise<void> {
    return this.unitOfWork.run(`handle wecom event of ${brandId}`, async (tx) => {
      await work(tx);
      await this.inbox.finish(tx, entry.id);
    });
  }

  private async putOff(entry: InboxEvent, error: Error): Promise<void> {
    const tries = entry.attempts + 1;
    const pause = pauseMs(tries, error instanceof WecomError ? VENDOR_TRIES : UNKNOWN_TRIES);
    const earliest = error instanceof WecomError ? (error.retryAtMs ?? 0) : 0;
    const nextAt = pause === null ? null : new Date(Math.max(this.clock.now() + pause, earliest));
    const facts = { event: entry.id, kind: entry.event.kind, tries, problem: error.message };
    if (nextAt === null) log.error(facts, 'a WeCom event became a dead letter');
    else log.warn(facts, 'a WeCom event is tried again later');
    await this.unitOfWork.run('put off wecom event', (tx) => this.inbox.putOff(tx, entry.id, error.message, nextAt));
  }
}
