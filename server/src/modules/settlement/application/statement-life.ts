import { Inject, Injectable } from '@nestjs/common';
import type { StatementDetail } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Organization } from '../../organization/index.js';
import { afterAct } from '../domain/statement-life.js';
import { PayoutStore } from '../persistence/payout.store.js';
import { type LineRef, type StatementKey, StatementStore } from '../persistence/statement.store.js';
import { refuseSettlement } from './settlement-errors.js';
import { Statements } from './statements.js';

/** What a person does to a statement, with the words and the lines that they are about. */
export type Word =
  | { act: 'CONFIRM' | 'WITHDRAW' }
  | { act: 'DISPUTE'; note: string; lines?: readonly LineRef[] }
  | { act: 'ANSWER'; note: string; line?: LineRef };

const nameOf = (line: LineRef): string => `${line.storeId} ${line.seq}`;

/** What people do to a statement after it is published (product.md S6): it is confirmed, or disputed line by line. */
@Injectable()
export class StatementLife {
  private readonly rows = new StatementStore();
  private readonly payouts = new PayoutStore();

  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Statements) private readonly statements: Statements,
  ) {}

  /**
   * Keeps the word and moves the state; the figures and their proof never change.
   * @throws AppError NOT_FOUND for a franchisee outside the scope, STATEMENT_STATE where the act has no place,
   * STATEMENT_LINE for a line that the statement has not or that nobody objects to, STATEMENT_LINE_PAID
   */
  async act(actor: Desk, franchiseeId: Id<'franchisee'>, day: string, word: Word): Promise<StatementDetail> {
    const { brandId } = actor;
    const isOther = actor.kind === 'franchisee' && actor.franchiseeId !== franchiseeId;
    if (isOther || !(await this.organization.franchisee(brandId, franchiseeId))) throw refuse('NOT_FOUND');
    const key = { brandId, franchiseeId, day };
    const all = word.act === 'DISPUTE' ? await this.linesOf(actor, key) : [];
    await this.unitOfWork.run('statement act', async (tx) => {
      const next = afterAct((await this.rows.lock(tx, key))?.state ?? null, word.act);
      if (!next) throw refuseSettlement('STATEMENT_STATE');
      if (word.act === 'CONFIRM') await this.rows.moveDisputes(tx, key, 'SETTLED', {});
      if (word.act === 'DISPUTE') await this.dispute(tx, key, all, word.lines);
      if (word.act === 'ANSWER') await this.answer(tx, key, word.line);
      await this.rows.setState(tx, key, next);
      await this.note(tx, key, actor, word);
    });
    return this.statements.detail(actor, franchiseeId, day);
  }

  private async linesOf(actor: Desk, key: StatementKey): Promise<LineRef[]> {
    const { stores } = await this.statements.day(actor, key.franchiseeId, key.day);
    return stores.flatMap(({ storeId, entries }) => entries.map(({ seq }) => ({ storeId, seq })));
  }

  /** Without lines it is the whole day that is meant, as far as it is not paid. */
  private async dispute(tx: Tx, key: StatementKey, all: readonly LineRef[], named?: readonly LineRef[]): Promise<void> {
    const known = new Set(all.map(nameOf));
    if (named?.some((line) => !known.has(nameOf(line)))) throw refuseSettlement('STATEMENT_LINE');
    const paid = await this.payouts.paidLines(tx, key.brandId, key.franchiseeId, key.day);
    if (named?.some((line) => paid.has(nameOf(line)))) throw refuseSettlement('STATEMENT_LINE_PAID');
    const lines = named ?? all.filter((line) => !paid.has(nameOf(line)));
    if (lines.length === 0) throw refuseSettlement('STATEMENT_LINE_PAID');
    await this.rows.dispute(tx, key, lines);
  }

  private async answer(tx: Tx, key: StatementKey, line?: LineRef): Promise<void> {
    const isThere = await this.rows.moveDisputes(tx, key, 'ANSWERED', line ? { line } : { from: 'OPEN' });
    // An answer to everything may be added to; one to a line needs somebody who asked.
    if (line && !isThere && !(await this.isDisputed(tx, key, line))) throw refuseSettlement('STATEMENT_LINE');
  }

  private async isDisputed(tx: Tx, key: StatementKey, line: LineRef): Promise<boolean> {
    const disputes = await this.rows.disputes(tx, key);
    return disputes.some((one) => nameOf(one) === nameOf(line) && one.state !== 'SETTLED');
  }

  private async note(tx: Tx, key: StatementKey, { userId, name }: Desk, word: Word): Promise<void> {
    const note = 'note' in word ? word.note.trim() : '';
    const about = word.act === 'DISPUTE' ? word.lines : word.act === 'ANSWER' && word.line ? [word.line] : undefined;
    const step = { act: word.act, userId, name, note };
    const steps = about?.map((line) => ({ ...step, line, id: this.ids.next() })) ?? [{ ...step, id: this.ids.next() }];
    await this.rows.note(tx, key, steps);
  }
}
