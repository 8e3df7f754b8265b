import { Inject, Injectable } from '@nestjs/common';
import type { MorningPack, PackItem, SKIP_REASONS } from '@shuke/shared/contracts';
import { businessDay, sumFen } from '@shuke/shared/kernel';
import type { Guide as GuideActor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Catalog } from '../../catalog/index.js';
import { Organization } from '../../organization/index.js';
import { isDone, isHandled, stateText } from '../domain/item-state.js';
import { PACK_RULES } from '../domain/pack.js';
import type { Item, ItemId } from '../persistence/item-rows.js';
import { ItemsStore } from '../persistence/items.store.js';
import { MorningDispatch } from './morning-dispatch.js';
import { refuseTask } from './tasks-errors.js';

type SkipReason = (typeof SKIP_REASONS)[number];

/** A guide's own morning pack: reading it, looking at an item, skipping one. */
@Injectable()
export class GuidePack {
  private readonly items = new ItemsStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(MorningDispatch) private readonly dispatch: MorningDispatch,
  ) {}

  /** The pack of a day; today's is built by the first look. Three statements once it is there. */
  async read(actor: GuideActor, day?: string): Promise<MorningPack> {
    const { brandId, guideId } = actor;
    const guide = await this.organization.guide(brandId, guideId);
    if (!guide) throw refuse('NOT_FOUND');
    const today = businessDay(this.clock.now());
    const wanted = day ?? today;
    const pack =
      wanted === today
        ? await this.dispatch.ensurePack(brandId, guide)
        : await this.items.pack(this.database, brandId, guideId, wanted);
    const rows = pack ? await this.items.ofGuide(this.database, brandId, guideId, wanted) : [];
    const open = rows.filter((row) => !isHandled(row.state));
    return {
      day: wanted,
      minutes: Math.ceil((pack?.seconds ?? 0) / 60),
      budgetMinutes: pack?.budgetMinutes ?? PACK_RULES.maxSeconds / 60,
      done: rows.length - open.length,
      total: rows.length,
      mayEarnFen: sumFen(open.map((row) => row.mayEarnFen)),
      items: await this.viewsOf(actor, rows),
      leftOutText: pack?.leftOutText ?? null,
    };
  }

  /** @throws AppError NOT_FOUND for another guide's item */
  async see(actor: GuideActor, id: ItemId): Promise<PackItem> {
    await this.own(actor, id);
    await this.unitOfWork.run('tasks.see', (tx) => this.items.raise(tx, actor.brandId, id, 'SEEN', tx.now));
    return this.view(actor, id);
  }

  /** @throws AppError NOT_FOUND, ITEM_DONE when the item was sent meanwhile */
  async skip(actor: GuideActor, id: ItemId, reason: SkipReason, note?: string): Promise<PackItem> {
    await this.own(actor, id);
    await this.unitOfWork.run('tasks.skip', async (tx) => {
      const { brandId, guideId } = actor;
      if (await this.items.skip(tx, brandId, guideId, id, reason, note ?? null)) return;
      const item = await this.items.one(tx, brandId, guideId, id);
      if (item && isDone(item.state)) throw refuseTask('ITEM_DONE');
    });
    return this.view(actor, id);
  }

  private async own(actor: GuideActor, id: ItemId): Promise<Item> {
    const item = await this.items.one(this.database, actor.brandId, actor.guideId, id);
    if (!item) throw refuse('NOT_FOUND');
    return item;
  }

  private async view(actor: GuideActor, id: ItemId): Promise<PackItem> {
    const [view] = await this.viewsOf(actor, [await this.own(actor, id)]);
    if (!view) throw refuse('NOT_FOUND');
    return view;
  }

  private async viewsOf(actor: GuideActor, rows: readonly Item[]): Promise<PackItem[]> {
    const productIds = rows.flatMap((row) => row.productId ?? []);
    const cards = await this.catalog.productCards(actor.brandId, productIds, actor.storeId);
    return rows.map((row) => {
      const card = row.productId ? cards.get(row.productId) : undefined;
      const { id, position, externalUserId, customerName, avatarUrl, title, reason, words, productId, seconds, state } =
        row;
      return {
        id,
        position,
        externalUserId,
        customerName,
        avatarUrl,
        title,
        reason,
        words,
        productId,
        seconds,
        state,
        productName: card?.name ?? null,
        imageUrl: card?.imageUrl ?? null,
        priceFen: card?.priceFen ?? null,
        stateText: stateText(state),
        mayEarnFen: row.mayEarnFen,
      };
    });
  }
}
