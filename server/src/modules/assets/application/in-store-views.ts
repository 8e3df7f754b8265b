import { Inject, Injectable } from '@nestjs/common';
import type { InStorePayment } from '@shuke/shared/contracts';
import type { StoreId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Members } from '../../members/index.js';
import { mayUndo, Organization, undoUntil } from '../../organization/index.js';
import { type InStoreRow, type InStoreState, InStoreStore } from '../persistence/in-store.store.js';

const PAGE = 20;
const STATE_TEXT: Record<InStoreState, string> = {
  ASKING: '等待顾客确认',
  PAID: '已付款',
  REFUSED: '顾客没有同意',
  EXPIRED: '超时未确认',
  REVERSED: '已撤销',
};

/** Wallet payments in stores as people see them. */
@Injectable()
export class InStoreViews {
  private readonly rows = new InStoreStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async one(actor: Actor, row: InStoreRow): Promise<InStorePayment> {
    return (await this.many(actor, [row]))[0] as InStorePayment;
  }

  /** A page of what was taken in the actor's stores, newest first. */
  async page(actor: Actor, query: { storeId?: string; cursor?: string; limit?: number }) {
    const limit = query.limit ?? PAGE;
    const scope = await this.organization.scopeOf(actor);
    const wanted = query.storeId ? [(await this.organization.requireStore(actor, query.storeId as StoreId)).id] : scope;
    const [before = null] = readCursor(query.cursor, [DIGITS]) ?? [];
    const rows = await this.rows.list(this.database, actor.brandId, { storeIds: wanted, before }, limit + 1);
    const views = new Map((await this.many(actor, rows)).map((view) => [view.id as string, view]));
    return pageOf(
      rows,
      limit,
      (row) => views.get(row.id) as InStorePayment,
      (row) => makeCursor(row.id),
    );
  }

  private async many(actor: Actor, rows: readonly InStoreRow[]): Promise<InStorePayment[]> {
    if (rows.length === 0) return [];
    const { brandId } = actor;
    const [people, stores] = await Promise.all([
      this.members.profiles(brandId, [...new Set(rows.map((row) => row.memberId))]),
      this.organization.storesByIds(brandId, [...new Set(rows.map((row) => row.storeId))]),
    ]);
    const guides = new Map((await this.organization.guides(brandId)).map((guide) => [guide.id, guide.name]));
    const { undoMinutes } = await this.organization.brand(brandId);
    const now = this.clock.date();
    return rows.map((row) => {
      const paid = row.paidAt && { ...row, at: row.paidAt };
      const canReverse =
        row.state === 'PAID' && paid !== null && actor.kind === 'guide' && mayUndo(actor, paid, undoMinutes, now);
      const { id, paymentNo, state, amountFen, principalFen, bonusFen, memberId, note } = row;
      return {
        id,
        paymentNo,
        state,
        stateText: STATE_TEXT[state],
        amountFen,
        principalFen,
        bonusFen,
        memberId,
        note,
        storeName: stores.get(row.storeId)?.name ?? '门店',
        guideName: row.guideId ? (guides.get(row.guideId) ?? null) : null,
        memberName: people.get(row.memberId)?.nickname ?? '会员',
        at: row.createdAt.toISOString(),
        confirmUntil: row.confirmUntil?.toISOString() ?? null,
        canReverse,
        reverseUntil: paid ? undoUntil(paid, undoMinutes).toISOString() : null,
      };
    });
  }
}
