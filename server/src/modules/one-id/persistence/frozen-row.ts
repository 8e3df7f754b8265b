import type { SqlValue } from '../../../platform/database/database.js';

/** A row of any table as text and back, instants included; columns keep the names that the database gave them. */
export function freezeRow(row: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(row, function (this: Record<string, unknown>, key, value: unknown) {
    const raw = this[key];
    return raw instanceof Date ? { instant: raw.toISOString() } : value;
  });
}

export function thawRow(text: string): Record<string, SqlValue> {
  const row = JSON.parse(text) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, thawed(value)]));
}

function thawed(value: unknown): SqlValue {
  if (value === null || typeof value !== 'object') return value as SqlValue;
  const { instant } = value as { instant?: unknown };
  // A JSON column comes back parsed from some drivers; it goes in as text.
  return typeof instant === 'string' ? new Date(instant) : JSON.stringify(value);
}
