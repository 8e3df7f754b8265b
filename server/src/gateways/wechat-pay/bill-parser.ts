import { type Fen, parseYuan } from '@shuke/shared/kernel';

/** A bill that cannot be read is refused as a whole: half an import is worse than none. */
export class BillFormatError extends Error {
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(`line ${line}: ${message}`);
    this.name = 'BillFormatError';
  }
}

export interface BillTable {
  rows: BillRow[];
  /** The two summary lines at the end, by header. */
  summary: Record<string, string>;
}

/** Header names differ between files only in spaces and a unit in brackets. */
const headerName = (cell: string): string => cell.replace(/[`\s]/g, '').replace(/[（(].*[)）]$/, '');

/** Cells start with a backtick and may hold commas, so the boundary is comma and backtick together. */
function cells(line: string): string[] {
  return line.startsWith('`') ? line.slice(1).split(',`') : line.split(',');
}

/** One line of a bill, read by header name, since columns differ between kinds and years. */
export class BillRow {
  constructor(
    private readonly columns: ReadonlyMap<string, number>,
    private readonly values: readonly string[],
    readonly line: number,
  ) {}

  has(name: string): boolean {
    return this.columns.has(name);
  }

  /** Trimmed text; '' when the column is empty or missing. */
  text(name: string): string {
    const index = this.columns.get(name);
    return index === undefined ? '' : (this.values[index] ?? '').trim();
  }

  /** Text where '' and 0 both stand for "none", as in the sub-merchant and refund columns. */
  optional(name: string): string | null {
    const value = this.text(name);
    return value === '' || value === '0' ? null : value;
  }

  /** Yuan text as fen by string arithmetic. @throws BillFormatError */
  fen(name: string): Fen {
    try {
      return parseYuan(this.text(name));
    } catch {
      throw new BillFormatError(`${name} is not an amount: ${this.text(name)}`, this.line);
    }
  }

  optionalFen(name: string): Fen | null {
    return this.text(name) === '' ? null : this.fen(name);
  }

  /** A wall-clock time of China as ms, UTC. @throws BillFormatError */
  instant(name: string): number {
    const value = this.text(name);
    const ms = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(value)
      ? Date.parse(`${value.replace(' ', 'T')}+08:00`)
      : Number.NaN;
    if (Number.isNaN(ms)) throw new BillFormatError(`${name} is not a time: ${value}`, this.line);
    return ms;
  }

  optionalInstant(name: string): number | null {
    return this.text(name) === '' ? null : this.instant(name);
  }
}

/**
 * Splits a bill into rows and its summary.
 * @param required headers without which the file is not what we asked for
 * @throws BillFormatError for a missing header or a line with more cells than headers
 */
export function parseBill(content: string, required: readonly string[]): BillTable {
  const lines = content.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = cells(lines[0] ?? '').map(headerName);
  const columns = new Map(header.map((name, index) => [name, index]));
  const missing = required.filter((name) => !columns.has(name));
  if (missing.length > 0) throw new BillFormatError(`columns are missing: ${missing.join(', ')}`, 1);
  const rows: BillRow[] = [];
  for (let index = 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line.trim() === '') continue;
    if (!line.startsWith('`')) return { rows, summary: readSummary(line, lines[index + 1] ?? '', index + 1) };
    const values = cells(line);
    if (values.length !== header.length)
      throw new BillFormatError(`${values.length} cells under ${header.length} headers`, index + 1);
    rows.push(new BillRow(columns, values, index + 1));
  }
  return { rows, summary: {} };
}

function readSummary(headerLine: string, valueLine: string, line: number): Record<string, string> {
  const names = headerLine.split(',').map(headerName);
  const values = cells(valueLine);
  if (names.length !== values.length) throw new BillFormatError('the summary does not fit its header', line);
  return Object.fromEntries(names.map((name, index) => [name, (values[index] ?? '').trim()]));
}
