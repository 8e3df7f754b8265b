import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { BrandId } from '@shuke/shared/kernel';
import { guessMapping, ownCells, plainHead } from '../domain/guess-mapping.js';
import type { JobId, Options } from '../domain/import-types.js';
import type { Job } from '../persistence/job-row.js';
import { ImportParts } from './import-parts.js';
import { JobFiles } from './job-files.js';
import { readTable, refuseImport } from './read-table.js';

const HEAD_ROWS = 8;

/** What a person looks at to say which column is what. */
@Injectable()
export class ReadHead {
  constructor(
    @Inject(ImportParts) private readonly parts: ImportParts,
    @Inject(JobFiles) private readonly files: JobFiles,
  ) {}

  /** Columns, first rows and the mapping that fits: one that was kept for the same columns, else by their names. */
  async run(brandId: BrandId, id: JobId) {
    const { jobs, database, plans } = this.parts;
    const job = await this.parts.load(brandId, id);
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

  /** The columns of an uploaded file and its first rows. @throws AppError IMPORT_FILE */
  async firstRows(job: Job): Promise<{ columns: string[]; rows: string[][] }> {
    const rows: string[][] = [];
    const table = readTable(this.files.bytes(job));
    for await (const cells of table) {
      rows.push(cells);
      if (rows.length > HEAD_ROWS) break;
    }
    const [head = [], ...more] = rows;
    const columns = ownCells(head, head);
    if (columns.length === 0 || columns.length > 200) throw refuseImport('IMPORT_FILE');
    return { columns, rows: more.map((cells) => ownCells(head, cells)) };
  }
}

/** The same columns in the same order, whatever a list of failed rows has added. */
export const headHashOf = (columns: readonly string[]): string =>
  createHash('sha256').update(columns.map(plainHead).join('\n')).digest('hex');

/** A column that says fen or pence tells the unit; otherwise people write yuan. */
const guessUnit = (columns: readonly string[]): Partial<Options> =>
  columns.some((one) => /pence|cents|（分）|\(分\)|_fen$/i.test(one)) ? { moneyUnit: 'FEN' } : {};
