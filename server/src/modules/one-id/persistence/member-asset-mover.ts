import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { MemberMove, MoveEffect } from '../domain/types.js';

/** How one module's rows follow a merge and come back. Registered with `MemberMovers`. */
export interface MemberAssetMover {
  /** Tables whose rows it moves, so that a table that nobody moves is found. */
  tables: readonly string[];
  /** What a merge would do to these rows; nothing to say about what neither has. */
  preview(on: Queryable, brandId: BrandId, from: MemberId, into: MemberId): Promise<MoveEffect[]>;
  /**
   * Gives the rows of `from` to `into` and notes which. Runs again for rows that came later, so a repeat must move only
   * what is still with `from`.
   * @returns how many rows moved
   */
  move(tx: Tx, move: MemberMove): Promise<number>;
  /**
   * Returns what `move` of this merge took, and nothing else: what `into` got since stays.
   * @returns how many rows came back
   */
  moveBack(tx: Tx, move: MemberMove): Promise<number>;
}
