export { AssetLedger } from './application/asset-ledger.js';
export { AssetSweeps, type ExpiringPayload } from './application/asset-sweeps.js';
export type { CreditInput, HoldInput } from './application/ledger-inputs.js';
export { MoveAssets } from './application/move-assets.js';
export { assetInvariants } from './asset-ledger.invariants.js';
export { AssetLedgerModule } from './asset-ledger.module.js';
export { AssetBook } from './domain/asset-book.js';
export {
  type Asset,
  type Cause,
  Frozen,
  type Lot,
  type LotId,
  type LotUse,
  NotEnough,
} from './domain/asset-types.js';
export { availableOf, type TakePolicy } from './domain/take-order.js';
export type { EntryRow } from './persistence/asset-rows.js';
export type { HeldLot, Hold } from './persistence/hold.store.js';
export { ReferenceStore } from './persistence/reference.store.js';
