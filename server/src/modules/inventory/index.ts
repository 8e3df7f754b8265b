export { createStock } from './application/create-stock.js';
export { Inventory, type StockCount } from './application/inventory.js';
export type { Hold, Pieces } from './domain/types.js';
export { InventoryModule } from './inventory.module.js';
