import type { TestBench } from '../../../../test/harness/database.js';
import { testLevels } from '../../../../test/harness/levels.js';
import type { AssetLedger } from '../../asset-ledger/index.js';
import type { AssetSettings } from '../application/asset-settings.js';
import { EarnedPoints } from '../application/earned-points.js';
import { Points } from '../application/points.js';

/** The door to points on a test's own brand. */
export const testPoints = (bench: TestBench, ledger: AssetLedger, settings: AssetSettings): Points =>
  new Points(ledger, settings, new EarnedPoints(ledger, settings, testLevels(bench)));
