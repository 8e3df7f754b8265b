import { Inject, Injectable } from '@nestjs/common';
import type { AdjustmentView } from '@shuke/shared/contracts';
import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import type { Static } from '@sinclair/typebox';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { keepResult, once, requestKey } from '../../../platform/idempotency/idempotency.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import type { Asset } from '../../asset-ledger/index.js';
import { Levels } from '../../levels/index.js';
import { Members } from '../../members/index.js';
import { pointsExpiry } from '../domain/points-rule.js';
import { type AdjustmentRow, AdjustmentStore } from '../persistence/adjustment.store.js';
import { asAssetRefusal, refuseAsset } from './assets-errors.js';
import { Points } from './points.js';

type View = Static<typeof AdjustmentView>;
const PAGE = 20;

/** Corrections by hand: one person asks with a reason, another approves; only then anything is booked. */
@Injectable()
export class Adjustments {
  private readonly rows = new AdjustmentStore();

  constructor(
    @Inject(Points) private readonly points: Points,
    @Inject(Levels) private readonly levels: Levels,
    @Inject(Members) private readonly members: Members,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
  ) {}

  /** @throws AppError NOT_FOUND, ADJUSTMENT_ZERO */
  async request(
    actor: Desk,
    wish: { memberId: string; asset: Asset; amount: number; reason: string; expiresAt?: string },
    key: string,
  ): Promise<View> {
    const { brandId } = actor;
    if (wish.amount === 0) throw refuseAsset('ADJUSTMENT_ZERO');
    const memberId = wish.memberId as MemberId;
    if (!(await this.members.profile(brandId, memberId))) throw refuse('NOT_FOUND');
    const request = requestKey(brandId, `adjust:${actor.userId}`, key, wish);
    const made = await once(this.database, request, () =>
      this.unitOfWork.run('ask for an adjustment', async (tx) => {
        const id = this.ids.next<'adjustment'>();
        await this.rows.insert(tx, brandId, {
          id,
          member_id: memberId,
          asset: wish.asset,
          amount: wish.amount,
          reason: wish.reason,
          expires_at: wish.expiresAt ? new Date(wish.expiresAt) : null,
          requested_by: actor.userId,
          requester: actor.name,
        });
        await keepResult(tx, request, id);
        return id;
      }),
    );
    return this.one(actor, made);
  }

  /** @throws AppError ADJUSTMENT_OWN, ADJUSTMENT_STATE, POINTS_NOT_ENOUGH, WALLET_NOT_ENOUGH, NOT_FOUND */
  async decide(actor: Desk, id: Id, isApproved: boolean, note: string | null): Promise<View> {
    const { brandId } = actor;
    await this.unitOfWork.run('decide an adjustment', async (tx) => {
      const row = await this.rows.find(tx, brandId, id, true);
      if (!row) throw refuse('NOT_FOUND');
      if (row.requested_by === actor.userId) throw refuseAsset('ADJUSTMENT_OWN');
      const state = isApproved ? 'APPROVED' : 'REFUSED';
      if (!(await this.rows.decide(tx, brandId, id, { state, by: actor.userId, name: actor.name, note })))
        throw refuseAsset('ADJUSTMENT_STATE');
      if (isApproved) await this.book(tx, brandId, row);
    });
    return this.one(actor, id);
  }

  private async book(tx: Tx, brandId: BrandId, row: AdjustmentRow): Promise<void> {
    const amount = Number(row.amount);
    const { member_id: memberId, asset, reason } = row;
    const cause = { kind: 'ADJUST', ref: `ADJUST:${row.id}`, title: `人工调整：${reason}` };
    if (amount > 0 && asset === 'GROWTH') {
      const gift = { memberId, growth: amount, ref: cause.ref, title: cause.title, originId: row.id };
      return this.levels.grant(tx, brandId, [gift]);
    }
    if (amount > 0) {
      const rule = await this.points.rule(brandId);
      const expiresAt = row.expires_at ?? (asset === 'POINTS' ? pointsExpiry(rule, tx.now) : null);
      // What is given by hand was not paid: in the wallet it is a bonus.
      const kind = asset === 'POINTS' ? ('POINTS' as const) : ('BONUS' as const);
      const lot = { kind, amount, originKind: 'ADJUST', originId: row.id, title: '人工调整', expiresAt };
      await this.points.ledger.credit(tx, brandId, asset, memberId, [{ lot, cause }]);
      return;
    }
    const unit = asset === 'GROWTH' ? 100 : 1;
    await this.points.ledger
      .change(tx, { brandId, asset, owners: [memberId] }, (books) =>
        books.get(memberId)?.take(-amount * unit, 'BONUS_FIRST', cause),
      )
      .catch((error: unknown) => asAssetRefusal(error, asset === 'WALLET' ? 'WALLET_NOT_ENOUGH' : 'POINTS_NOT_ENOUGH'));
    if (asset === 'GROWTH') await this.levels.refresh(tx, brandId, [memberId]);
  }

  async list(actor: Desk, query: { state?: string; cursor?: string; limit?: number }) {
    const limit = query.limit ?? PAGE;
    const [before = null] = readCursor(query.cursor, [DIGITS]) ?? [];
    const rows = await this.rows.list(this.database, actor.brandId, { state: query.state, before }, limit + 1);
    const people = await this.members.profiles(actor.brandId, [...new Set(rows.map((row) => row.member_id))]);
    return pageOf(
      rows,
      limit,
      (row) => viewOf(actor, row, people.get(row.member_id)?.nickname ?? '会员'),
      (row) => makeCursor(row.id),
    );
  }

  private async one(actor: Desk, id: Id): Promise<View> {
    const row = await this.rows.find(this.database, actor.brandId, id);
    if (!row) throw refuse('NOT_FOUND');
    const profile = await this.members.profile(actor.brandId, row.member_id);
    return viewOf(actor, row, profile?.nickname ?? '会员');
  }
}

const viewOf = (actor: Desk, row: AdjustmentRow, nickname: string): View => ({
  id: row.id,
  memberId: row.member_id,
  nickname,
  asset: row.asset,
  amount: Number(row.amount),
  reason: row.reason,
  state: row.state,
  requestedBy: row.requester,
  requestedAt: row.requested_at.toISOString(),
  decidedBy: row.decider,
  decidedAt: row.decided_at?.toISOString() ?? null,
  note: row.note,
  isMine: row.requested_by === actor.userId,
});
