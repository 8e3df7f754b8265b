import { AssetLedger } from '../../src/modules/asset-ledger/index.js';
import { Levels } from '../../src/modules/levels/index.js';
import type { TestBench } from './database.js';

/** Levels for tests that build their services by hand. */
export const testLevels = (bench: Pick<TestBench, 'database' | 'ids' | 'clock'>): Levels =>
  new Levels(bench.database, new AssetLedger(bench.ids), bench.ids, bench.clock);
