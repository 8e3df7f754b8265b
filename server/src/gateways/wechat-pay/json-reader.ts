import { type Fen, fen } from '@shuke/shared/kernel';

export type Json = Record<string, unknown>;

/** Raised when a verified answer lacks what the documents promise. */
export class UnexpectedShape extends Error {}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function asObject(value: unknown): Json {
  if (!isObject(value)) throw new UnexpectedShape('an object was expected');
  return value;
}

export function text(source: Json, field: string): string {
  const value = source[field];
  if (typeof value !== 'string' || value === '') throw new UnexpectedShape(`text ${field} is missing`);
  return value;
}

export function optionalText(source: Json, field: string): string | null {
  const value = source[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function amount(source: Json, field: string): Fen {
  const value = source[field];
  if (typeof value !== 'number') throw new UnexpectedShape(`amount ${field} is missing`);
  return fen(value);
}

export const optionalAmount = (source: Json, field: string): Fen | null =>
  typeof source[field] === 'number' ? amount(source, field) : null;

/** An RFC 3339 text as an instant in ms; null when absent. */
export function instant(source: Json, field: string): number | null {
  const value = optionalText(source, field);
  if (value === null) return null;
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) throw new UnexpectedShape(`${field} is not a time`);
  return ms;
}

export function list(source: Json, field: string): Json[] {
  const value = source[field];
  return Array.isArray(value) ? value.map(asObject) : [];
}

/** RFC 3339 in China time, as the vendor's examples write it. */
export const rfc3339 = (instantMs: number): string =>
  `${new Date(instantMs + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;

/** Drops the fields that are undefined: the other side refuses fields it does not know and empty ones. */
export const compact = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
