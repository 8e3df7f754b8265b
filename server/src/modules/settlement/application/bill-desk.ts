import { Inject, Injectable } from '@nestjs/common';
import type {
  BillDayView,
  BillDifference,
  BillDifferenceDetail,
  consoleRoutes,
  QueryOf,
} from '@shuke/shared/contracts';
import { addDays, type BrandId, businessDay, type GuideId, type Id, type StoreId } from '@shuke/shared/kernel';
import { PayGateways } from '../../../gateways/registry/pay-gateways.js';
import type { Desk } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { DeskPeople } from '../../identity/index.js';
import { type FranchiseeId, Organization } from '../../organization/index.js';
import { billOf, differenceText, gapOf, nextStepOf } from '../domain/bill-differences.js';
import { type DifferenceRow, DifferenceStore } from '../persistence/difference.store.js';
import { refuseSettlement } from './settlement-errors.js';

type Query = NonNullable<QueryOf<typeof consoleRoutes.billDifferences>>;
type DifferenceId = Id<'bill-difference'>;
const DAYS_SHOWN = 14;

/** Differences between bills and books at the desk: who looks after one, and how it ended. */
@Injectable()
export class BillDesk {
  private readonly rows = new DifferenceStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(DeskPeople) private readonly people: DeskPeople,
    @Inject(PayGateways) private readonly gateways: PayGateways,
  ) {}

  /** Newest first. Headquarters sees all; a franchisee those of orders of its stores. */
  async list(actor: Desk, query: Query): Promise<{ items: BillDifference[]; nextCursor: string | null }> {
    const limit = query.limit ?? 30;
    const scope = await this.organization.scopeOf(actor);
    const wished = query.storeId as StoreId | undefined;
    const own = wished && (scope === 'ALL' || scope.includes(wished)) ? [wished] : [];
    const rows = await this.rows.list(this.database, {
      brandId: actor.brandId,
      storeIds: wished ? own : scope,
      status: query.status,
      class: query.class,
      from: query.from,
      to: query.to,
      ownerId: query.isMine ? actor.userId : undefined,
      before: readCursor(query.cursor, [DIGITS])?.[0],
      limit: limit + 1,
    });
    const views = new Map((await this.views(actor, rows)).map((view) => [view.id as string, view]));
    return pageOf(
      rows,
      limit,
      (row) => views.get(row.id) as BillDifference,
      (row) => makeCursor(row.id),
    );
  }

  /** @throws AppError NOT_FOUND for one of a store outside the scope */
  async one(actor: Desk, id: DifferenceId): Promise<BillDifferenceDetail> {
    const row = await this.row(actor, id);
    const [[view], steps, receiver] = await Promise.all([
      this.views(actor, [row]),
      this.rows.steps(this.database, actor.brandId, id),
      this.receiverOf(actor.brandId, row),
    ]);
    const found = { at: row.foundAt.toISOString(), by: '系统', text: `核对 ${row.day} 的账单时发现` };
    const said = steps.map((step) => ({ at: step.at.toISOString(), by: step.user_name, text: step.text }));
    // What a later bill or the channel's answer settled has no person behind it.
    const isOurs = row.resolvedAt && !steps.some((step) => step.at.getTime() === row.resolvedAt?.getTime());
    const ended = { at: row.resolvedAt?.toISOString() ?? '', by: '系统', text: row.resolution ?? '' };
    return { ...(view as BillDifference), receiver, history: [found, ...said, ...(isOurs ? [ended] : [])] };
  }

  /** @throws AppError NOT_FOUND for a difference or person of another brand, DIFFERENCE_CLOSED */
  async assign(actor: Desk, id: DifferenceId, userId: Id<'user'>): Promise<BillDifferenceDetail> {
    await this.row(actor, id);
    const person = await this.people.atHeadquarters(actor.brandId, userId);
    if (!person) throw refuse('NOT_FOUND');
    await this.act(actor, id, `交给 ${person.name} 处理`, (tx) =>
      this.rows.assign(tx, actor.brandId, id, { userId, name: person.name }),
    );
    return this.one(actor, id);
  }

  /** Closes with what was found out; the books are not touched. @throws AppError NOT_FOUND, DIFFERENCE_CLOSED */
  async close(actor: Desk, id: DifferenceId, note: string): Promise<BillDifferenceDetail> {
    await this.row(actor, id);
    await this.act(actor, id, `已了结：${note}`, (tx) => this.rows.close(tx, actor.brandId, id, note));
    return this.one(actor, id);
  }

  /** The last two weeks' bills. */
  async days(actor: Desk): Promise<BillDayView[]> {
    const since = addDays(businessDay(this.clock.now()), -DAYS_SHOWN);
    return (await this.rows.days(this.database, actor.brandId, since)).map((row) => ({
      day: row.business_day,
      bill: row.kind,
      accountId: row.account_id,
      ...this.collectorOf(row.account_id),
      state: row.state,
      lines: row.line_count,
      open: Number(row.open),
      problem: row.problem,
      comparedAt: row.compared_at?.toISOString() ?? null,
    }));
  }

  /** Whose account it is; one that is not configured any more still has bills. */
  private collectorOf(accountId: string): Pick<BillDayView, 'merchantName' | 'mchid' | 'collectMode'> {
    const settings = this.gateways.find(accountId)?.settings;
    if (!settings) return { merchantName: '已停用的账户', mchid: null, collectMode: null };
    const collectMode = settings.mode === 'PARTNER' ? 'STORE' : 'BRAND';
    return { merchantName: settings.merchantName, mchid: settings.mchid, collectMode };
  }

  private async receiverOf(brandId: BrandId, row: DifferenceRow): Promise<BillDifferenceDetail['receiver']> {
    const found = await this.rows.receiver(this.database, brandId, row.ref);
    if (!found) return null;
    const { party, partyId, account } = found;
    const owner =
      party === 'GUIDE'
        ? await this.organization.guide(brandId, partyId as GuideId)
        : party === 'FRANCHISEE'
          ? await this.organization.franchisee(brandId, partyId as FranchiseeId)
          : await this.organization.brand(brandId);
    return { name: owner?.name ?? '已不在的收款方', account };
  }

  private async act(actor: Desk, id: DifferenceId, text: string, change: (tx: Tx) => Promise<boolean>) {
    await this.unitOfWork.run('bill difference', async (tx) => {
      if (!(await change(tx))) throw refuseSettlement('DIFFERENCE_CLOSED');
      const by = { userId: actor.userId, name: actor.name };
      await this.rows.note(tx, actor.brandId, id, { id: this.ids.next(), by, text });
    });
  }

  private async row(actor: Desk, id: DifferenceId): Promise<DifferenceRow> {
    const storeIds = await this.organization.scopeOf(actor);
    const [row] = await this.rows.list(this.database, { brandId: actor.brandId, storeIds, id, limit: 1 });
    if (!row) throw refuse('NOT_FOUND');
    return row;
  }

  private async views(actor: Desk, rows: readonly DifferenceRow[]): Promise<BillDifference[]> {
    const { storeById } = await this.organization.snapshot(actor.brandId);
    return rows.map(({ ownerId, foundAt, resolvedAt, ...row }) => ({
      ...row,
      bill: billOf(row),
      classText: differenceText(row.class),
      nextStep: row.status === 'OPEN' ? nextStepOf(row) : '',
      storeName: row.storeId ? (storeById.get(row.storeId)?.name ?? null) : null,
      gapFen: gapOf(row),
      isMine: ownerId === actor.userId,
      foundAt: foundAt.toISOString(),
      resolvedAt: resolvedAt?.toISOString() ?? null,
    }));
  }
}
