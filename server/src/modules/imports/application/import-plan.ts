import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Effect, Field, ImportKind, Judged, MappedRow, Options } from '../domain/import-types.js';
import type { Job } from '../persistence/job-row.js';

/** What a plan knows while it works on a file. */
export interface Work {
  brandId: BrandId;
  job: Job;
  options: Options;
  /** What rows before this one said, by key. */
  seen: Map<string, string>;
}

/** How files of one kind are read, judged, written and taken back. */
export interface ImportPlan {
  kind: ImportKind;
  name: string;
  fields: readonly Field[];
  options?: Partial<Options>;
  rowsPerBatch: number;
  /** Its verdicts depend on rows before, so an import that goes on has to look at those again. */
  looksBack?: boolean;
  /** Kinds of effects in the order in which they are taken back. */
  undoOrder: readonly string[];
  /** Says what would become of each row; reads only. */
  judge(work: Work, on: Queryable, rows: readonly MappedRow[]): Promise<Judged[]>;
  /** Writes rows that are new or changed. */
  write(work: Work, tx: Tx, judged: readonly Judged[]): Promise<Effect[]>;
  /** All rows of the file are written. */
  readWhole?(work: Work, tx: Tx): Promise<void>;
  /** After all rows, for the people whom they touched. */
  settle?(work: Work, tx: Tx, members: readonly MemberId[]): Promise<Effect[]>;
  /** Takes effects of one kind back. @returns those that stay, and why */
  undo(work: Work, tx: Tx, kind: string, effects: readonly Effect[]): Promise<{ row: number; reason: string }[]>;
}

export const field = (
  name: string,
  label: string,
  aliases: readonly string[],
  more: { isRequired?: boolean; hint?: string } = {},
): Field => ({ name, label, aliases, isRequired: more.isRequired ?? false, hint: more.hint ?? '' });
