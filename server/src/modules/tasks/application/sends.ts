import { Inject, Injectable } from '@nestjs/common';
import type { PreparedSend } from '@shuke/shared/contracts';
import { type Fen, type Id, ZERO_FEN } from '@shuke/shared/kernel';
import { toWecomPage } from '../../../gateways/wecom/index.js';
import type { Guide as GuideActor } from '../../../platform/access/actor.js';
import type { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { CONFIG } from '../../../platform/platform.module.js';
import { Catalog } from '../../catalog/index.js';
import { type Guide, Organization } from '../../organization/index.js';
import { isDone } from '../domain/item-state.js';
import { paceOf } from '../domain/pace.js';
import { fillWords } from '../domain/words.js';
import type { ItemId } from '../persistence/item-rows.js';
import { ItemsStore } from '../persistence/items.store.js';
import { type SendId, type SendState, SendsStore } from '../persistence/sends.store.js';
import { EarningEstimate, inStore } from './earning-estimate.js';
import { refuseTask } from './tasks-errors.js';

export interface SendWish {
  taskItemId?: string;
  productId?: string;
  words?: string;
}
/** A little more than twice what the pace looks at, because pauses and double taps are left out. */
const SENDS_FOR_PACE = 41;

/** One-tap sends: preparing words and card, and what the client said about them. */
@Injectable()
export class Sends {
  private readonly items = new ItemsStore();
  private readonly rows = new SendsStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_ORIGIN'>,
    @Inject(EarningEstimate) private readonly estimate: EarningEstimate,
  ) {}

  /**
   * Prepares a send to one of the guide's own friends; the card's link carries the send, so that an opening and an order
   * are known to follow from it.
   *
   * @throws AppError NOT_FOUND for somebody else's customer or item, ITEM_DONE when the item was sent already
   */
  async prepare(actor: GuideActor, externalUserId: string, wish: SendWish): Promise<PreparedSend> {
    const { brandId, guideId, storeId } = actor;
    const guide = await this.organization.guide(brandId, guideId);
    const friend = await this.rows.friend(this.database, brandId, guideId, externalUserId);
    if (!guide || !friend) throw refuse('NOT_FOUND');
    const item = wish.taskItemId
      ? await this.items.one(this.database, brandId, guideId, wish.taskItemId as ItemId)
      : null;
    if (wish.taskItemId && item?.externalUserId !== externalUserId) throw refuse('NOT_FOUND');
    if (item && isDone(item.state)) throw refuseTask('ITEM_DONE');
    const productId = (wish.productId as Id<'product'> | undefined) ?? item?.productId ?? null;
    const card = productId
      ? (await this.catalog.productCards(brandId, [productId], storeId)).get(productId)
      : undefined;
    if (wish.productId && !card) throw refuse('NOT_FOUND');
    const variables = { customer: friend.name, guide: guide.name, store: guide.storeName, product: card?.name ?? null };
    const words = fillWords(wish.words ?? item?.words ?? '', variables);
    const id = this.ids.next<'send'>();
    const draft = { id, guideId, externalUserId, memberId: friend.memberId, taskItemId: item?.id ?? null, words };
    await this.unitOfWork.run('tasks.prepare-send', (tx) =>
      this.rows.add(tx, brandId, { ...draft, productId: card ? productId : null }),
    );
    const { appid } = await this.organization.brand(brandId);
    return {
      sendId: id,
      words,
      card: card
        ? { appid, title: card.name, imgUrl: this.absolute(card.imageUrl), page: pageOf(card.id, guide, id) }
        : null,
      mayEarnFen: await this.mayEarn(actor, productId),
    };
  }

  /**
   * What the client said. SENT is final: a repeated report changes nothing, and a late CANCELLED does not take it back.
   * @throws AppError NOT_FOUND for another guide's send
   */
  async report(actor: GuideActor, id: SendId, result: Exclude<SendState, 'PREPARED'>): Promise<void> {
    const { brandId, guideId } = actor;
    const hasPace = await this.unitOfWork.run('tasks.report-send', async (tx) => {
      const send = await this.rows.lock(tx, brandId, id, guideId);
      if (!send) throw refuse('NOT_FOUND');
      if (send.state === 'SENT' || send.state === result) return false;
      await this.rows.report(tx, brandId, id, result);
      if (result !== 'SENT') return false;
      if (send.taskItemId) await this.items.raise(tx, brandId, send.taskItemId, 'SENT', tx.now);
      return this.measurePace(tx, actor);
    });
    if (hasPace) this.organization.forget(brandId);
  }

  private async measurePace(tx: Tx, { brandId, guideId }: GuideActor): Promise<boolean> {
    const pace = paceOf(await this.rows.sentAt(tx, brandId, guideId, SENDS_FOR_PACE));
    if (pace) await this.rows.setPace(tx, brandId, guideId, pace.seconds, pace.samples);
    return pace !== null;
  }

  private async mayEarn({ brandId, storeId }: GuideActor, productId: Id<'product'> | null): Promise<Fen> {
    if (!productId) return ZERO_FEN;
    const earnings = await this.estimate.of(brandId, [{ storeId, productIds: [productId] }]);
    return earnings.get(inStore(storeId, productId)) ?? ZERO_FEN;
  }

  private absolute(url: string): string {
    return /^https?:/.test(url) ? url : `${this.config.PUBLIC_ORIGIN}${url}`;
  }
}

const pageOf = (productId: string, guide: Guide, sendId: SendId): string =>
  toWecomPage(
    'sendChatMessage',
    'pages/product/index',
    `id=${productId}&g=${encodeURIComponent(guide.code)}&sendId=${sendId}&storeId=${guide.storeId}`,
  );
