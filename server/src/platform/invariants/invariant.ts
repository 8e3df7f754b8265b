import type { BrandId } from '@shuke/shared/kernel';
import type { Queryable } from '../database/database.js';

export type BrokenRow = Record<string, string | number | null>;

/**
 * A promise as a query that must return no rows. One list serves tests, fault runs, production and the monitor page
 * (product.md S8).
 */
export interface Invariant {
  /** Stable id; `inv-01` … for those of reference/wechat-pay.md §10. */
  id: string;
  area: string;
  /** The promise in plain Chinese, as headquarters and franchisees read it. */
  promise: string;
  check(on: Queryable, brandId: BrandId): Promise<BrokenRow[]>;
}

const invariants = new Map<string, Invariant>();

/** Registers an area's invariants when its module starts. */
export function registerInvariants(list: readonly Invariant[]): void {
  for (const invariant of list) invariants.set(invariant.id, invariant);
}
export const allInvariants = (): Invariant[] => [...invariants.values()].sort((a, b) => (a.id < b.id ? -1 : 1));

/** An invariant that is one statement with the brand as its parameters. */
export function sqlInvariant(id: string, area: string, promise: string, sql: string): Invariant {
  const parameters = sql.split('?').length - 1;
  return {
    id,
    area,
    promise,
    check: (on, brandId) =>
      on.query<BrokenRow>(
        `${sql} LIMIT 20`,
        Array.from({ length: parameters }, () => brandId),
      ),
  };
}
