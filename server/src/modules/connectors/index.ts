export { type HistoryImport, ImportHistory } from './application/import-history.js';
export { ConnectorsModule } from './connectors.module.js';
export type { ImportRow } from './persistence/import.store.js';
