import { Inject, Injectable } from '@nestjs/common';
import type { DeviceRow } from '@shuke/shared/contracts';
import { isDuplicate } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { keptInstant, TILL_SLACK_MS } from '../../connectors/index.js';
import { OfflineUses } from '../../coupons/index.js';
import { missingIn } from '../domain/device-health.js';
import type { Act, Device, StoredAct } from '../persistence/till-rows.js';
import { BatchReader } from './batch-reader.js';
import { type Bare, type Batch, bookRow, type Result, resultOf, stateOf, WAITS } from './device-batch.js';
import { Devices, type Pos } from './devices.js';
import { SaleCoupons } from './sale-coupons.js';
import { isSignedBy } from './signed-row.js';
import { ACT, hashOf } from './till-desk.js';
import { TillParts } from './till-parts.js';
import { VoidedSales } from './voided-sales.js';
import { WaitingRows } from './waiting-rows.js';

const ATTEMPTS = 4;
/** What became of a batch, and the voids for which something has still to go back. */
interface Stored {
  results: Result[];
  voids: StoredAct[];
}
const RANK = { SALE: 0, RETURN: 1, VOID: 2 } as const;
/**
 * Takes what devices did, live or stored without network, in whatever order it comes: under its number each act counts
 * once, a return waits for its sale, and what contradicts an earlier act is answered and never booked (pain 24).
 */
@Injectable()
export class DeviceRows {
  constructor(
    @Inject(Devices) private readonly devices: Devices,
    @Inject(TillParts) private readonly parts: TillParts,
    @Inject(BatchReader) private readonly reader: BatchReader,
    @Inject(SaleCoupons) private readonly saleCoupons: SaleCoupons,
    @Inject(WaitingRows) private readonly waiting: WaitingRows,
    @Inject(VoidedSales) private readonly voids: VoidedSales,
    @Inject(OfflineUses) private readonly offline: OfflineUses,
  ) {}

  async run(actor: Pos, deviceNo: string, rows: readonly DeviceRow[]) {
    const { unitOfWork, clock } = this.devices;
    const device = await this.devices.of(actor, deviceNo);
    await this.parts.people.prepare(actor.brandId);
    const isSigned = rows.map((row) => isSignedBy(device, row));
    let stored: Stored;
    for (let attempt = 1; ; attempt += 1) {
      try {
        stored = await unitOfWork.run('tills.rows', (tx) => this.store(tx, device, rows, isSigned));
        break;
      } catch (error) {
        // The same number from another device at the same moment: the next attempt sees it.
        if (!isDuplicate(error) || attempt === ATTEMPTS) throw error;
      }
    }
    const { results, voids } = stored;
    const coupons = await this.coupons(actor, device, rows, results);
    const told = new Map<number, string>();
    for (const act of voids) told.set(act.sequence, (await this.voids.giveBack(act)) ?? act.text);
    const missing = await this.missing(actor, deviceNo);
    return {
      results: rows.map((row, at) => {
        const { result, text, orderId } = results[at] as Result;
        return {
          sequence: row.sequence,
          externalNo: row.externalNo,
          result,
          text: told.get(row.sequence) ?? text,
          orderId,
          couponText: coupons.get(row.sequence) ?? null,
        };
      }),
      missing,
      receivedAt: clock.date().toISOString(),
      nextStep: missing.length > 0 ? `还缺 ${missing.length} 个序号，请补传` : null,
    };
  }

  private async store(
    tx: Tx,
    stale: Device,
    rows: readonly DeviceRow[],
    isSigned: readonly boolean[],
  ): Promise<Stored> {
    const { rows: acts } = this.devices;
    const device = (await acts.device(tx, stale.brandId, stale.deviceNo, true)) as Device;
    const before = await acts.acts(
      tx,
      device.brandId,
      device.id,
      rows.map((row) => row.sequence),
    );
    const batch = await this.reader.open(tx, device, rows);
    const results = new Map<number, Result>();
    const inBatch = new Map<number, string>();
    const order = rows
      .map((row, at) => ({ row, at }))
      .sort((a, b) => RANK[a.row.kind] - RANK[b.row.kind] || a.row.sequence - b.row.sequence);
    for (const { row, at } of order) {
      const { signature: _, ...bare } = row;
      const hash = hashOf(bare);
      const earlier = before.get(row.sequence);
      const twin = earlier?.hash ?? inBatch.get(row.sequence);
      if (!isSigned[at]) results.set(at, { result: 'REFUSED', text: '签名不对，没有记账', orderId: null });
      else if (twin !== undefined && twin !== hash)
        results.set(at, {
          result: 'CONFLICT',
          text: '同一序号上传过不同的内容，以先到的为准',
          orderId: earlier?.orderId ?? null,
        });
      else if (twin !== undefined) results.set(at, answerAgain(earlier));
      else {
        inBatch.set(row.sequence, hash);
        const result = bookRow(batch, bare, this.devices.ids);
        results.set(at, result);
        batch.acts.push(actOf(bare, hash, result, tx.now));
      }
    }
    await this.write(batch, [...results.values()].filter((one) => one.result === 'CONFLICT').length);
    const settled = await this.settleWaiting(batch, rows);
    const owing = [...before.values(), ...batch.acts.map((act) => storedAt(device, act)), ...settled];
    return {
      results: rows.map((row, at) => {
        const now = settled.find((act) => act.sequence === row.sequence);
        return now && results.get(at)?.result === 'WAITING' ? resultOf(now) : (results.get(at) as Result);
      }),
      voids: owing.filter((act) => act.state === 'OWING'),
    };
  }

  /**
   * Returns that came before their sale, at whatever till, are booked as soon as it is there; also one that is sent again
   * because it missed its sale, which somebody else was bringing at the same moment.
   * @returns those of this till
   */
  private async settleWaiting(batch: Batch, rows: readonly DeviceRow[]): Promise<StoredAct[]> {
    const { tx, brandId, device, known } = batch;
    const named = rows.map((row) => (row.kind === 'SALE' ? row.externalNo : (row.ofExternalNo ?? '')));
    const settled = await this.waiting.book(
      tx,
      brandId,
      [...new Set(named)].filter((no) => known.has(no)),
    );
    return settled.filter((act) => act.deviceId === device.id);
  }

  private async write(batch: Batch, conflicts: number): Promise<void> {
    const { tx, device, added, acts } = batch;
    const { brandId } = device;
    await this.parts.sales.add(tx, brandId, added);
    await this.devices.rows.insert(tx, brandId, device.id, acts);
    for (const { order } of added) {
      const paidBy = acts.find((act) => act.orderId === order.id && act.kind === 'SALE');
      const used = paidBy?.body ? ((JSON.parse(paidBy.body) as Bare).paidBy ?? []) : [];
      if (used.length > 0) await this.devices.rows.link(tx, brandId, device.id, used, order.id);
      if (order.kind !== 'SALE' || order.memberId === null) continue;
      const { id: orderId, storeId, memberId, guideId, totalFen } = order;
      tx.emit({
        brandId,
        type: 'pos.order.recorded',
        payload: { orderId, storeId, memberId, guideId, sendId: null, totalFen },
      });
    }
    if (batch.members.size > 0) await this.parts.members.refreshGrowth(tx, brandId, [...batch.members]);
    const newest = Math.max(0, ...acts.map((act) => act.happenedAt.getTime()));
    const lagMs = newest === 0 ? device.lagMs : Math.max(0, tx.now.getTime() - newest);
    await this.devices.rows.seen(tx, device, {
      rows: acts.length,
      last: Math.max(0, ...acts.map((act) => act.sequence)),
      lagMs,
      conflicts,
    });
  }

  /** Signed coupons that were taken in without network; the first to arrive has the coupon. */
  private async coupons(
    actor: Pos,
    device: Device,
    rows: readonly DeviceRow[],
    results: readonly Result[],
  ): Promise<Map<number, string>> {
    const uses = rows.flatMap((row, at) => {
      const isBooked =
        results[at]?.result === 'CREATED' || (results[at]?.result === 'REPEATED' && results[at]?.orderId !== null);
      if (!row.coupon || !isBooked) return [];
      const amountFen = row.lines.reduce((sum, line) => sum + line.qty * line.unitPriceFen, 0);
      const { token, discountFen } = row.coupon;
      return [
        {
          clientKey: `${device.id}:${row.sequence}`,
          token,
          discountFen,
          amountFen,
          redeemedAt: new Date(Math.min(Date.parse(row.happenedAt), this.devices.clock.now())),
        },
      ];
    });
    if (uses.length === 0) return new Map();
    const counter = {
      brandId: actor.brandId,
      storeId: device.storeId,
      guideId: null,
      actor: `till:${device.deviceNo}`,
    };
    const synced = await this.offline.sync(counter, uses, TILL_SLACK_MS);
    // Goods of the sale may have come back before its coupon was taken in.
    const sales = new Set(rows.flatMap((row, at) => (row.coupon ? (results[at]?.orderId ?? []) : [])));
    for (const saleId of sales)
      await this.devices.unitOfWork.run('tills.coupons', (tx) => this.saleCoupons.settle(tx, actor.brandId, saleId));
    return new Map(synced.map((one) => [Number(one.clientKey.split(':')[1]), one.text]));
  }

  private async missing(actor: Pos, deviceNo: string): Promise<number[]> {
    const device = await this.devices.of(actor, deviceNo);
    if (device.lastSequence === device.rowsTotal) return [];
    const from = Math.max(1, device.lastSequence - 10_000);
    const there = await this.devices.rows.sequences(this.devices.database, device, from);
    return missingIn(there, from, device.lastSequence);
  }
}

const actOf = (row: Bare, hash: string, result: Result, now: Date): Act => ({
  ...ACT,
  sequence: row.sequence,
  kind: row.kind,
  hash,
  externalNo: row.externalNo,
  ofExternalNo: row.ofExternalNo ?? null,
  state: stateOf(row, result),
  orderId: result.orderId,
  body: JSON.stringify(row),
  text: result.text,
  happenedAt: keptInstant(row.happenedAt, now),
});

/** What a row that came before is answered now. */
function answerAgain(earlier: Act | undefined): Result {
  if (earlier?.state === 'WAITING') return WAITS;
  if (earlier?.state === 'REFUSED') return { result: 'REFUSED', text: earlier.text, orderId: earlier.orderId };
  const text = earlier?.state === 'KEPT' ? earlier.text : '这一笔已经收到过';
  return { result: 'REPEATED', text, orderId: earlier?.orderId ?? null };
}

const storedAt = ({ brandId, id: deviceId }: Device, act: Act): StoredAct => ({ ...act, brandId, deviceId });
