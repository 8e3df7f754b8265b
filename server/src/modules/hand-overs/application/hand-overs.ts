import { Inject, Injectable } from '@nestjs/common';
import type { HandOverView } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import type { Guide } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { mayUndo, Organization, undoRefusal, undoUntil } from '../../organization/index.js';
import { type HandOver, type HandOverKind, HandOverStore } from '../persistence/hand-over.store.js';
import { refuseHandOver } from './hand-over-errors.js';
import { UndoWays } from './undo-ways.js';

const PAGE = 20;
interface PageQuery {
  subjectId?: string;
  cursor?: string;
  limit?: number;
}

/** Everything that guides gave to customers against a code, and the way back while nothing stands on it. */
@Injectable()
export class HandOvers {
  private readonly rows = new HandOverStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Notes who handed over, in the transaction that does it. */
  async note(
    tx: Tx,
    { brandId, guideId, storeId }: Guide,
    what: { kind: HandOverKind; subjectId: Id; subjectNo: string; title: string },
  ): Promise<void> {
    await this.rows.insert(tx, { brandId, id: this.ids.next<'hand-over'>(), ...what, guideId, storeId });
  }

  /** What the guide's store handed over, newest first; with `subjectId` only of one order or exchange. */
  async page(actor: Guide, query: PageQuery) {
    const limit = query.limit ?? PAGE;
    const [before = null] = readCursor(query.cursor, [DIGITS]) ?? [];
    const filter = { storeId: actor.storeId, subjectId: query.subjectId ?? null, before };
    const rows = await this.rows.list(this.database, actor.brandId, filter, limit + 1);
    const view = await this.viewFor(actor);
    return pageOf(rows, limit, view, (row) => makeCursor(row.id));
  }

  /**
   * Takes what was handed over back into waiting: whoever handed it over within the brand's minutes, afterwards the store's manager.
   * @throws AppError NOT_FOUND outside the guide's store, UNDO_NOT_ALLOWED, ALREADY_UNDONE, UNDO_NOT_POSSIBLE
   */
  async undo(actor: Guide, id: Id, reason: string): Promise<HandOverView> {
    const { brandId } = actor;
    const { undoMinutes } = await this.organization.brand(brandId);
    await this.unitOfWork.run('undo a hand-over', async (tx) => {
      const handed = await this.own(actor, await this.rows.find(tx, brandId, id));
      if (handed.undoneAt) throw refuseHandOver('ALREADY_UNDONE');
      if (!mayUndo(actor, handed, undoMinutes, tx.now))
        throw refuseHandOver('UNDO_NOT_ALLOWED', { minutes: undoMinutes }, undoRefusal(undoMinutes));
      // Of two who undo the same one waits here for the other and then finds nothing left to undo.
      if (!(await this.rows.undo(tx, handed, actor.guideId, reason))) throw refuseHandOver('ALREADY_UNDONE');
      const store = await this.organization.store(brandId, handed.storeId);
      if (store?.status !== 'OPEN')
        throw refuseHandOver('UNDO_NOT_POSSIBLE', undefined, '这家门店正在闭店，货要退的话请走退货');
      await UndoWays.of(handed.kind)(tx, handed, reason);
    });
    const undone = await this.own(actor, await this.rows.find(this.database, brandId, id));
    return (await this.viewFor(actor))(undone);
  }

  private async own(actor: Guide, found: HandOver | null): Promise<HandOver> {
    if (found?.storeId !== actor.storeId) throw refuse('NOT_FOUND');
    return found;
  }

  /** How a guide sees hand-overs. */
  private async viewFor(actor: Guide): Promise<(row: HandOver) => HandOverView> {
    const names = new Map((await this.organization.guides(actor.brandId)).map((guide) => [guide.id, guide.name]));
    const { undoMinutes } = await this.organization.brand(actor.brandId);
    return (row) => ({
      id: row.id,
      kind: row.kind,
      subjectId: row.subjectId,
      subjectNo: row.subjectNo,
      title: row.title,
      guideName: names.get(row.guideId) ?? null,
      at: row.at.toISOString(),
      state: row.undoneAt ? 'UNDONE' : 'DONE',
      stateText: row.undoneAt ? '已撤销' : '已交付',
      undoReason: row.undoReason,
      canUndo: row.undoneAt === null && mayUndo(actor, row, undoMinutes, this.clock.date()),
      undoUntil: row.undoneAt ? null : undoUntil(row, undoMinutes).toISOString(),
    });
  }
}
