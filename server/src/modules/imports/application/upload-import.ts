import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { BodyOf, consoleRoutes, ImportJob } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DEFAULT_OPTIONS, type JobId, NO_COUNTS } from '../domain/import-types.js';
import type { Job } from '../persistence/job-row.js';
import { ImportParts } from './import-parts.js';
import { JobFiles } from './job-files.js';
import { refuseImport } from './read-table.js';

type Hq = Extract<Actor, { kind: 'hq' }>;

/** Takes a file in, part by part, so that an upload that was cut off goes on where it stopped. */
@Injectable()
export class UploadImport {
  constructor(
    @Inject(ImportParts) private readonly parts: ImportParts,
    @Inject(JobFiles) private readonly files: JobFiles,
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
    if (open) return this.parts.view(open);
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
    return this.parts.one(brandId, id);
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
    if (isLast) await this.close(await this.parts.load(brandId, id));
    return this.parts.one(brandId, id);
  }

  private async close(job: Job): Promise<void> {
    const hash = createHash('sha256');
    for await (const part of this.files.bytes(job)) hash.update(part);
    if (hash.digest('hex') === job.sha256) {
      await this.parts.jobs.change(this.parts.database, job, { state: 'MAPPING' });
      return;
    }
    await this.parts.unitOfWork.run('imports.damaged', (tx) => this.parts.jobs.drop(tx, job.brandId, job.id));
    throw refuseImport('IMPORT_HASH');
  }
}
