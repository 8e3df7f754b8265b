import { Inject, Injectable } from '@nestjs/common';
import type { BrandId } from '@shuke/shared/kernel';
import { WecomError } from '../../../gateways/wecom/index.js';
import { WecomGateways } from '../../../gateways.module.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { inLanes } from '../../../platform/jobs/lanes.js';
import { log } from '../../../platform/observability/log.js';
import { Organization } from '../../organization/index.js';
import { endOfWrite, isRefused, type MarkFailure, UNEXPECTED, UNKNOWN_TAG } from '../domain/tag-write.js';
import { type Pair, type TagWrite, TagWritesStore } from '../persistence/tag-writes.store.js';
import { CorpTags } from './corp-tags.js';
import type { WecomDoor, WecomDoors } from './wecom-door.js';

/** Longer than a call can take: a minute before WeCom's gate, three conflicts, and the answer. */
const LEASE_MS = 120_000;
const BATCH = 100;
/** WeCom lets some calls of one kind be under way at once; guides who wait for their sidebar need the rest. */
const AT_ONCE = 4;

type Failure = MarkFailure & { message: string };

/** The part of the wishes that one call was about, and how it failed. */
interface Answer {
  writes: TagWrite[];
  failure: Failure | null;
}

/** Tells WeCom what guides wish to be marked: one call for all tags of a guide and contact, outside of any transaction. */
@Injectable()
export class WriteTags {
  private readonly rows = new TagWritesStore();
  /** Brands whose allowance of calls is used up, until when (ms). */
  private readonly resting = new Map<BrandId, number>();

  constructor(
    @Inject(WecomGateways) private readonly wecom: WecomDoors,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(CorpTags) private readonly corpTags: CorpTags,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** One sweep: until nothing is due. @returns how many pairs were written or put off */
  async run(): Promise<number> {
    const doors = await this.doors();
    let written = 0;
    for (;;) {
      const awake = [...doors.keys()].filter((brandId) => (this.resting.get(brandId) ?? 0) <= this.clock.now());
      if (awake.length === 0) return written;
      const due = await this.rows.due(this.database, awake, this.clock.date(), BATCH);
      let claimed = 0;
      await inLanes(due, AT_ONCE, async (pair) => {
        const door = doors.get(pair.brandId);
        if (door && (await this.pair(door, pair))) claimed += 1;
      });
      written += claimed;
      // Everything that is due was taken by another worker, or nothing is: leave it.
      if (claimed === 0) return written;
    }
  }

  private async doors(): Promise<Map<BrandId, WecomDoor>> {
    const found = new Map<BrandId, WecomDoor>();
    for (const door of this.wecom.all()) {
      const brand = await this.organization.brandByCorp(door.config.corpId);
      if (brand) found.set(brand.id, door);
    }
    return found;
  }

  /** @returns false when the pair was left alone */
  private async pair(door: WecomDoor, pair: Pair): Promise<boolean> {
    if ((this.resting.get(pair.brandId) ?? 0) > this.clock.now()) return false;
    const until = new Date(this.clock.now() + LEASE_MS);
    const writes = await this.unitOfWork.run('claim tag writes', (tx) => this.rows.claim(tx, pair, until));
    if (writes.length === 0) return false;
    const answers = await this.send(door, pair, writes);
    for (const answer of answers) await this.book(pair, answer);
    if (answers.some(({ failure }) => failure?.errcode === UNKNOWN_TAG)) await this.lookAgain(pair.brandId);
    return true;
  }

  /** All tags in one call; when WeCom refuses them together, each by itself, because one bad tag refuses the others. */
  private async send(door: WecomDoor, pair: Pair, writes: TagWrite[]): Promise<Answer[]> {
    const together = await this.call(door, pair, writes);
    if (together === null || writes.length === 1 || !isRefused(together)) return [{ writes, failure: together }];
    const answers: Answer[] = [];
    for (const one of writes) answers.push({ writes: [one], failure: await this.call(door, pair, [one]) });
    return answers;
  }

  private async call(door: WecomDoor, pair: Pair, writes: readonly TagWrite[]): Promise<Failure | null> {
    const of = (isWanted: boolean) => writes.filter((one) => one.isWanted === isWanted).map((one) => one.tagId);
    const { externalUserId } = pair;
    try {
      const userId = (await this.organization.guide(pair.brandId, pair.guideId))?.wecomUserid ?? '';
      await door.tags.mark({ userId, externalUserId, add: of(true), remove: of(false), priority: 'task' });
      return null;
    } catch (error) {
      if (error instanceof WecomError) return error;
      log.error({ err: error, ...pair }, 'a tag could not be written and will be tried again');
      return { kind: UNEXPECTED, errcode: null, retryAtMs: null, message: (error as Error).message };
    }
  }

  private async book(pair: Pair, { writes, failure }: Answer): Promise<void> {
    const now = this.clock.now();
    if (failure?.kind === 'RATE') this.resting.set(pair.brandId, failure.retryAtMs ?? now);
    const isHalf = failure !== null && (await this.rows.isHalf(this.database, pair));
    await this.unitOfWork.run('book tag writes', async (tx) => {
      if (failure === null) await this.rows.mirror(tx, pair, writes);
      for (const [attempts, part] of byAttempts(writes)) {
        const end = endOfWrite(failure, attempts, isHalf, now);
        await this.rows.end(tx, pair, part, end);
        if (end.state === 'FAILED') log.warn({ ...pair, problem: failure?.message }, 'WeCom refuses a tag');
      }
    });
  }

  /** Our copy of the library is old: a tag was deleted and its event has not come. */
  private async lookAgain(brandId: BrandId): Promise<void> {
    await this.corpTags.pullLibrary(brandId).catch((error: Error) => {
      log.warn({ brandId, problem: error.message }, 'the tag library could not be pulled');
    });
  }
}

/** Wishes of one call may have been tried differently often. */
function byAttempts(writes: readonly TagWrite[]): Map<number, TagWrite[]> {
  const found = new Map<number, TagWrite[]>();
  for (const one of writes) found.set(one.attempts, [...(found.get(one.attempts) ?? []), one]);
  return found;
}
