import { randomInt } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type BrandId, DAY_MS, type Id, type StoreId } from '@shuke/shared/kernel';
import type { Consumer, Guide } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { keepResult, once, requestKey } from '../../../platform/idempotency/idempotency.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { Points } from '../../assets/index.js';
import { Coupons, type TemplateId } from '../../coupons/index.js';
import { HandOvers, UndoWays } from '../../hand-overs/index.js';
import { Organization } from '../../organization/index.js';
import { type Exchange, type Good, PointsMallStore } from '../persistence/points-mall.store.js';
import { refuseExchange } from './points-mall-errors.js';

const PICKUP_MS = 30 * DAY_MS;
const BATCH = 100;
// Without letters and digits that look alike.
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const newCode = (): string => Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

const qtyText = ({ name, qty }: Exchange): string => (qty > 1 ? `${name} ×${qty}` : name);

interface Wish {
  qty: number;
  storeId?: string;
  /** What the consumer was told that it costs. */
  expectedPoints?: number;
}

/** What an exchange needs of other modules. */
@Injectable()
export class ExchangeParts {
  constructor(
    @Inject(Points) readonly points: Points,
    @Inject(Coupons) readonly coupons: Coupons,
    @Inject(Organization) readonly organization: Organization,
    @Inject(IdSource) readonly ids: IdSource,
    @Inject(Clock) readonly clock: Clock,
    @Inject(HandOvers) readonly handOvers: HandOvers,
  ) {}
}

/** Exchanging points: stock, the person's limit and the points move in one transaction, or none of them does. */
@Injectable()
export class ExchangePoints implements OnModuleInit {
  private readonly unended = new Setbacks();
  private readonly rows = new PointsMallStore();

  constructor(
    @Inject(ExchangeParts) private readonly parts: ExchangeParts,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    UndoWays.register('EXCHANGE', (tx, handed) => this.waitAgain(tx, handed.brandId, handed.subjectId));
    registerSweep({ name: 'points-mall.pickups', everyMs: 300_000, run: () => this.endDue() });
  }

  /** @throws AppError GOOD_POINTS, GOOD_SOLD_OUT, GOOD_LIMIT, STORE_NEEDED, EXCHANGE_STORE, POINTS_NOT_ENOUGH, ASSET_FROZEN, NOT_FOUND */
  async run(actor: Consumer, goodId: Id, wish: Wish, key: string): Promise<Exchange> {
    const { brandId } = actor;
    const request = requestKey(brandId, `exchange:${actor.memberId}`, key, { goodId, ...wish });
    const made = await once(this.database, request, async () => {
      const good = await this.rows.good(this.database, brandId, goodId);
      if (!good?.isListed) throw refuse('NOT_FOUND');
      const points = good.points * wish.qty;
      if (points !== (wish.expectedPoints ?? points)) throw refuseExchange('GOOD_POINTS', { points });
      if (good.kind === 'GOODS' && !wish.storeId) throw refuseExchange('STORE_NEEDED');
      const storeId = wish.storeId ? await this.storeOf(actor, good, wish.storeId as StoreId) : null;
      return this.unitOfWork.run('exchange points', async (tx) => {
        const id = await this.take(tx, actor, good, wish.qty, storeId);
        await keepResult(tx, request, id);
        return id;
      });
    });
    return this.get(brandId, made);
  }

  /** Goods are handed over in an open store; a coupon needs none, wherever its buyer shops. */
  private async storeOf(actor: Consumer, good: Good, id: StoreId): Promise<StoreId> {
    const store = await this.parts.organization.requireStore(actor, id);
    if (good.kind === 'GOODS' && store.status !== 'OPEN') throw refuseExchange('EXCHANGE_STORE');
    return store.id;
  }

  private async take(tx: Tx, actor: Consumer, good: Good, qty: number, storeId: StoreId | null): Promise<Id> {
    const { brandId, memberId } = actor;
    const { ids, points, coupons } = this.parts;
    const id = ids.next<'exchange'>();
    if (!(await this.rows.takeStock(tx, brandId, good.id, qty))) throw refuseExchange('GOOD_SOLD_OUT');
    if (!(await this.rows.takeOwnShare(tx, brandId, good.id, memberId, qty, good.perPersonLimit)))
      throw refuseExchange('GOOD_LIMIT');
    const cost = good.points * qty;
    await points.holdFor(tx, {
      brandId,
      memberId,
      subject: 'EXCHANGE',
      subjectId: id,
      points: cost,
      storeId,
      until: tx.now,
      title: `积分兑换：${good.name}`,
    });
    await points.capture(tx, brandId, id, 'EXCHANGE');
    const isGoods = good.kind === 'GOODS';
    await this.rows.insertExchange(tx, {
      brandId,
      id,
      exchangeNo: `E${id}`,
      memberId,
      goodId: good.id,
      kind: good.kind,
      name: good.name,
      imageUrl: good.imageUrl,
      qty,
      points: cost,
      storeId,
      state: isGoods ? 'TO_PICKUP' : 'DONE',
      pickupCode: isGoods ? newCode() : null,
      pickupUntil: isGoods ? new Date(tx.now.getTime() + PICKUP_MS) : null,
      createdAt: tx.now,
      doneAt: isGoods ? null : tx.now,
    });
    for (let nth = 0; !isGoods && nth < qty; nth += 1)
      await coupons.issue(tx, {
        brandId,
        memberId,
        templateId: good.couponTemplateId as TemplateId,
        source: 'POINTS',
        sourceId: `${id}${nth === 0 ? '' : `:${nth}`}`,
      });
    tx.emit({
      brandId,
      type: 'points.exchanged',
      payload: { exchangeId: id, memberId, goodId: good.id, points: cost },
    });
    return id;
  }

  /** What a pickup code is for, in the guide's own store. @throws AppError EXCHANGE_CODE */
  async byCode(actor: Guide, code: string): Promise<Exchange> {
    const found = await this.rows.exchange(this.database, actor.brandId, { code });
    if (!found || found.storeId !== actor.storeId) throw refuseExchange('EXCHANGE_CODE');
    return found;
  }

  /** @throws AppError EXCHANGE_CODE, EXCHANGE_STATE when it was handed over before */
  async handOver(actor: Guide, code: string): Promise<Exchange> {
    const { id } = await this.byCode(actor, code);
    await this.unitOfWork.run('hand over an exchange', async (tx) => {
      const row = await this.rows.exchange(tx, actor.brandId, { id }, true);
      if (!row || !(await this.rows.move(tx, row, 'DONE', actor.guideId))) throw refuseExchange('EXCHANGE_STATE');
      const what = { subjectId: row.id, subjectNo: row.exchangeNo, title: qtyText(row) };
      await this.parts.handOvers.note(tx, actor, { kind: 'EXCHANGE', ...what });
    });
    return this.get(actor.brandId, id);
  }

  /** Handed over by mistake: it waits again for the same code, at least until this time tomorrow. */
  private async waitAgain(tx: Tx, brandId: BrandId, id: Id): Promise<void> {
    const row = await this.rows.exchange(tx, brandId, { id }, true);
    const atLeast = new Date(tx.now.getTime() + DAY_MS);
    if (!row || !(await this.rows.reopen(tx, row, atLeast))) throw refuseExchange('EXCHANGE_STATE');
  }

  /** Not picked up: the points go back to the lots they came from, the piece to the shelf. */
  async cancel(brandId: BrandId, id: Id): Promise<Exchange> {
    await this.unitOfWork.run('cancel an exchange', async (tx) => {
      const row = await this.rows.exchange(tx, brandId, { id }, true);
      if (!row) throw refuse('NOT_FOUND');
      if (!(await this.rows.move(tx, row, 'CANCELLED', null))) throw refuseExchange('EXCHANGE_STATE');
      await this.rows.returnStock(tx, brandId, row.goodId, row.memberId, row.qty);
      await this.parts.points.refund(tx, {
        brandId,
        orderId: id,
        refundId: id,
        points: row.points,
        subject: 'EXCHANGE',
      });
    });
    return this.get(brandId, id);
  }

  endDue(): Promise<number> {
    const { clock } = this.parts;
    return eachDue(this.unended, clock.date(), {
      label: 'end an exchange',
      batch: BATCH,
      due: (limit) => this.rows.due(this.database, clock.date(), limit),
      nameOf: ({ id }) => id,
      work: async ({ brand_id, id }) => {
        await this.cancel(brand_id, id);
        return true;
      },
    });
  }

  /** @throws AppError NOT_FOUND */
  async get(brandId: BrandId, id: Id): Promise<Exchange> {
    const found = await this.rows.exchange(this.database, brandId, { id });
    if (!found) throw refuse('NOT_FOUND');
    return found;
  }
}
