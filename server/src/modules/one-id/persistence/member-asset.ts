import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { LeaveBlocker, LeaveSettlement } from '../domain/types.js';

export interface Leaving {
  brandId: BrandId;
  memberId: MemberId;
  at: Date;
}

/** What one module keeps of a member, for a consumer who wants a copy of it or wants to leave. */
export interface MemberAsset {
  /** Tables that it answers for, so that a table for which nobody does is found. */
  tables: readonly string[];
  /** What has to be done first, and what would happen to the rest. */
  beforeLeaving(
    on: Queryable,
    brandId: BrandId,
    memberId: MemberId,
  ): Promise<{ blockers: LeaveBlocker[]; settlements: LeaveSettlement[] }>;
  /**
   * Settles, forfeits or anonymises, in the transaction that deletes the account. Money that has to be paid back is
   * noted here and paid by the module's own sweep.
   */
  leave(tx: Tx, leaving: Leaving): Promise<void>;
  /** The module's part of the data export: named lists of plain rows, page by page. */
  copy?(on: Queryable, brandId: BrandId, memberId: MemberId): AsyncIterable<CopiedRow>;
}

/** One row of a data export: which list it belongs to, and fields with names that people can read. */
export interface CopiedRow {
  list: string;
  row: Readonly<Record<string, string | number | boolean | null>>;
}
