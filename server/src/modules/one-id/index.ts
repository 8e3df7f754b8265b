export { MemberAssets } from './application/member-assets.js';
export { MemberMovers } from './application/member-movers.js';
export type { LeaveBlocker, LeaveSettlement, MemberMove, MergeId, MoveEffect } from './domain/types.js';
export { freezeRow, thawRow } from './persistence/frozen-row.js';
export type { CopiedRow, Leaving, MemberAsset } from './persistence/member-asset.js';
export type { MemberAssetMover } from './persistence/member-asset-mover.js';
export { MergeRowsStore, type NotedRow } from './persistence/merge-rows.store.js';
export { type KeptTable, plain, rowAsset } from './persistence/row-asset.js';
export { type OwnedTable, putBack, rowMover } from './persistence/row-mover.js';
