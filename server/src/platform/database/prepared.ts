import mysql2 from 'mysql2';
import type { SqlValue } from './sql-value.js';

/** Texts that come back this often are worth a round trip to prepare them. */
const WORTH_PREPARING = 10;
/** Each connection keeps its own, some kilobytes each in the database's memory. */
export const PREPARED_MAX = 120;
const SEEN_MAX = 5_000;
const TEXT_MAX = 8_000;
const VALUES_MAX = 200;
const PREPARABLE = /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i;

/**
 * Decides which statements the database keeps prepared. Reading and planning a text anew each time costs it about a third
 * of a small statement; texts of many lengths (rows of a bulk insert, long lists of keys) come back too seldom for that.
 */
export class PreparedTexts {
  private readonly seen = new Map<string, number>();
  private readonly prepared = new Set<string>();

  /** Whether this statement goes out prepared. Lists among the values are written into the text by the driver. */
  takes(sql: string, values: readonly SqlValue[]): boolean {
    if (values.length > VALUES_MAX || values.some(Array.isArray)) return false;
    if (this.prepared.has(sql)) return true;
    if (this.prepared.size >= PREPARED_MAX || sql.length > TEXT_MAX || !PREPARABLE.test(sql)) return false;
    const times = (this.seen.get(sql) ?? 0) + 1;
    if (times < WORTH_PREPARING) {
      if (this.seen.size >= SEEN_MAX) this.seen.clear();
      this.seen.set(sql, times);
      return false;
    }
    this.seen.delete(sql);
    this.prepared.add(sql);
    return true;
  }
}

const INT_MAX = 2 ** 31;
const { LONG, LONGLONG } = mysql2.TypedParameter;

/**
 * A value as a prepared statement takes it. Integers go out as integers, of the width that the same digits in a text have:
 * the driver would send every number as a double, and money must not even pass through one.
 */
export function bound(value: SqlValue | undefined): unknown {
  if (value === undefined) return null;
  if (typeof value !== 'number' || !Number.isInteger(value)) return value;
  return Math.abs(value) < INT_MAX ? LONG(value) : LONGLONG(value);
}
