import { Inject, Injectable } from '@nestjs/common';
import type { Payable, PayableDay, PayoutView } from '@shuke/shared/contracts';
import type { BrandId, Id } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import { type Payout, PayoutStore } from '../persistence/payout.store.js';

const PAGE = 50;
/** A year and more of unpaid days; older ones follow when these are paid. */
const DAYS_MAX = 400;
type PageQuery = { cursor?: string; limit?: number };

/** What the brand owes and has paid outside the channel, for headquarters and for each franchisee its own. */
@Injectable()
export class PayoutList {
  private readonly rows = new PayoutStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  /** Franchisees that are owed something, or owe, in fen. */
  async payables(actor: Actor, query: PageQuery): Promise<{ items: Payable[]; nextCursor: string | null }> {
    const limit = query.limit ?? PAGE;
    const [after] = readCursor(query.cursor, [DIGITS]) ?? [];
    const rows = await this.rows.owed(
      this.database,
      actor.brandId,
      { ...(actor.kind === 'franchisee' ? { franchiseeId: actor.franchiseeId } : {}), ...(after ? { after } : {}) },
      limit + 1,
    );
    const items = await Promise.all(
      rows.map(async (row) => ({ ...row, franchiseeName: await this.nameOf(actor.brandId, row.franchiseeId) })),
    );
    return pageOf(
      items,
      limit,
      (item) => item,
      (item) => makeCursor(item.franchiseeId),
    );
  }

  /** @throws AppError NOT_FOUND for a franchisee outside the actor's scope */
  async days(actor: Actor, franchiseeId: Id<'franchisee'>): Promise<PayableDay[]> {
    const isOther = actor.kind === 'franchisee' && actor.franchiseeId !== franchiseeId;
    if (isOther || !(await this.organization.franchisee(actor.brandId, franchiseeId))) throw refuse('NOT_FOUND');
    return this.rows.owedDays(this.database, actor.brandId, franchiseeId, DAYS_MAX);
  }

  async list(
    actor: Actor,
    query: PageQuery & { franchiseeId?: string },
  ): Promise<{ items: PayoutView[]; nextCursor: string | null }> {
    const limit = query.limit ?? PAGE;
    const [before] = readCursor(query.cursor, [DIGITS]) ?? [];
    const franchiseeId = actor.kind === 'franchisee' ? actor.franchiseeId : query.franchiseeId;
    const filter = { ...(franchiseeId ? { franchiseeId } : {}), ...(before ? { before } : {}) };
    const rows = await this.rows.list(this.database, actor.brandId, filter, limit + 1);
    const views = await this.views(actor.brandId, rows);
    return pageOf(
      views,
      limit,
      (view) => view,
      (view) => makeCursor(view.id),
    );
  }

  /** @throws AppError NOT_FOUND */
  async one(brandId: BrandId, id: Id<'payout'>): Promise<PayoutView> {
    const [view] = await this.views(brandId, await this.rows.list(this.database, brandId, { id }, 1));
    if (!view) throw refuse('NOT_FOUND');
    return view;
  }

  private async views(brandId: BrandId, payouts: readonly Payout[]): Promise<PayoutView[]> {
    const days = await this.rows.daysOf(
      this.database,
      brandId,
      payouts.map(({ id }) => id),
    );
    return Promise.all(
      payouts.map(async ({ at, cancelled, ...payout }) => ({
        ...payout,
        franchiseeName: await this.nameOf(brandId, payout.franchiseeId),
        days: days.filter(({ payoutId }) => payoutId === payout.id).map(({ day, fen }) => ({ day, fen })),
        at: at.toISOString(),
        cancelled: cancelled && { ...cancelled, at: cancelled.at.toISOString() },
      })),
    );
  }

  private async nameOf(brandId: BrandId, franchiseeId: Id<'franchisee'>): Promise<string> {
    return (await this.organization.franchisee(brandId, franchiseeId))?.name ?? '';
  }
}
