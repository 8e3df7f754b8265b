import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { unquoted } from '../domain/cells.js';
import { ownCells, ROW_HEAD } from '../domain/guess-mapping.js';
import type { MappedRow, Mapping } from '../domain/import-types.js';
import { JobStore } from '../persistence/job.store.js';
import type { Job } from '../persistence/job-row.js';
import { readTable } from './read-table.js';

/** The files of imports, read as a stream: as they came, or as rows whose columns have their meaning. */
@Injectable()
export class JobFiles {
  private readonly jobs = new JobStore();

  constructor(@Inject(Database) private readonly database: Database) {}

  /** The rows of a job's file behind the first `skip`, mapped. */
  async *rows(job: Job, skip: number): AsyncGenerator<MappedRow> {
    let head: string[] | null = null;
    let count = 0;
    const before = job.parentId ? await this.jobs.rowsBefore(this.database, job) : 0;
    const taken = new Set<number>();
    for await (const cells of readTable(this.bytes(job))) {
      if (head === null) {
        head = cells;
        continue;
      }
      count += 1;
      const first = job.parentId ? firstNumber(head, cells) : null;
      const isFirst = first !== null && first <= before + 1 && !taken.has(first);
      if (isFirst) taken.add(first);
      const row = isFirst ? first : before + count + 1;
      if (count > skip) yield mappedRow(head, cells, row, job.mapping ?? {});
    }
  }

  /** The parts of a job's file. */
  async *bytes(job: Job): AsyncGenerator<Buffer> {
    for (let part = 0; part < job.nextPart; part += 1) {
      const data = await this.jobs.part(this.database, job.brandId, job.id, part);
      if (!data) return;
      yield data;
    }
  }
}

/** The number that a row of a list of failed rows had when it first came. */
function firstNumber(head: readonly string[], cells: readonly string[]): number | null {
  const numbered = head.indexOf(ROW_HEAD);
  const first = numbered < 0 ? Number.NaN : Number(cells[numbered]);
  return Number.isSafeInteger(first) && first > 1 ? first : null;
}

/**
 * Rows are numbered as a spreadsheet shows them, the head being row 1. A list of failed rows that comes back carries the
 * rows' first numbers; a row that somebody added or copied there counts on behind all rows so far, so that no number is
 * two rows'. Columns count without what the list added.
 */
function mappedRow(head: readonly string[], cells: readonly string[], row: number, mapping: Mapping): MappedRow {
  const plain = ownCells(head, cells);
  return {
    row,
    cells: plain,
    of: (field) => unquoted(plain[mapping[field] ?? -1] ?? ''),
  };
}
