import { type Static, Type } from '@sinclair/typebox';
import { IdText, Instant, Nullable, OneOf, Text } from './fields.js';

/** What a file can bring in; each kind has its own fields, `fieldsOf` of the wizard names them. */
export const IMPORT_KINDS = ['MEMBERS', 'ORDERS', 'PRODUCTS', 'STOCK', 'BALANCES'] as const;
export const IMPORT_STATES = [
  'UPLOADING',
  'MAPPING',
  'CHECKING',
  'CHECKED',
  'RUNNING',
  'DONE',
  'FAILED',
  'UNDOING',
  'UNDONE',
] as const;
/** What becomes of a row: REPEATED is there already, CONFLICT contradicts what is there, ERROR cannot be read. */
export const ROW_VERDICTS = ['NEW', 'UPDATE', 'REPEATED', 'CONFLICT', 'ERROR'] as const;

export const ImportCounts = Type.Object({
  new: Type.Integer(),
  update: Type.Integer(),
  repeated: Type.Integer(),
  conflict: Type.Integer(),
  error: Type.Integer(),
});
export type ImportCounts = Static<typeof ImportCounts>;

/** Which column of the file fills which field, by the column's place; a field that no column fills is left out. */
export const ImportMapping = Type.Record(
  Type.String({ pattern: '^[a-zA-Z]{1,24}$' }),
  Type.Integer({ minimum: 0, maximum: 199 }),
  {
    additionalProperties: false,
  },
);
export const ImportOptions = Type.Object(
  {
    moneyUnit: OneOf(['YUAN', 'FEN']),
    /** Before card numbers of the file, so that two old systems may use the same numbers. */
    cardPrefix: Text(20),
    shiftDays: Type.Integer({ minimum: -36_500, maximum: 36_500 }),
    /** Members get points for sales of the past by today's rule. */
    givesPoints: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type ImportOptions = Static<typeof ImportOptions>;

export const ImportField = Type.Object({
  name: Type.String(),
  label: Type.String(),
  hint: Type.String(),
  isRequired: Type.Boolean(),
});
export type ImportField = Static<typeof ImportField>;

export const ImportJob = Type.Object({
  id: IdText,
  kind: OneOf(IMPORT_KINDS),
  kindName: Type.String(),
  fileName: Type.String(),
  state: OneOf(IMPORT_STATES),
  stateText: Type.String(),
  bytes: Type.Integer(),
  receivedBytes: Type.Integer(),
  totalRows: Nullable(Type.Integer()),
  readRows: Type.Integer(),
  /** Of the trial until the import begins, afterwards of the import. */
  counts: ImportCounts,
  mapping: Nullable(ImportMapping),
  options: ImportOptions,
  problem: Nullable(Type.String()),
  parentId: Nullable(IdText),
  createdBy: Type.String(),
  createdAt: Instant,
  finishedAt: Nullable(Instant),
  undoUntil: Nullable(Instant),
  /** Rows that could not be taken back, for instance points that were spent meanwhile. */
  undoKept: Type.Integer(),
});
export type ImportJob = Static<typeof ImportJob>;

export const ImportRowIssue = Type.Object({
  row: Type.Integer(),
  verdict: OneOf(ROW_VERDICTS),
  problem: Type.String(),
  cells: Type.Array(Type.String()),
});
export type ImportRowIssue = Static<typeof ImportRowIssue>;
