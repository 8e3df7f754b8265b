import { Inject, Injectable } from '@nestjs/common';
import type { StatementDetail } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Organization } from '../../organization/index.js';
import { afterAct, type StatementAct } from '../domain/statement-life.js';
import { StatementStore } from '../persistence/statement.store.js';
import { refuseSettlement } from './settlement-errors.js';
import { Statements } from './statements.js';

/** What happens to a statement after it is published (product.md S6): confirmed, or disputed, answered and confirmed. */
@Injectable()
export class StatementLife {
  private readonly rows = new StatementStore();

  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Statements) private readonly statements: Statements,
  ) {}

  /**
   * Keeps the act with its words and moves the state; the figures and their proof never change.
   * @throws AppError NOT_FOUND for a franchisee outside the scope, STATEMENT_STATE where the act has no place
   */
  async act(
    actor: Desk,
    franchiseeId: Id<'franchisee'>,
    day: string,
    act: StatementAct,
    note: string,
  ): Promise<StatementDetail> {
    const { brandId, userId, name } = actor;
    const isOther = actor.kind === 'franchisee' && actor.franchiseeId !== franchiseeId;
    if (isOther || !(await this.organization.franchisee(brandId, franchiseeId))) throw refuse('NOT_FOUND');
    const key = { brandId, franchiseeId, day };
    await this.unitOfWork.run('statement act', async (tx) => {
      const next = afterAct(await this.rows.lock(tx, key), act);
      if (!next) throw refuseSettlement('STATEMENT_STATE');
      await this.rows.setState(tx, key, next);
      await this.rows.note(tx, key, { id: this.ids.next(), act, userId, name, note: note.trim() });
    });
    return this.statements.detail(actor, franchiseeId, day);
  }
}
