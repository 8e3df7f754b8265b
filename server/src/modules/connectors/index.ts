export { type HistoryImport, ImportHistory } from './application/import-history.js';
export { OfflineSales } from './application/offline-sales.js';
export { ConnectorsModule } from './connectors.module.js';
export { type HistoryLine, readHistoryRow } from './domain/history-row.js';
export { homeStore } from './domain/home-store.js';
export {
  bringBack,
  cashLeft,
  type Pieces,
  piecesOf,
  remainingOf,
  type SoldLine,
  worthOfReturned,
} from './domain/returned-goods.js';
export { keptInstant, TILL_SLACK_MS, tillInstant } from './domain/till-clock.js';
export type { ImportRow } from './persistence/import.store.js';
export type { KnownOrder } from './persistence/offline-orders.store.js';
export type { OfflineLine, OfflineOrder } from './persistence/order-rows.js';
