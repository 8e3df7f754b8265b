export { createStock } from './application/create-stock.js';
export { CrossStore } from './application/cross-store.js';
export { Inventory, type StockCount } from './application/inventory.js';
export { SoldOut } from './application/sold-out.js';
export { type Companion, type Judge, StockWriter } from './application/stock-writer.js';
export type { Fallback, Hold, Pieces } from './domain/types.js';
export { InventoryModule } from './inventory.module.js';
export { SetAsideStore, type Shift } from './persistence/set-aside.store.js';
export { type SentElsewhere, TransferStore } from './persistence/transfer.store.js';
