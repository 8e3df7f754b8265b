import type { Id, MemberId } from '@shuke/shared/kernel';

export type ImportKind = 'MEMBERS' | 'ORDERS' | 'PRODUCTS' | 'STOCK' | 'BALANCES';
export type ImportState =
  | 'UPLOADING'
  | 'MAPPING'
  | 'CHECKING'
  | 'CHECKED'
  | 'RUNNING'
  | 'DONE'
  | 'FAILED'
  | 'UNDOING'
  | 'UNDONE';
export type Verdict = 'NEW' | 'UPDATE' | 'REPEATED' | 'CONFLICT' | 'ERROR';
export type JobId = Id<'import'>;

/** Which column of the file fills which field. */
export type Mapping = Readonly<Record<string, number>>;
export interface Options {
  moneyUnit: 'YUAN' | 'FEN';
  cardPrefix: string;
  shiftDays: number;
  givesPoints: boolean;
}
export const DEFAULT_OPTIONS: Options = { moneyUnit: 'YUAN', cardPrefix: '', shiftDays: 0, givesPoints: false };

/** A field of a kind: what it is called, and what files call it. */
export interface Field {
  name: string;
  label: string;
  hint: string;
  isRequired: boolean;
  /** Lower-case heads that mean this field. */
  aliases: readonly string[];
}

/** A row with its cells by field. `row` counts from 1 behind the head, in the first file of a chain of corrections. */
export interface MappedRow {
  row: number;
  cells: readonly string[];
  of(field: string): string;
}
export interface Judged<Draft = unknown> {
  row: MappedRow;
  verdict: Verdict;
  problem: string;
  draft: Draft | null;
}

/** Something that an import made or changed. */
export interface Effect {
  kind: string;
  subjectId: string;
  row: number;
  ownerId: MemberId | null;
  before: Record<string, unknown> | null;
}
export interface Counts {
  new: number;
  update: number;
  repeated: number;
  conflict: number;
  error: number;
}
export const NO_COUNTS: Counts = { new: 0, update: 0, repeated: 0, conflict: 0, error: 0 };

const COUNT_OF: Record<Verdict, keyof Counts> = {
  NEW: 'new',
  UPDATE: 'update',
  REPEATED: 'repeated',
  CONFLICT: 'conflict',
  ERROR: 'error',
};

/** Counts with those of some judged rows added. */
export function countsWith(counts: Counts, judged: readonly { verdict: Verdict }[]): Counts {
  const sum = { ...counts };
  for (const { verdict } of judged) sum[COUNT_OF[verdict]] += 1;
  return sum;
}

export const problemOf = <Draft>(row: MappedRow, problem: string): Judged<Draft> => ({
  row,
  verdict: 'ERROR',
  problem,
  draft: null,
});
