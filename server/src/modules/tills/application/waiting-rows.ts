import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { BrandId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import type { StoredAct } from '../persistence/till-rows.js';
import { BatchReader } from './batch-reader.js';
import { bareOf, bringBack, stateOf } from './device-batch.js';
import { Devices } from './devices.js';
import { TillParts } from './till-parts.js';

const BATCH = 100;
const EVERY_MS = 2000;

/**
 * Returns and voids that came before their sale. A till that brings the sale books them at once; when it comes another
 * way, by another system's push or by a file, or at the very moment when its return is stored, the sweep does.
 */
@Injectable()
export class WaitingRows implements OnModuleInit {
  private readonly unbooked = new Setbacks();

  constructor(
    @Inject(Devices) private readonly devices: Devices,
    @Inject(TillParts) private readonly parts: TillParts,
    @Inject(BatchReader) private readonly reader: BatchReader,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'tills.waiting', everyMs: EVERY_MS, run: () => this.catchUp() });
  }

  /**
   * Books what waits for these sales, in the order in which it happened, each return in the store of its till.
   * @param saleNos numbers of sales that are there
   * @returns what waited and is judged, as it is now
   */
  async book(tx: Tx, brandId: BrandId, saleNos: readonly string[]): Promise<StoredAct[]> {
    if (saleNos.length === 0) return [];
    const { rows, ids } = this.devices;
    const acts = await rows.waiting(tx, brandId, saleNos);
    if (acts.length === 0) return [];
    const tills = await rows.devicesById(tx, brandId, [...new Set(acts.map((act) => act.deviceId))]);
    const books = await this.reader.books(tx, brandId, acts.map(bareOf));
    const settled: StoredAct[] = [];
    for (const act of acts) {
      const till = tills.get(act.deviceId);
      if (!till) continue;
      const result = bringBack(books, till.storeId, bareOf(act), ids);
      // Its sale comes with a file that is still being read.
      if (result.result === 'WAITING') continue;
      const { text, orderId } = result;
      settled.push({ ...act, text, orderId, state: stateOf(bareOf(act), result) });
    }
    await this.parts.sales.add(tx, brandId, books.added);
    for (const act of settled) await rows.conclude(tx, act);
    if (books.members.size > 0) await this.parts.members.refreshGrowth(tx, brandId, [...books.members]);
    return settled;
  }

  /** Books what waited for sales that have come. @returns for how many sales */
  catchUp(): Promise<number> {
    const { rows, database, clock } = this.devices;
    return eachDue(this.unbooked, clock.date(), {
      label: 'book what waited for a sale',
      batch: BATCH,
      due: (limit) => rows.arrived(database, clock.date(), limit),
      nameOf: ({ brandId, saleNo }) => `${brandId}/${saleNo}`,
      work: ({ brandId, saleNo }) => this.bookFor(brandId, saleNo),
    });
  }

  /** False when nothing waits any more. */
  private bookFor(brandId: BrandId, saleNo: string): Promise<boolean> {
    return this.devices.unitOfWork.run('tills.waiting', async (tx) => {
      // The sale first, as everybody who brings goods of it back does, then what waits for it.
      const sale = (await this.parts.sales.known(tx, brandId, [saleNo])).get(saleNo);
      if (!sale) return false;
      await this.parts.sales.lock(tx, brandId, [sale.id]);
      return (await this.book(tx, brandId, [saleNo])).length > 0;
    });
  }
}
