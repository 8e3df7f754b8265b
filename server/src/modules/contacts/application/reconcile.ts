import { Inject, Injectable } from '@nestjs/common';
import { addDays, type BrandId, businessDay, startOfBusinessDay } from '@shuke/shared/kernel';
import { WecomError } from '../../../gateways/wecom/index.js';
import { WecomGateways } from '../../../gateways.module.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { log } from '../../../platform/observability/log.js';
import { type Guide, Organization } from '../../organization/index.js';
import { isOpen } from '../domain/relation.js';
import { ContactsStore } from '../persistence/contacts.store.js';
import { ContactSync } from './contact-sync.js';
import type { WecomDoors } from './wecom-door.js';

/** 03:30 in Shanghai: nobody works and the day's calls are not used up yet. */
const NIGHT_MS = 3.5 * 3_600_000;
/** A guide with some contacts of whom WeCom suddenly shows fewer than half is a lost permission, not a lost clientele. */
const SUSPICIOUS_FROM = 10;
const BACKFILL = 200;
/** No such member, outside the visible range, or without a licence (reference: wecom-miniapp 10, row 40). */
const NOT_OURS = new Set([60011, 60111, 84083, 701008]);

export interface ReconcileCounts {
  closed: number;
  added: number;
  joined: number;
  skippedGuides: number;
}

/** Compares our relations with WeCom's lists: callbacks are not promised to arrive (reference: wecom-miniapp 2.1, 10 row 16). */
@Injectable()
export class ReconcileContacts {
  private readonly rows = new ContactsStore();

  constructor(
    @Inject(WecomGateways) private readonly wecom: WecomDoors,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(ContactSync) private readonly sync: ContactSync,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The sweep: once a night for each brand, whoever gets it. */
  async sweep(): Promise<number> {
    let changed = 0;
    for (const door of this.wecom.all()) {
      const brand = await this.organization.brandByCorp(door.config.corpId);
      if (!brand) continue;
      const due = await this.unitOfWork.run('take the night', (tx) =>
        this.rows.takeNight(tx, brand.id, this.nextNight()),
      );
      if (!due) continue;
      const counts = await this.run(brand.id);
      changed += counts.closed + counts.added + counts.joined;
    }
    return changed;
  }

  /** Closes what WeCom no longer lists, reads what it lists and we do not know, and looks for unionids that appeared. */
  async run(brandId: BrandId): Promise<ReconcileCounts> {
    const counts: ReconcileCounts = { closed: 0, added: 0, joined: 0, skippedGuides: 0 };
    await this.sync.tags.pullLibrary(brandId).catch((error: Error) => {
      log.warn({ brandId, problem: error.message }, 'the tag library could not be pulled tonight');
    });
    for (const guide of await this.organization.guides(brandId)) {
      if (guide.status !== 'ACTIVE') continue;
      try {
        await this.guide(guide, counts);
        await this.sync.tags.pullMarks(guide);
      } catch (error) {
        counts.skippedGuides += 1;
        if (error instanceof WecomError && NOT_OURS.has(error.errcode ?? 0)) await this.leave(guide);
        log.warn({ guide: guide.id, problem: (error as Error).message }, 'a guide could not be compared tonight');
      }
    }
    await this.backfill(brandId, counts);
    log.info({ brandId, ...counts }, 'contacts were compared with WeCom');
    return counts;
  }

  private async guide(guide: Guide, counts: ReconcileCounts): Promise<void> {
    const { corpId } = await this.organization.brand(guide.brandId);
    const listed = new Set(await this.wecom.of(corpId).contacts.list(guide.wecomUserid));
    const known = await this.rows.relationsOf(this.database, guide.brandId, guide.id);
    const open = known.filter((one) => isOpen(one.state));
    const missing = open.filter((one) => !listed.has(one.externalUserId)).map((one) => one.externalUserId);
    if (open.length >= SUSPICIOUS_FROM && missing.length * 2 > open.length) {
      counts.skippedGuides += 1;
      log.error(
        { guide: guide.id, open: open.length, missing: missing.length },
        'WeCom lists too few contacts: nothing closed',
      );
    } else if (missing.length > 0) {
      await this.unitOfWork.run('close missing', (tx) => this.rows.closeMissing(tx, guide.brandId, guide.id, missing));
      counts.closed += missing.length;
    }
    const present = new Set(
      known.filter((one) => isOpen(one.state) || one.state === 'LOST').map((one) => one.externalUserId),
    );
    for (const externalUserId of listed) {
      if (present.has(externalUserId)) continue;
      await this.readAgain(guide, externalUserId);
      counts.added += 1;
    }
  }

  /** WeCom does not let us serve this member any more: no task and no binding goes there, and nothing is deleted. */
  private async leave(guide: Guide): Promise<void> {
    await this.unitOfWork.run('a guide is out of reach', async (tx) => {
      await this.rows.markLeft(tx, guide.brandId, guide.id);
      tx.emit({ brandId: guide.brandId, type: 'guide.left', payload: { guideId: guide.id } });
    });
    this.organization.forget(guide.brandId);
  }

  private async backfill(brandId: BrandId, counts: ReconcileCounts): Promise<void> {
    for (const one of await this.rows.unjoined(this.database, brandId, BACKFILL)) {
      const guide = await this.organization.guide(brandId, one.guideId);
      if (guide && (await this.readAgain(guide, one.externalUserId).catch(() => false))) counts.joined += 1;
    }
  }

  /** @returns whether the contact has a unionid now */
  private async readAgain(guide: Guide, externalUserId: string): Promise<boolean> {
    const seen = await this.sync.read(guide.brandId, guide.wecomUserid, externalUserId);
    await this.unitOfWork.run('read contact again', (tx) =>
      this.sync.write(tx, guide, externalUserId, seen, { kind: 'read', atMs: tx.now.getTime() }),
    );
    return seen.contact?.unionid != null;
  }

  private nextNight(): Date {
    const now = this.clock.now();
    const tonight = startOfBusinessDay(businessDay(now)) + NIGHT_MS;
    return new Date(tonight > now ? tonight : startOfBusinessDay(addDays(businessDay(now), 1)) + NIGHT_MS);
  }
}
