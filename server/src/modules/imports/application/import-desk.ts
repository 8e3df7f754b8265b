import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { BodyOf, consoleRoutes, ImportJob, QueryOf } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Wake } from '../../../platform/platform.module.js';
import { OldMembers } from '../../members/index.js';
import { guessMapping, mappingProblem, ownCells, plainHead } from '../domain/guess-mapping.js';
import {
  DEFAULT_OPTIONS,
  type ImportState,
  type JobId,
  type Mapping,
  NO_COUNTS,
  type Options,
} from '../domain/import-types.js';
import { type Job, JobStore } from '../persistence/job.store.js';
import { RowStore } from '../persistence/row.store.js';
import { Plans } from './plans.js';
import { readTable, refuseImport } from './read-table.js';
import { RunImports } from './run-imports.js';

const HEAD_ROWS = 8;
const PAGE = 20;
type Hq = Extract<Actor, { kind: 'hq' }>;

/** The parts that the desk's acts share, in one place to keep constructors short. */
@Injectable()
export class ImportParts {
  readonly jobs = new JobStore();
  readonly rows = new RowStore();

  constructor(
    @Inject(Database) readonly database: Database,
    @Inject(UnitOfWork) readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) readonly ids: IdSource,
    @Inject(Clock) readonly clock: Clock,
    @Inject(Plans) readonly plans: Plans,
    @Inject(Wake) readonly wake: Wake,
    @Inject(OldMembers) readonly old: OldMembers,
  ) {}
}

/** What people at headquarters do with a file: upload, map, try, run, look at failed rows, undo. */
@Injectable()
export class ImportDesk {
  constructor(
    @Inject(ImportParts) private readonly parts: ImportParts,
    @Inject(RunImports) private readonly runner: RunImports,
  ) {}

  /**
   * Begins an upload. The same file goes on where its upload stopped; one that is imported is refused by name.
   * @throws AppError IMPORT_KNOWN, NOT_FOUND for an unknown parent
   */
  async open(actor: Hq, wish: BodyOf<typeof consoleRoutes.openImport>): Promise<ImportJob> {
    const { database, jobs, ids, unitOfWork, plans } = this.parts;
    const { brandId } = actor;
    const known = await jobs.ofFile(database, brandId, wish.kind, wish.sha256);
    const done = known.find((one) => one.state === 'DONE' || one.state === 'RUNNING' || one.state === 'UNDOING');
    if (done) throw refuseImport('IMPORT_KNOWN', { id: done.id }, `这个文件已经导入过了（${done.fileName}）`);
    const open = known.find((one) => one.state !== 'UNDONE' && one.parentId === (wish.parentId ?? null));
    if (open) return this.view(open);
    const parent = wish.parentId ? await jobs.find(database, brandId, wish.parentId as JobId) : null;
    if (wish.parentId && (parent?.kind !== wish.kind || parent.state !== 'DONE')) throw refuse('NOT_FOUND');
    const id = ids.next<'import'>();
    const options = parent?.options ?? { ...DEFAULT_OPTIONS, ...plans.of(wish.kind).options };
    await unitOfWork.run('imports.open', (tx) =>
      jobs.insert(tx, {
        brandId,
        id,
        rootId: parent?.rootId ?? id,
        parentId: parent?.id ?? null,
        kind: wish.kind,
        options,
        fileName: wish.fileName,
        bytes: wish.bytes,
        sha256: wish.sha256,
        state: 'UPLOADING',
        nextPart: 0,
        receivedBytes: 0,
        mapping: null,
        headHash: null,
        nextRow: 0,
        totalRows: null,
        counts: NO_COUNTS,
        settleAfter: '0',
        problem: null,
        createdBy: actor.name,
        createdAt: tx.now,
        finishedAt: null,
        undoUntil: null,
        undoKept: 0,
      }),
    );
    return this.one(brandId, id);
  }

  /**
   * Takes the next part; one that is there already changes nothing. The last part closes the upload when the bytes are
   * those that were announced.
   * @throws AppError IMPORT_PART, IMPORT_HASH, IMPORT_STATE
   */
  async putPart(brandId: BrandId, id: JobId, part: number, data: Buffer): Promise<ImportJob> {
    const { unitOfWork, jobs } = this.parts;
    const isLast = await unitOfWork.run('imports.part', async (tx) => {
      const job = await jobs.find(tx, brandId, id, true);
      if (!job) throw refuse('NOT_FOUND');
      if (part < job.nextPart) return false;
      if (job.state !== 'UPLOADING') throw refuseImport('IMPORT_STATE');
      const receivedBytes = job.receivedBytes + data.length;
      if (part !== job.nextPart || receivedBytes > job.bytes || data.length === 0) throw refuseImport('IMPORT_PART');
      await jobs.putPart(tx, brandId, id, part, data);
      await jobs.change(tx, job, { nextPart: part + 1, receivedBytes });
      return receivedBytes === job.bytes;
    });
    if (isLast) await this.close(await this.load(brandId, id));
    return this.one(brandId, id);
  }

  private async close(job: Job): Promise<void> {
    const hash = createHash('sha256');
    for await (const part of this.runner.bytes(job)) hash.update(part);
    if (hash.digest('hex') === job.sha256) {
      await this.parts.jobs.change(this.parts.database, job, { state: 'MAPPING' });
      return;
    }
    await this.parts.unitOfWork.run('imports.damaged', (tx) => this.parts.jobs.drop(tx, job.brandId, job.id));
    throw refuseImport('IMPORT_HASH');
  }

  /** Columns, first rows and the mapping that fits: one that was kept for the same columns, else by their names. */
  async head(brandId: BrandId, id: JobId) {
    const { jobs, database, plans } = this.parts;
    const job = await this.load(brandId, id);
    if (job.state === 'UPLOADING') throw refuseImport('IMPORT_STATE');
    const { columns, rows } = await this.firstRows(job);
    const plan = plans.of(job.kind);
    const saved = await jobs.savedMapping(database, brandId, job.kind, headHashOf(columns));
    return {
      columns,
      rows,
      fields: plan.fields.map(({ name, label, hint, isRequired }) => ({ name, label, hint, isRequired })),
      guess: { ...(job.mapping ?? saved?.mapping ?? guessMapping(plan.fields, columns)) },
      options: job.mapping ? job.options : (saved?.options ?? { ...job.options, ...guessUnit(columns) }),
      isGuessSaved: saved !== null,
    };
  }

  private async firstRows(job: Job): Promise<{ columns: string[]; rows: string[][] }> {
    const rows: string[][] = [];
    const table = readTable(this.runner.bytes(job));
    for await (const cells of table) {
      rows.push(cells);
      if (rows.length > HEAD_ROWS) break;
    }
    const [head = [], ...more] = rows;
    const columns = ownCells(head, head);
    if (columns.length === 0 || columns.length > 200) throw refuseImport('IMPORT_FILE');
    return { columns, rows: more.map((cells) => ownCells(head, cells)) };
  }

  /** Keeps the mapping and tries the file. @throws AppError IMPORT_MAPPING with what is missing, IMPORT_STATE */
  async check(actor: Hq, id: JobId, mapping: Mapping, options: Options): Promise<ImportJob> {
    const { brandId } = actor;
    const { jobs, unitOfWork, plans, old } = this.parts;
    const job = await this.in(brandId, id, ['MAPPING', 'CHECKED', 'FAILED']);
    if (job.nextRow > 0 && job.state === 'FAILED' && job.totalRows !== null) throw refuseImport('IMPORT_STATE');
    const { columns } = await this.firstRows(job);
    const problem = mappingProblem(plans.of(job.kind).fields, mapping, columns.length);
    if (problem) throw refuseImport('IMPORT_MAPPING', undefined, problem);
    await old.prepare(brandId);
    await unitOfWork.run('imports.check', async (tx) => {
      await this.lock(tx, brandId, id, ['MAPPING', 'CHECKED', 'FAILED']);
      const headHash = headHashOf(columns);
      await jobs.saveMapping(tx, job, headHash, mapping, options);
      await jobs.change(tx, job, { state: 'CHECKING', mapping, options, headHash, totalRows: null, problem: null });
    });
    this.parts.wake.sweep('imports.run');
    return this.one(brandId, id);
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
    return this.one(brandId, id);
  }

  /** @throws AppError IMPORT_UNDO_LATE, IMPORT_STATE; a correction goes back with the file that it corrects */
  async undo(actor: Hq, id: JobId): Promise<ImportJob> {
    const { brandId } = actor;
    const { jobs, unitOfWork, clock } = this.parts;
    const job = await this.in(brandId, id, ['DONE']);
    if (job.parentId)
      throw refuseImport('IMPORT_STATE', { rootId: job.rootId }, '这是一次更正，请撤销最初那次导入，更正会一起撤回');
    if (job.undoUntil === null || clock.date() > job.undoUntil) throw refuseImport('IMPORT_UNDO_LATE');
    await unitOfWork.run('imports.undo-wanted', async (tx) => {
      await this.lock(tx, brandId, id, ['DONE']);
      await jobs.change(tx, job, { state: 'UNDOING', undoKept: 0 });
      await this.parts.rows.clearIssues(tx, job);
    });
    this.parts.wake.sweep('imports.run');
    return this.one(brandId, id);
  }

  async drop(actor: Hq, id: JobId): Promise<{ ok: true }> {
    await this.parts.unitOfWork.run('imports.drop', async (tx) => {
      const job = await this.lock(tx, actor.brandId, id, ['UPLOADING', 'MAPPING', 'CHECKED', 'FAILED']);
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
      (row) => this.view(row),
      (row) => makeCursor(row.id),
    );
  }

  async issues(brandId: BrandId, id: JobId, query: QueryOf<typeof consoleRoutes.importIssues>) {
    await this.load(brandId, id);
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

  async one(brandId: BrandId, id: JobId): Promise<ImportJob> {
    return this.view(await this.load(brandId, id));
  }

  private async load(brandId: BrandId, id: JobId): Promise<Job> {
    const job = await this.parts.jobs.find(this.parts.database, brandId, id);
    if (!job) throw refuse('NOT_FOUND');
    return job;
  }

  /** The same under its lock, so that nobody begins to import what somebody else maps anew, drops or takes back. */
  private async lock(tx: Tx, brandId: BrandId, id: JobId, states: readonly ImportState[]): Promise<Job> {
    const job = await this.parts.jobs.find(tx, brandId, id, true);
    if (!job) throw refuse('NOT_FOUND');
    if (!states.includes(job.state)) throw refuseImport('IMPORT_STATE');
    return job;
  }

  private async in(brandId: BrandId, id: JobId, states: readonly ImportState[]): Promise<Job> {
    const job = await this.load(brandId, id);
    if (!states.includes(job.state)) throw refuseImport('IMPORT_STATE');
    return job;
  }

  private view(job: Job): ImportJob {
    const { id, kind, fileName, state, bytes, receivedBytes, totalRows, counts, mapping, options, problem, parentId } =
      job;
    return {
      id,
      kind,
      fileName,
      state,
      bytes,
      receivedBytes,
      totalRows,
      counts,
      options,
      problem,
      parentId,
      kindName: this.parts.plans.of(kind).name,
      stateText: STATE_TEXT[state],
      readRows: job.nextRow,
      mapping: mapping && { ...mapping },
      createdBy: job.createdBy,
      createdAt: job.createdAt.toISOString(),
      finishedAt: job.finishedAt?.toISOString() ?? null,
      undoUntil: state === 'DONE' && job.parentId === null ? (job.undoUntil?.toISOString() ?? null) : null,
      undoKept: job.undoKept,
    };
  }
}

const STATE_TEXT: Record<ImportState, string> = {
  UPLOADING: '上传中',
  MAPPING: '等待对应列',
  CHECKING: '试算中',
  CHECKED: '等待导入',
  RUNNING: '导入中',
  DONE: '已完成',
  FAILED: '中断',
  UNDOING: '撤销中',
  UNDONE: '已撤销',
};

/** The same columns in the same order, whatever a list of failed rows has added. */
const headHashOf = (columns: readonly string[]): string =>
  createHash('sha256').update(columns.map(plainHead).join('\n')).digest('hex');

/** A column that says fen or pence tells the unit; otherwise people write yuan. */
const guessUnit = (columns: readonly string[]): Partial<Options> =>
  columns.some((one) => /pence|cents|（分）|\(分\)|_fen$/i.test(one)) ? { moneyUnit: 'FEN' } : {};
