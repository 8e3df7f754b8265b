import { refuse } from '../errors/app-error.js';

/** A page's continuation: opaque to clients, two parts at most, each of harmless characters. */
export const makeCursor = (...parts: (string | number)[]): string =>
  Buffer.from(JSON.stringify(parts.map(String))).toString('base64url');

/**
 * Reads a cursor of so many parts, each matching its pattern.
 * @throws AppError VALIDATION for anything that we did not make.
 */
export function readCursor(cursor: string | undefined, patterns: readonly RegExp[]): string[] | null {
  if (cursor === undefined || cursor === '') return null;
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    if (
      Array.isArray(parts) &&
      parts.length === patterns.length &&
      parts.every((part, index) => typeof part === 'string' && patterns[index]?.test(part))
    ) {
      return parts as string[];
    }
  } catch {
    // Falls through to the refusal below.
  }
  throw refuse('VALIDATION', { where: 'query', field: 'cursor', problem: 'not a cursor of this list' });
}

export const DIGITS = /^-?\d{1,19}$/;

/** Cuts a list that was read with one row too many into a page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  cursorOf: (row: Row) => string,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(item), nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
