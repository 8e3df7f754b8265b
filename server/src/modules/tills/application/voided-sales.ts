import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { AppError } from '../../../platform/errors/app-error.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import type { StoredAct } from '../persistence/till-rows.js';
import { bareOf } from './device-batch.js';
import { Devices, type Pos } from './devices.js';
import { TillDesk } from './till-desk.js';
import { TillParts } from './till-parts.js';

const BATCH = 100;
const EVERY_MS = 2000;

/**
 * A void sale gives back the coupons, points and wallet payments of its till that paid for it. That takes transactions of
 * their owners, so the void is OWING until all are back: at once where a till waits for its answer, else by the sweep.
 */
@Injectable()
export class VoidedSales implements OnModuleInit {
  private readonly unreturned = new Setbacks();

  constructor(
    @Inject(Devices) private readonly devices: Devices,
    @Inject(TillDesk) private readonly desk: TillDesk,
    @Inject(TillParts) private readonly parts: TillParts,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'tills.voids', everyMs: EVERY_MS, run: () => this.catchUp() });
  }

  /**
   * Gives back what the void names; repeating it changes nothing. What cannot go back is told, to the desks too.
   * @returns the words for the till, null when its till is gone
   */
  async giveBack(act: StoredAct): Promise<string | null> {
    const { rows, database, unitOfWork } = this.devices;
    const { brandId, deviceId } = act;
    const row = bareOf(act);
    const device = (await rows.devicesById(database, brandId, [deviceId])).get(deviceId);
    if (!device) return null;
    const actor: Pos = { kind: 'pos', brandId, connectorId: device.connectorId };
    const saleNo = row.ofExternalNo ?? '';
    const saleId = (await this.parts.sales.known(database, brandId, [saleNo])).get(saleNo)?.id;
    const problems: string[] = [];
    for (const paid of (await rows.acts(database, brandId, deviceId, row.paidBy ?? [])).values()) {
      // What has paid for another sale stays there.
      if (paid.orderId !== null && paid.orderId !== saleId) continue;
      try {
        await this.desk.reverse(actor, device, paid, `作废 ${row.externalNo}`);
      } catch (error) {
        if (!(error instanceof AppError) || error.status >= 500) throw error;
        problems.push(error.message);
      }
    }
    const isAllBack = problems.length === 0;
    const text = isAllBack ? act.text : `${act.text}，但有 ${problems.length} 笔没能退回：${problems[0]}`;
    await unitOfWork.run('tills.voided', (tx) =>
      rows.conclude(tx, { ...act, state: isAllBack ? 'DONE' : 'KEPT', text }),
    );
    return text;
  }

  /** Finishes voids that waited for their sale or whose answer was cut off. @returns how many */
  catchUp(): Promise<number> {
    const { rows, database, clock } = this.devices;
    return eachDue(this.unreturned, clock.date(), {
      label: 'give back what paid for a void sale',
      batch: BATCH,
      due: (limit) => rows.owing(database, limit),
      nameOf: (act) => `${act.deviceId}/${act.sequence}`,
      work: async (act) => (await this.giveBack(act)) !== null,
    });
  }
}
