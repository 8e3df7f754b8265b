import { Inject, Injectable } from '@nestjs/common';
import type { BodyOf, consoleRoutes } from '@shuke/shared/contracts';
import { businessDay, type Fen, fen, type Id, negFen, sumFen } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, isDuplicate } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Organization } from '../../organization/index.js';
import { paidTransfer } from '../domain/ledger.js';
import { afterAct, PAYABLE_STATES, type StatementAct } from '../domain/statement-life.js';
import { type OpenLine, type Payout, PayoutStore } from '../persistence/payout.store.js';
import { StatementStore } from '../persistence/statement.store.js';
import { SettlementStores } from './accrue.js';
import { refuseSettlement } from './settlement-errors.js';

export type PayoutWish = BodyOf<typeof consoleRoutes.recordPayout>;
type Line = Omit<OpenLine, 'isFrozen'>;

/**
 * What headquarters paid to a franchisee outside the channel for money that the brand had collected (product.md S1, S6).
 * The product moves none of it: a payout keeps which bank transfer paid which lines, each line in one payout at most.
 */
@Injectable()
export class Payouts {
  private readonly rows = new PayoutStore();
  private readonly statements = new StatementStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Records a transfer that pays what some days cost, less the lines that are disputed. The same transfer sent again, as
   * after a lost answer, is answered with what was recorded.
   * @throws AppError PAYOUT_AMOUNT when the amount, in fen, is not exactly that; STATEMENT_STATE for a day that is not
   * locked; PAYOUT_REFERENCE for a transfer that has paid something else; PAYOUT_DATE; NOT_FOUND
   */
  async record(actor: Desk, wish: PayoutWish): Promise<Id<'payout'>> {
    const franchiseeId = wish.franchiseeId as Id<'franchisee'>;
    if (!(await this.organization.franchisee(actor.brandId, franchiseeId))) throw refuse('NOT_FOUND');
    if (wish.paidOn > businessDay(this.clock.now())) throw refuseSettlement('PAYOUT_DATE');
    const reference = wish.reference.trim();
    const before = await this.repeated(actor, wish, reference);
    if (before) return before;
    try {
      return await this.unitOfWork.run('record payout', (tx) =>
        this.pay(tx, actor, {
          id: this.stores.ids.next<'payout'>(),
          franchiseeId,
          amountFen: fen(wish.amountFen),
          paidOn: wish.paidOn,
          reference,
          note: (wish.note ?? '').trim(),
          by: actor.name,
          at: tx.now,
          cancelled: null,
          days: [...wish.days].sort(),
        }),
      );
    } catch (error) {
      const theirs = isDuplicate(error) ? await this.repeated(actor, wish, reference) : null;
      if (theirs) return theirs;
      throw error;
    }
  }

  private async repeated(actor: Desk, wish: PayoutWish, reference: string): Promise<Id<'payout'> | null> {
    const before = await this.rows.byReference(this.database, actor.brandId, reference);
    if (!before) return null;
    const days = await this.rows.daysOf(this.database, actor.brandId, [before.id]);
    const isSame = before.franchiseeId === wish.franchiseeId && before.amountFen === wish.amountFen;
    if (isSame && days.every(({ day }) => wish.days.includes(day))) return before.id;
    throw refuseSettlement('PAYOUT_REFERENCE');
  }

  private async pay(tx: Tx, actor: Desk, { days, ...payout }: Payout & { days: string[] }): Promise<Id<'payout'>> {
    const { brandId, userId, name } = actor;
    const { franchiseeId } = payout;
    const states = new Map<string, Awaited<ReturnType<StatementStore['lock']>>>();
    for (const day of days) states.set(day, await this.statements.lock(tx, { brandId, franchiseeId, day }));
    if (days.some((day) => !PAYABLE_STATES.includes(states.get(day)?.state ?? 'DRAFT')))
      throw refuseSettlement('STATEMENT_STATE');
    const lines = (await this.rows.openLines(tx, brandId, franchiseeId, days)).filter((line) => !line.isFrozen);
    const dueFen = sumFen(lines.map((line) => line.fen));
    if (lines.length === 0 || dueFen !== payout.amountFen) throw refuseSettlement('PAYOUT_AMOUNT', { dueFen });
    await this.rows.insert(tx, brandId, payout, lines);
    for (const [day, count] of byDay(lines)) {
      const key = { brandId, franchiseeId, day };
      const found = states.get(day);
      await this.rows.setPaid(tx, brandId, franchiseeId, day, count);
      const step = { id: this.stores.ids.next(), act: 'PAY' as StatementAct, userId, name };
      await this.statements.note(tx, key, [{ ...step, note: payout.reference }]);
      const next = found?.unpaidLines === count ? afterAct(found.state, 'PAY') : null;
      if (next) await this.statements.setState(tx, key, next);
    }
    await this.post(tx, brandId, 'payout', payout, lines, (amount) => amount);
    return payout.id;
  }

  /**
   * Takes back what was recorded by mistake; its days wait to be paid again.
   * @throws AppError NOT_FOUND, PAYOUT_CANCELLED when somebody has taken it back before
   */
  async cancel(actor: Desk, id: Id<'payout'>, reason: string): Promise<void> {
    const { brandId, userId, name } = actor;
    await this.unitOfWork.run('cancel payout', async (tx) => {
      const payout = await this.rows.lock(tx, brandId, id);
      if (!payout) throw refuse('NOT_FOUND');
      if (payout.cancelled) throw refuseSettlement('PAYOUT_CANCELLED');
      const lines = await this.rows.cancel(tx, brandId, id, { by: name, reason: reason.trim() });
      for (const [day, count] of [...byDay(lines)].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const key = { brandId, franchiseeId: payout.franchiseeId, day };
        const found = await this.statements.lock(tx, key);
        await this.rows.setPaid(tx, brandId, payout.franchiseeId, day, -count);
        const step = { id: this.stores.ids.next(), act: 'UNPAY' as StatementAct, userId, name };
        await this.statements.note(tx, key, [{ ...step, note: reason.trim() }]);
        const next = afterAct(found?.state ?? null, 'UNPAY');
        if (next) await this.statements.setState(tx, key, next);
      }
      await this.post(tx, brandId, 'payout-cancel', payout, lines, negFen);
    });
  }

  /** What was due has reached the franchisee, or, taken back, has not. */
  private async post(
    tx: Tx,
    brandId: Desk['brandId'],
    kind: string,
    { id, franchiseeId }: Payout,
    lines: readonly Line[],
    signed: (amount: Fen) => Fen,
  ): Promise<void> {
    const transfers = lines.map((line) =>
      paidTransfer(`${kind}:${id}:${line.storeId}:${line.seq}`, line.orderId, {
        party: 'FRANCHISEE',
        partyId: franchiseeId,
        fen: signed(line.fen),
      }),
    );
    await this.stores.ledger.post(tx, brandId, transfers);
  }
}

/** How many lines each day has. */
function byDay(lines: readonly { day: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { day } of lines) counts.set(day, (counts.get(day) ?? 0) + 1);
  return counts;
}
