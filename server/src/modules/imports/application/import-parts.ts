import { Inject, Injectable } from '@nestjs/common';
import type { ImportJob } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Wake } from '../../../platform/platform.module.js';
import { OldMembers } from '../../members/index.js';
import type { ImportState, JobId } from '../domain/import-types.js';
import { JobStore } from '../persistence/job.store.js';
import type { Job } from '../persistence/job-row.js';
import { RowStore } from '../persistence/row.store.js';
import { importView } from './import-view.js';
import { Plans } from './plans.js';
import { refuseImport } from './read-table.js';

/** What the desk's acts share: the parts they use, in one place to keep constructors short, and how a file is found. */
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

  /** @throws AppError NOT_FOUND for another brand's */
  async load(brandId: BrandId, id: JobId): Promise<Job> {
    const job = await this.jobs.find(this.database, brandId, id);
    if (!job) throw refuse('NOT_FOUND');
    return job;
  }

  /** The same under its lock, so that nobody begins to import what somebody else maps anew, drops or takes back. */
  async lock(tx: Tx, brandId: BrandId, id: JobId, states: readonly ImportState[]): Promise<Job> {
    const job = await this.jobs.find(tx, brandId, id, true);
    if (!job) throw refuse('NOT_FOUND');
    if (!states.includes(job.state)) throw refuseImport('IMPORT_STATE');
    return job;
  }

  /** @throws AppError NOT_FOUND, IMPORT_STATE for one that is not in any of these states */
  async in(brandId: BrandId, id: JobId, states: readonly ImportState[]): Promise<Job> {
    const job = await this.load(brandId, id);
    if (!states.includes(job.state)) throw refuseImport('IMPORT_STATE');
    return job;
  }

  view(job: Job): ImportJob {
    return importView(job, this.plans.of(job.kind).name);
  }

  async one(brandId: BrandId, id: JobId): Promise<ImportJob> {
    return this.view(await this.load(brandId, id));
  }
}
