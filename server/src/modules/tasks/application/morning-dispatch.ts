import { Inject, Injectable } from '@nestjs/common';
import { addDays, type BrandId, businessDay, type Id, type StoreId, shanghaiClock } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { BulkWriter } from '../../../platform/database/bulk-writer.js';
import { Database } from '../../../platform/database/database.js';
import { RollBack } from '../../../platform/database/unit-of-work.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { inLanes } from '../../../platform/jobs/lanes.js';
import { Catalog } from '../../catalog/index.js';
import { type Guide, Organization } from '../../organization/index.js';
import type { NewItem, Pack } from '../persistence/item-rows.js';
import { ItemsStore } from '../persistence/items.store.js';
import { type Task, TasksStore } from '../persistence/tasks.store.js';
import { EarningEstimate } from './earning-estimate.js';
import { findCandidates, type Morning } from './find-candidates.js';
import { type PackNames, packOf } from './write-pack.js';

const afterRange = declareFailpoint('tasks.dispatch.after-range');
/** About 3,000 items a transaction. */
const GUIDES_PER_RANGE = 100;
/** The database looks for one range's customers while another's words are written here. */
const LANES = 2;
const DISPATCH_MINUTES = 8 * 60 + 30;
const EXPIRE_BACK_DAYS = 7;
const ATTEMPTS = 3;
const SKEW_MS = 30_000;

/** Builds morning packs (product.md G4): for all guides of a brand at 08:30, for one guide when asked earlier. */
@Injectable()
export class MorningDispatch {
  private readonly items = new ItemsStore();
  private readonly tasks = new TasksStore();
  private readonly doneOn = new Map<BrandId, string>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BulkWriter) private readonly bulkWriter: BulkWriter,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(EarningEstimate) private readonly estimate: EarningEstimate,
  ) {}

  /** Today's pack of a guide, built now when it is not there yet. */
  async ensurePack(brandId: BrandId, guide: Guide): Promise<Pack> {
    const day = businessDay(this.clock.now());
    const there = await this.items.pack(this.database, brandId, guide.id, day);
    if (there) return there;
    await this.buildRange(brandId, [guide], await this.tasks.running(this.database, brandId, day));
    const built = await this.items.pack(this.database, brandId, guide.id, day);
    if (!built) throw new Error('the pack was not built');
    return built;
  }

  /**
   * Builds today's packs of all active guides of a brand that have none; safe to stop and to repeat, since each range of
   * guides is one transaction and ids depend on guide, day and customer only.
   *
   * @returns how many packs were built
   */
  async dispatch(brandId: BrandId): Promise<number> {
    const day = businessDay(this.clock.now());
    const guides = (await this.organization.guides(brandId)).filter((guide) => guide.status === 'ACTIVE');
    const tasks = await this.tasks.running(this.database, brandId, day);
    const ranges: Guide[][] = [];
    for (let at = 0; at < guides.length; at += GUIDES_PER_RANGE) ranges.push(guides.slice(at, at + GUIDES_PER_RANGE));
    let built = 0;
    await inLanes(ranges, LANES, async (range) => {
      const packs = await this.buildRange(brandId, range, tasks);
      built += packs;
      afterRange();
    });
    return built;
  }

  /**
   * From 08:30 in Shanghai on, once a day for each brand, and again for what is published later in the day; the work of
   * a sweep.
   * @param only these brands instead of all
   */
  async morning(only?: readonly BrandId[]): Promise<number> {
    const now = this.clock.now();
    if (shanghaiClock(now).minutes < DISPATCH_MINUTES) return 0;
    const day = businessDay(now);
    const published = await this.tasks.lastPublished(this.database, day);
    let built = 0;
    for (const id of only ?? (await this.organization.brandIds())) {
      const mark = `${day}/${published.get(id)?.toISOString() ?? ''}`;
      if (this.doneOn.get(id) === mark) continue;
      built += await this.dispatch(id);
      built += await this.extend(id);
      this.doneOn.set(id, mark);
    }
    return built;
  }

  /**
   * Adds what was published after today's packs were built, within the minutes that are left, at the end and to nobody
   * who is in the pack already.
   *
   * @returns how many packs were looked at
   */
  async extend(brandId: BrandId): Promise<number> {
    const now = this.clock.date();
    const day = businessDay(now.getTime());
    const published = (await this.tasks.lastPublished(this.database, day)).get(brandId);
    if (!published) return 0;
    // The pack may come from a process whose clock runs a little ahead, or from tasks read a moment before this one was
    // published: such packs are looked at once more. Whoever is in a pack already is not added again.
    const before = new Date(published.getTime() + SKEW_MS);
    const guides = await this.organization.guides(brandId);
    const tasks = await this.tasks.running(this.database, brandId, day);
    let looked = 0;
    for (let at = 0; at < guides.length; at += GUIDES_PER_RANGE)
      looked += await this.extendRange(brandId, guides.slice(at, at + GUIDES_PER_RANGE), tasks, { day, now, before });
    return looked;
  }

  private async extendRange(
    brandId: BrandId,
    range: readonly Guide[],
    tasks: readonly Task[],
    { day, now, before }: { day: string; now: Date; before: Date },
  ): Promise<number> {
    const ids = range.map((guide) => guide.id);
    const packs = await this.items.builtBefore(this.database, brandId, day, ids, before);
    const guides = range.filter((guide) => packs.has(guide.id));
    if (guides.length === 0) return 0;
    const guideIds = guides.map((guide) => guide.id);
    const morning = await findCandidates(this.database, brandId, guides, tasks, now);
    const there = await this.items.customers(this.database, brandId, day, guideIds);
    for (const [guideId, list] of morning.candidates)
      morning.candidates.set(
        guideId,
        list.filter((candidate) => !there.has(`${guideId}/${candidate.externalUserId}`)),
      );
    const names = await this.namesOf(brandId, guides, tasks, morning);
    const items = guides.flatMap(
      (guide) => packOf(guide, day, morning, names, now.getTime(), packs.get(guide.id)).items,
    );
    await this.bulkWriter
      .transaction('tasks.extend', async (bulk) => {
        // Marked as of that instant at least, so that a second process in the same half minute adds nothing twice.
        const builtAt = now > before ? now : before;
        if (!(await this.items.extend(bulk, brandId, { day, guideIds, before }, items, builtAt)))
          throw new RollBack(null);
      })
      .catch((error: unknown) => {
        if (!(error instanceof RollBack)) throw error;
      });
    return guides.length;
  }

  private async buildRange(brandId: BrandId, range: readonly Guide[], tasks: readonly Task[]): Promise<number> {
    const now = this.clock.date();
    const day = businessDay(now.getTime());
    const ids = range.map((guide) => guide.id);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const packed = await this.items.packedGuides(this.database, brandId, day, ids);
      const guides = range.filter((guide) => !packed.has(guide.id));
      if (guides.length === 0) return 0;
      const morning = await findCandidates(this.database, brandId, guides, tasks, now);
      const names = await this.namesOf(brandId, guides, tasks, morning);
      const packs: Pack[] = [];
      const items: NewItem[] = [];
      for (const guide of guides) {
        const made = packOf(guide, day, morning, names, now.getTime());
        packs.push(made.pack);
        items.push(...made.items);
      }
      const isWritten = await this.bulkWriter
        .transaction('tasks.dispatch', async (bulk) => {
          if (!(await this.items.write(bulk, brandId, packs, items, now))) throw new RollBack(false);
          await this.items.expire(
            bulk,
            brandId,
            guides.map((guide) => guide.id),
            addDays(day, -EXPIRE_BACK_DAYS),
            day,
          );
          return true;
        })
        .catch((error: unknown) => {
          if (error instanceof RollBack) return false;
          throw error;
        });
      if (isWritten) return packs.length;
    }
    return 0;
  }

  private async namesOf(
    brandId: BrandId,
    guides: readonly Guide[],
    tasks: readonly Task[],
    morning: Morning,
  ): Promise<PackNames> {
    const byStore = new Map<StoreId, Set<Id<'product'>>>();
    for (const guide of guides)
      for (const candidate of morning.candidates.get(guide.id) ?? [])
        for (const { productId } of candidate.findings)
          if (productId) byStore.set(guide.storeId, (byStore.get(guide.storeId) ?? new Set()).add(productId));
    const all = [...new Set([...byStore.values()].flatMap((ids) => [...ids]))];
    const named = await this.catalog.productNames(brandId, all);
    const wanted = [...byStore].map(([storeId, ids]) => ({ storeId, productIds: [...ids] }));
    const earnings = await this.estimate.of(brandId, wanted);
    return {
      products: new Map([...named].map(([id, one]) => [id, one.name])),
      tasks: new Map(tasks.map((task) => [task.id, task])),
      earnings,
    };
  }
}
