import { Inject, Injectable } from '@nestjs/common';
import type { consoleRoutes, ImportJob, QueryOf } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { mappingProblem } from '../domain/guess-mapping.js';
import { type JobId, type Mapping, NO_COUNTS, type Options } from '../domain/import-types.js';
import { ImportParts } from './import-parts.js';
import { headHashOf, ReadHead } from './read-head.js';
import { refuseImport } from './read-table.js';

const PAGE = 20;
type Hq = Extract<Actor, { kind: 'hq' }>;

/** What people at headquarters do with a file that is there: map and try it, run it, look at failed rows, undo it. */
@Injectable()
export class ImportDesk {
  constructor(
    @Inject(ImportParts) private readonly parts: ImportParts,
    @Inject(ReadHead) private readonly heads: ReadHead,
  ) {}

  /** Keeps the mapping and tries the file. @throws AppError IMPORT_MAPPING with what is missing, IMPORT_STATE */
  async check(actor: Hq, id: JobId, mapping: Mapping, options: Options): Promise<ImportJob> {
    const { brandId } = actor;
    const { jobs, unitOfWork, plans, old } = this.parts;
    const job = await this.parts.in(brandId, id, ['MAPPING', 'CHECKED', 'FAILED']);
    if (job.nextRow > 0 && job.state === 'FAILED' && job.totalRows !== null) throw refuseImport('IMPORT_STATE');
    const { columns } = await this.heads.firstRows(job);
    const problem = mappingProblem(plans.of(job.kind).fields, mapping, columns.length);
    if (problem) throw refuseImport('IMPORT_MAPPING', undefined, problem);
    await old.prepare(brandId);
    await unitOfWork.run('imports.check', async (tx) => {
      await this.parts.lock(tx, brandId, id, ['MAPPING', 'CHECKED', 'FAILED']);
      const headHash = headHashOf(columns);
      await jobs.saveMapping(tx, job, headHash, mapping, options);
      await jobs.change(tx, job, { state: 'CHECKING', mapping, options, headHash, totalRows: null, problem: null });
    });
    this.parts.wake.sweep('imports.run');
    return this.parts.one(brandId, id);
  }

  /** Begins to import what was tried, or goes on behind the last batch after a failure. @throws AppError IMPORT_STATE */
  async run(actor: Hq, id: JobId): Promise<ImportJob> {
    const { brandId } = actor;
    const { jobs, rows, unitOfWork, old } = this.parts;
    await old.prepare(brandId);
    await unitOfWork.run('imports.start', async (tx) => {
      const job = await jobs.find(tx, brandId, id, true);
      if (!job) throw refuse('NOT_FOUND');
      if (job.state !== 'CHECKED' && !(job.state === 'FAILED' && job.totalRows !== null))
        throw refuseImport('IMPORT_STATE');
      if (job.state === 'CHECKED') await rows.clearIssues(tx, job);
      const fresh = { nextRow: 0, counts: NO_COUNTS, settleAfter: '0' };
      await jobs.change(tx, job, { state: 'RUNNING', problem: null, ...(job.state === 'CHECKED' ? fresh : {}) });
    });
    this.parts.wake.sweep('imports.run');
    return this.parts.one(brandId, id);
  }

  /** @throws AppError IMPORT_UNDO_LATE, IMPORT_STATE; a correction goes back with the file that it corrects */
  async undo(actor: Hq, id: JobId): Promise<ImportJob> {
    const { brandId } = actor;
    const { jobs, unitOfWork, clock } = this.parts;
    const job = await this.parts.in(brandId, id, ['DONE']);
    if (job.parentId)
      throw refuseImport('IMPORT_STATE', { rootId: job.rootId }, '这是一次更正，请撤销最初那次导入，更正会一起撤回');
    if (job.undoUntil === null || clock.date() > job.undoUntil) throw refuseImport('IMPORT_UNDO_LATE');
    await unitOfWork.run('imports.undo-wanted', async (tx) => {
      await this.parts.lock(tx, brandId, id, ['DONE']);
      await jobs.change(tx, job, { state: 'UNDOING', undoKept: 0 });
      await this.parts.rows.clearIssues(tx, job);
    });
    this.parts.wake.sweep('imports.run');
    return this.parts.one(brandId, id);
  }

  async drop(actor: Hq, id: JobId): Promise<{ ok: true }> {
    await this.parts.unitOfWork.run('imports.drop', async (tx) => {
      const job = await this.parts.lock(tx, actor.brandId, id, ['UPLOADING', 'MAPPING', 'CHECKED', 'FAILED']);
      if (job.state === 'FAILED' && job.nextRow > 0 && job.totalRows !== null) throw refuseImport('IMPORT_STATE');
      await this.parts.jobs.drop(tx, actor.brandId, id);
    });
    return { ok: true };
  }

  async page(brandId: BrandId, query: QueryOf<typeof consoleRoutes.importJobs>) {
    const { jobs, database } = this.parts;
    const [before = null] = readCursor(query.cursor, [DIGITS]) ?? [];
    const limit = query.limit ?? PAGE;
    const rows = await jobs.page(database, brandId, query.kind ?? null, before, limit + 1);
    return pageOf(
      rows,
      limit,
      (row) => this.parts.view(row),
      (row) => makeCursor(row.id),
    );
  }

  async issues(brandId: BrandId, id: JobId, query: QueryOf<typeof consoleRoutes.importIssues>) {
    await this.parts.load(brandId, id);
    const [after = '-1'] = readCursor(query.cursor, [/^\d{1,12}$/]) ?? [];
    const limit = query.limit ?? 50;
    const { rows, database } = this.parts;
    const found = await rows.issues(database, brandId, id, query.verdict ?? null, Number(after), limit + 1);
    return pageOf(
      found,
      limit,
      (row) => row,
      (row) => makeCursor(row.row),
    );
  }

  one(brandId: BrandId, id: JobId): Promise<ImportJob> {
    return this.parts.one(brandId, id);
  }
}
