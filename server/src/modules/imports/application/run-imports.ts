import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DAY_MS } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { log } from '../../../platform/observability/log.js';
import { countsWith, type Judged, type MappedRow, NO_COUNTS } from '../domain/import-types.js';
import { JobStore } from '../persistence/job.store.js';
import type { Job } from '../persistence/job-row.js';
import { RowStore } from '../persistence/row.store.js';
import type { ImportPlan, Work } from './import-plan.js';
import { JobFiles } from './job-files.js';
import { Plans } from './plans.js';
import { SeenRows } from './seen-rows.js';

const afterBatch = declareFailpoint('imports.after-batch');
const LEASE_MS = 30_000;
/** A sweep gives way to others after so long and goes on in its next turn. */
const SLICE_MS = 4000;
const MEMBERS_PER_BATCH = 300;
const EFFECTS_PER_BATCH = 300;
const EXAMPLES = 20;
const UNDO_DAYS = 7;

/** A file that is being read, kept between slices so that it is not read from its beginning each time. */
interface Pass {
  state: Job['state'];
  rows: AsyncGenerator<MappedRow>;
  seen: Map<string, string>;
  examples: Map<string, number>;
}

/**
 * Does what imports are waiting for: tries files, imports them, takes them back. Every batch commits together with how
 * far the file was read, so whoever is killed is followed by somebody who goes on behind the last batch.
 */
@Injectable()
export class RunImports implements OnModuleInit {
  private readonly jobs = new JobStore();
  private readonly rows = new RowStore();
  private readonly owner = randomUUID();
  private readonly passes = new Map<string, Pass>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Plans) private readonly plans: Plans,
    @Inject(JobFiles) private readonly files: JobFiles,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'imports.run', everyMs: 1000, run: () => this.run() });
    registerSweep({
      name: 'imports.forget-files',
      everyMs: 3_600_000,
      run: () => this.jobs.forgetFiles(this.database, new Date(this.clock.now() - (UNDO_DAYS + 1) * DAY_MS)),
    });
  }

  /** Works on one import for a slice of time. @returns how many batches were done */
  async run(): Promise<number> {
    const job = await this.jobs.claimable(this.database, this.owner, this.clock.date());
    if (!job || !(await this.renew(job))) return 0;
    const end = performance.now() + SLICE_MS;
    let done = 0;
    try {
      do {
        done += 1;
        if (!(await this.step(job))) break;
      } while (performance.now() < end);
    } catch (error) {
      this.passes.delete(job.id);
      await this.fail(job, error as Error);
    }
    return done;
  }

  private renew(job: Job): Promise<boolean> {
    const now = this.clock.date();
    return this.jobs.lease(this.database, job, this.owner, now, new Date(now.getTime() + LEASE_MS));
  }

  /** A refusal is the file's; anything else may pass, so the import goes on from its last batch when it is run again. */
  private async fail(job: Job, error: Error): Promise<void> {
    const problem = error instanceof AppError ? error.message : '处理时出错了，可以再试一次；已完成的部分不会重复';
    log.warn({ job: job.id, error: error.message }, 'an import stopped');
    await this.jobs.change(this.database, job, { state: 'FAILED', problem });
  }

  /** @returns whether there is more to do */
  private async step(known: Job): Promise<boolean> {
    const job = await this.jobs.find(this.database, known.brandId, known.id);
    if (!job || !(await this.renew(job))) return false;
    const plan = this.plans.of(job.kind);
    if (job.state === 'UNDOING') return this.undoBatch(job, plan);
    if (job.state === 'RUNNING' && job.totalRows !== null && job.nextRow >= job.totalRows)
      return this.settleBatch(job, plan);
    let pass = this.passes.get(job.id);
    if (pass?.state !== job.state) {
      if (job.state === 'CHECKING') await this.startTrial(job);
      const skip = job.state === 'CHECKING' ? 0 : job.nextRow;
      const isRead = job.state === 'RUNNING' && skip > 0 && plan.looksBack === true;
      const rows = this.files.rows(job, isRead ? 0 : skip);
      pass = { state: job.state, rows, seen: new Map(), examples: new Map() };
      if (isRead) await this.lookBack(job, plan, pass);
      this.passes.set(job.id, pass);
      if (job.state === 'CHECKING') return true;
    }
    const batch = await take(pass.rows, plan.rowsPerBatch);
    if (batch.length > 0 && job.state === 'CHECKING') await this.tryBatch(job, plan, pass, batch);
    else if (batch.length > 0 && !(await this.writeBatch(job, plan, pass, batch))) {
      // Another process went on with this file; what it wrote is behind the cursor.
      this.passes.delete(job.id);
      return true;
    }
    if (batch.length === plan.rowsPerBatch) return true;
    this.passes.delete(job.id);
    await this.finishReading(job, plan);
    return job.state === 'RUNNING';
  }

  private async startTrial(job: Job): Promise<void> {
    await this.rows.clearIssues(this.database, job);
    await this.jobs.change(this.database, job, { nextRow: 0, totalRows: null, counts: NO_COUNTS, problem: null });
  }

  private async finishReading(job: Job, plan: ImportPlan): Promise<void> {
    const read = await this.jobs.find(this.database, job.brandId, job.id);
    const totalRows = read?.nextRow ?? 0;
    if (job.state === 'CHECKING') {
      await this.jobs.change(this.database, job, { state: 'CHECKED', totalRows });
      return;
    }
    await this.unitOfWork.run('imports.read', async (tx) => {
      await this.jobs.change(tx, job, { totalRows });
      await plan.readWhole?.(this.work(job, new Map()), tx);
    });
  }

  private async tryBatch(job: Job, plan: ImportPlan, pass: Pass, batch: readonly MappedRow[]): Promise<void> {
    const judged = await plan.judge(this.work(job, pass.seen), this.database, batch);
    const shown = judged.filter((one) => {
      if (one.verdict === 'ERROR' || one.verdict === 'CONFLICT') return true;
      // It will be imported, and somebody should look at it first.
      if (one.verdict === 'NEW' && one.problem !== '') return true;
      const count = (pass.examples.get(one.verdict) ?? 0) + 1;
      pass.examples.set(one.verdict, count);
      return count <= EXAMPLES;
    });
    await this.unitOfWork.run('imports.try', async (tx) => {
      await this.rows.addIssues(tx, job, shown);
      await this.advance(tx, job, judged);
    });
  }

  /** Reads what is imported already once more, so that the rest is judged as if nothing had stopped it. */
  private async lookBack(job: Job, plan: ImportPlan, { rows, seen }: Pass): Promise<void> {
    for (let left = job.nextRow; left > 0; left -= plan.rowsPerBatch) {
      const batch = await take(rows, Math.min(left, plan.rowsPerBatch));
      await plan.judge(this.work(job, seen), this.database, batch);
      await this.renew(job);
    }
  }

  private async writeBatch(job: Job, plan: ImportPlan, pass: Pass, batch: readonly MappedRow[]): Promise<boolean> {
    let seen = new SeenRows(pass.seen);
    const isMine = await this.unitOfWork.run('imports.batch', async (tx) => {
      const locked = await this.jobs.find(tx, job.brandId, job.id, true);
      if (locked?.state !== 'RUNNING' || locked.nextRow !== job.nextRow) return false;
      // A transaction that runs again has seen nothing yet.
      seen = new SeenRows(pass.seen);
      const work = this.work(locked, seen);
      const judged = await plan.judge(work, tx, batch);
      const wanted = judged.filter((one) => one.verdict === 'NEW' || one.verdict === 'UPDATE');
      const effects = wanted.length > 0 ? await plan.write(work, tx, wanted) : [];
      await this.rows.addEffects(tx, locked, effects);
      const failed = judged.filter((one) => one.verdict === 'ERROR' || one.verdict === 'CONFLICT');
      await this.rows.addIssues(tx, locked, failed);
      await this.advance(tx, locked, judged);
      return true;
    });
    seen.keep();
    afterBatch();
    return isMine;
  }

  private async advance(on: Parameters<JobStore['change']>[0], job: Job, judged: readonly Judged[]): Promise<void> {
    const counts = countsWith(job.counts, judged);
    await this.jobs.change(on, job, { counts, nextRow: job.nextRow + judged.length });
  }

  private async settleBatch(job: Job, plan: ImportPlan): Promise<boolean> {
    const members = plan.settle ? await this.rows.owners(this.database, job, job.settleAfter, MEMBERS_PER_BATCH) : [];
    if (members.length === 0) {
      const finishedAt = this.clock.date();
      const undoUntil = new Date(finishedAt.getTime() + UNDO_DAYS * DAY_MS);
      await this.jobs.change(this.database, job, { state: 'DONE', problem: null, finishedAt, undoUntil });
      return false;
    }
    await this.unitOfWork.run('imports.settle', async (tx) => {
      const effects = (await plan.settle?.(this.work(job, new Map()), tx, members)) ?? [];
      await this.rows.addEffects(tx, job, effects);
      await this.jobs.change(tx, job, { settleAfter: members.at(-1) as string });
    });
    return true;
  }

  private async undoBatch(job: Job, plan: ImportPlan): Promise<boolean> {
    for (const kind of plan.undoOrder) {
      const effects = await this.rows.open(this.database, job, kind, EFFECTS_PER_BATCH);
      if (effects.length === 0) continue;
      await this.unitOfWork.run('imports.undo', async (tx) => {
        const kept = await plan.undo(this.work(job, new Map()), tx, kind, effects);
        await this.rows.keepReasons(tx, job, kept);
        await this.rows.markUndone(tx, job, kind, effects);
        await this.jobs.change(tx, job, { undoKept: job.undoKept + kept.length });
      });
      return true;
    }
    await this.jobs.undone(this.database, job, this.clock.date());
    return false;
  }

  private work(job: Job, seen: Map<string, string>): Work {
    return { brandId: job.brandId, job, options: job.options, seen };
  }
}

async function take<T>(rows: AsyncGenerator<T>, count: number): Promise<T[]> {
  const batch: T[] = [];
  while (batch.length < count) {
    const next = await rows.next();
    if (next.done) break;
    batch.push(next.value);
  }
  return batch;
}
