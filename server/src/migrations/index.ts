import { Platform1790000000001 } from './20261122-01-platform.js';
import { Organization1790000000002 } from './20261122-02-organization.js';
import { Catalog1790000000003 } from './20261122-03-catalog.js';
import { Members1790000000004 } from './20261122-04-members.js';
import { Sales1790000000005 } from './20261122-05-sales.js';
import { Settlement1790000000006 } from './20261122-06-settlement.js';
import { Tasks1790000000007 } from './20261122-07-tasks.js';
import { Promotions1790000000008 } from './20261122-08-promotions.js';
import { Assets1790000000009 } from './20261122-09-assets.js';
import { Coupons1790000000010 } from './20261122-10-coupons.js';
import { OneId1790000000011 } from './20261122-11-one-id.js';
import { Reviews1790000000012 } from './20261122-12-reviews.js';
import { AfterSales1790000000013 } from './20261122-13-after-sales.js';
import { Mall1790000000014 } from './20261122-14-mall.js';
import { Bills1790000000015 } from './20261122-15-bills.js';
import { CorpTags1790000000016 } from './20261122-16-corp-tags.js';
import { Imports1790000000018 } from './20261122-18-imports.js';
import { SetAside1790000000019 } from './20261122-19-set-aside.js';
import { DeskAccounts1790000000020 } from './20261122-20-desk-accounts.js';
import { Notices1790000000021 } from './20261122-21-notices.js';
import { PosReturns1790000000022 } from './20261122-22-pos-returns.js';
import { Evidence1790000000023 } from './20261122-23-evidence.js';
import { TagWrites1790000000024 } from './20261122-24-tag-writes.js';
import { Pictures1790000000025 } from './20261122-25-pictures.js';
import { ReviewTags1790000000026 } from './20261122-26-review-tags.js';
import { KeptPresents1790000000027 } from './20261122-27-kept-presents.js';
import { ImportedOrders1790000000028 } from './20261122-28-imported-orders.js';
import { ArrivingFiles1790000000029 } from './20261122-29-arriving-files.js';
import { PinTries1790000000030 } from './20261122-30-pin-tries.js';
import { HandOvers1790000000031 } from './20261122-31-hand-overs.js';
import { EndingLevels1790000000032 } from './20261122-32-ending-levels.js';
import { UndoMinutes1790000000033 } from './20261122-33-undo-minutes.js';
import { PictureDecisions1790000000034 } from './20261122-34-picture-decisions.js';
import { TagsAgain1790000000035 } from './20261122-35-tags-again.js';
import { ConsentEvents1790000000036 } from './20261122-36-consent-events.js';
import { StatementPayouts1790000000037 } from './20261122-37-statement-payouts.js';
import { MergedDebts1790000000038 } from './20261122-38-merged-debts.js';
import { StockFree1790000000039 } from './20261122-39-stock-free.js';

/** In order; a list of classes and no globs, so that it is the same under ESM, bundlers and jest. */
export const migrations = [
  Platform1790000000001,
  Organization1790000000002,
  Catalog1790000000003,
  Members1790000000004,
  Sales1790000000005,
  Settlement1790000000006,
  Tasks1790000000007,
  Promotions1790000000008,
  Assets1790000000009,
  Coupons1790000000010,
  OneId1790000000011,
  Mall1790000000014,
  Reviews1790000000012,
  AfterSales1790000000013,
  Bills1790000000015,
  CorpTags1790000000016,
  Imports1790000000018,
  SetAside1790000000019,
  DeskAccounts1790000000020,
  Notices1790000000021,
  PosReturns1790000000022,
  Evidence1790000000023,
  TagWrites1790000000024,
  Pictures1790000000025,
  ReviewTags1790000000026,
  KeptPresents1790000000027,
  ImportedOrders1790000000028,
  ArrivingFiles1790000000029,
  PinTries1790000000030,
  HandOvers1790000000031,
  EndingLevels1790000000032,
  UndoMinutes1790000000033,
  PictureDecisions1790000000034,
  TagsAgain1790000000035,
  ConsentEvents1790000000036,
  StatementPayouts1790000000037,
  MergedDebts1790000000038,
  StockFree1790000000039,
];
