export { type CopiedRow, type Leaving, type MemberAsset, MemberAssets } from './application/member-assets.js';
export { type MemberAssetMover, MemberMovers } from './application/member-movers.js';
export type { LeaveBlocker, LeaveSettlement, MemberMove, MergeId, MoveEffect } from './domain/types.js';
export { freezeRow, thawRow } from './persistence/frozen-row.js';
export { MergeRowsStore, type NotedRow } from './persistence/merge-rows.store.js';
export { type KeptTable, plain, rowAsset } from './persistence/row-asset.js';
export { type OwnedTable, putBack, rowMover } from './persistence/row-mover.js';
