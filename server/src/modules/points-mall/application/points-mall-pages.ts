import { Inject, Injectable } from '@nestjs/common';
import type { PointsExchange, PointsGood, PointsGoodInput } from '@shuke/shared/contracts';
import { type BrandId, groupedText, type Id, type MemberId } from '@shuke/shared/kernel';
import type { Actor, Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Points } from '../../assets/index.js';
import { Members } from '../../members/index.js';
import { Organization } from '../../organization/index.js';
import { type Exchange, type Good, PointsMallStore } from '../persistence/points-mall.store.js';
import { refuseExchange } from './points-mall-errors.js';

const PAGE = 20;
const STATE_TEXT = { TO_PICKUP: '待领取', DONE: '已完成', CANCELLED: '已取消，积分已退回' } as const;
interface PageQuery {
  q?: string;
  cursor?: string;
  limit?: number;
}
interface Mine {
  available: number;
  taken: ReadonlyMap<string, number>;
}

/** The points mall as people see it. */
@Injectable()
export class PointsMallPages {
  private readonly rows = new PointsMallStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Points) private readonly points: Points,
    @Inject(Members) private readonly members: Members,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  /** Listed goods for a consumer, all of them for the desk. */
  async goods(actor: Actor, query: PageQuery) {
    const limit = query.limit ?? PAGE;
    const cursor = readCursor(query.cursor, [DIGITS, DIGITS]);
    const after = cursor && ([Number(cursor[0]), cursor[1] ?? '0'] as const);
    const isListedOnly = actor.kind === 'consumer';
    const goods = await this.rows.goods(this.database, actor.brandId, { isListedOnly, q: query.q, after }, limit + 1);
    const mine =
      actor.kind === 'consumer'
        ? await this.mine(
            actor,
            goods.map((one) => one.id),
          )
        : null;
    return pageOf(
      goods,
      limit,
      (good) => goodView(good, mine),
      (good) => makeCursor(good.position, good.id),
    );
  }

  /** @throws AppError NOT_FOUND */
  async good(actor: Consumer, id: Id): Promise<PointsGood> {
    const good = await this.rows.good(this.database, actor.brandId, id);
    if (!good?.isListed) throw refuse('NOT_FOUND');
    return goodView(good, await this.mine(actor, [good.id]));
  }

  /** @throws AppError GOOD_COUPON */
  async create(brandId: BrandId, input: PointsGoodInput): Promise<PointsGood> {
    checkGood(input);
    const id = this.ids.next<'points-good'>();
    await this.unitOfWork.run('add a points good', (tx) => this.rows.insertGood(tx, brandId, id, input));
    return goodView({ ...input, id, taken: 0 }, null);
  }

  /** @throws AppError NOT_FOUND, GOOD_STOCK, GOOD_COUPON */
  async change(brandId: BrandId, id: Id, input: PointsGoodInput): Promise<PointsGood> {
    checkGood(input);
    await this.unitOfWork.run('change a points good', async (tx) => {
      if (!(await this.rows.good(tx, brandId, id))) throw refuse('NOT_FOUND');
      if (!(await this.rows.updateGood(tx, brandId, id, input))) throw refuseExchange('GOOD_STOCK');
    });
    return goodView((await this.rows.good(this.database, brandId, id)) as Good, null);
  }

  /** A consumer's own exchanges, or those to be picked up in the desk's stores. */
  async exchanges(actor: Actor, query: PageQuery) {
    const limit = query.limit ?? PAGE;
    const before = readCursor(query.cursor, [DIGITS])?.[0] ?? null;
    const own =
      actor.kind === 'consumer' ? { memberId: actor.memberId } : { storeIds: await this.organization.scopeOf(actor) };
    const rows = await this.rows.exchanges(this.database, actor.brandId, { q: query.q, before, ...own }, limit + 1);
    const views = new Map((await this.views(actor, rows)).map((one) => [one.id as string, one]));
    return pageOf(
      rows,
      limit,
      (row) => views.get(row.id) as PointsExchange,
      (row) => makeCursor(row.id),
    );
  }

  async exchange(actor: Actor, one: Exchange): Promise<PointsExchange> {
    return (await this.views(actor, [one]))[0] as PointsExchange;
  }

  /** @throws AppError NOT_FOUND for another member's */
  async own(actor: Consumer, id: Id): Promise<PointsExchange> {
    const found = await this.rows.exchange(this.database, actor.brandId, { id });
    if (found?.memberId !== actor.memberId) throw refuse('NOT_FOUND');
    return this.exchange(actor, found);
  }

  private async views(actor: Actor, rows: readonly Exchange[]): Promise<PointsExchange[]> {
    const storeIds = rows.flatMap((row) => (row.storeId ? [row.storeId] : []));
    const [stores, people] = await Promise.all([
      this.organization.storesByIds(actor.brandId, [...new Set(storeIds)]),
      actor.kind === 'consumer' || rows.length === 0
        ? new Map<MemberId, { nickname: string }>()
        : this.members.profiles(actor.brandId, [...new Set(rows.map((row) => row.memberId))]),
    ]);
    return rows.map((row) => ({
      id: row.id,
      exchangeNo: row.exchangeNo,
      state: row.state,
      stateText: STATE_TEXT[row.state],
      goodId: row.goodId,
      kind: row.kind,
      name: row.name,
      imageUrl: row.imageUrl,
      qty: row.qty,
      points: row.points,
      // Only the consumer shows the code; whoever hands over has to be shown it.
      pickupCode: actor.kind === 'consumer' ? row.pickupCode : null,
      pickupUntil: row.pickupUntil?.toISOString() ?? null,
      storeName: row.storeId ? (stores.get(row.storeId)?.name ?? null) : null,
      memberId: row.memberId,
      memberName: people.get(row.memberId)?.nickname ?? null,
      at: row.createdAt.toISOString(),
      doneAt: row.doneAt?.toISOString() ?? null,
    }));
  }

  private async mine({ brandId, memberId }: Consumer, ids: readonly Id[]): Promise<Mine> {
    const { available } = await this.points.balance(this.database, brandId, memberId);
    return { available, taken: await this.rows.takenBy(this.database, brandId, memberId, ids) };
  }
}

function checkGood(input: PointsGoodInput): void {
  if (input.kind === 'COUPON' && !input.couponTemplateId) throw refuseExchange('GOOD_COUPON');
}

function goodView(good: Good, mine: Mine | null): PointsGood {
  const mineLeft =
    good.perPersonLimit === null || !mine ? null : Math.max(0, good.perPersonLimit - (mine.taken.get(good.id) ?? 0));
  const reason =
    good.taken >= good.stock
      ? '已兑完'
      : mineLeft === 0
        ? '已兑换到上限'
        : mine && mine.available < good.points
          ? `还差 ${groupedText(good.points - mine.available)} 积分`
          : null;
  return { ...good, mineLeft, canRedeem: reason === null, reason };
}
