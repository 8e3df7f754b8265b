import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, DAY_MS, type MemberId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import type { Queryable } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Organization } from '../../organization/index.js';
import type { BrowseType } from '../domain/trail.js';
import { BrowseStore, type NewBrowseEvent, type TrailRow } from '../persistence/browse.store.js';

export interface TrackedEvent {
  key: string;
  type: BrowseType;
  productId?: string;
  storeId?: string;
  guideCode?: string;
  sendId?: string;
  text?: string;
  dwellMs?: number;
  /** How long ago it was when the batch was sent; the phone's own clock is not trusted. */
  agoMs?: number;
}
export interface TrackInput {
  brandId: BrandId;
  anonymousId: string;
  memberId: MemberId | null;
  events: readonly TrackedEvent[];
}

const TRAIL_DAYS = 90;
/** The window in which looking again and again means something (product.md G5). */
const RECENT_DAYS = 3;

/** The door to what people do in the mall: recording it, and a member's trail. */
@Injectable()
export class Analytics {
  private readonly rows = new BrowseStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Records a batch; a repeated key counts once. With a member, earlier anonymous events of the same visitor become the
   * member's. Opening a tracked send emits `send.opened`.
   * @returns how many events were new
   */
  async track(input: TrackInput): Promise<number> {
    const { brandId, anonymousId, memberId } = input;
    const byKey = new Map(input.events.map((event) => [event.key, event]));
    const guides = new Map<string, NewBrowseEvent['guideId']>();
    for (const { guideCode } of byKey.values())
      if (guideCode && !guides.has(guideCode))
        guides.set(guideCode, (await this.organization.guideByCode(brandId, guideCode))?.id ?? null);
    return this.unitOfWork.run('track', async (tx) => {
      const known = await this.rows.knownKeys(tx, brandId, anonymousId, [...byKey.keys()]);
      const fresh = [...byKey.values()].filter((event) => !known.has(event.key));
      await this.rows.insert(
        tx,
        brandId,
        { anonymousId, memberId },
        fresh.map((event) => ({
          id: this.ids.next<'browseEvent'>(),
          key: event.key,
          type: event.type,
          productId: event.productId ?? null,
          storeId: event.storeId ?? null,
          guideId: guides.get(event.guideCode ?? '') ?? null,
          sendId: event.sendId ?? null,
          text: event.text ?? null,
          dwellMs: event.dwellMs ?? 0,
          at: new Date(tx.now.getTime() - (event.agoMs ?? 0)),
        })),
      );
      if (memberId) await this.rows.stitch(tx, brandId, anonymousId, memberId);
      for (const sendId of new Set(fresh.flatMap((event) => event.sendId ?? [])))
        tx.emit({ brandId, type: 'send.opened', payload: { sendId, memberId, at: tx.now.toISOString() } });
      return fresh.length;
    });
  }

  /**
   * A member's trail of the last days, newest first: the same thing done to the same product is one line with its count
   * and how often it was in the last 72 hours.
   * One statement.
   */
  trail(
    on: Queryable,
    brandId: BrandId,
    memberId: MemberId,
    options: { limit: number; days?: number; before?: { at: Date; id: string } | null },
  ): Promise<TrailRow[]> {
    const since = new Date(this.clock.now() - (options.days ?? TRAIL_DAYS) * DAY_MS);
    const recentSince = new Date(this.clock.now() - RECENT_DAYS * DAY_MS);
    return this.rows.trail(on, brandId, memberId, { since, recentSince, before: options.before, limit: options.limit });
  }
}
