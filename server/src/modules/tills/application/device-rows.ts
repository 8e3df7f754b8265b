import { createPublicKey, verify } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DeviceRow } from '@shuke/shared/contracts';
import { canonicalJson } from '@shuke/shared/kernel';
import { isDuplicate } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { missingIn } from '../domain/device-health.js';
import type { Act, Device } from '../persistence/till-rows.js';
import { BatchReader } from './batch-reader.js';
import { type Bare, type Batch, bookRow, bringBack, type Result, WAITS } from './device-batch.js';
import { Devices, type Pos } from './devices.js';
import { SaleCoupons } from './sale-coupons.js';
import { ACT, hashOf, TillDesk } from './till-desk.js';
import { TillParts } from './till-parts.js';

const ATTEMPTS = 4;
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
    @Inject(TillDesk) private readonly desk: TillDesk,
    @Inject(BatchReader) private readonly reader: BatchReader,
    @Inject(SaleCoupons) private readonly saleCoupons: SaleCoupons,
  ) {}

  async run(actor: Pos, deviceNo: string, rows: readonly DeviceRow[]) {
    const { unitOfWork, clock } = this.devices;
    const device = await this.devices.of(actor, deviceNo);
    await this.parts.old.prepare(actor.brandId);
    const isSigned = rows.map((row) => checkSignature(device, row));
    let results: Result[] = [];
    let woken: readonly Bare[] = [];
    for (let attempt = 1; ; attempt += 1) {
      try {
        ({ results, woken } = await unitOfWork.run('tills.rows', (tx) => this.store(tx, device, rows, isSigned)));
        break;
      } catch (error) {
        // The same number from another device at the same moment: the next attempt sees it.
        if (!isDuplicate(error) || attempt === ATTEMPTS) throw error;
      }
    }
    const coupons = await this.coupons(actor, device, rows, results);
    await this.giveBack(actor, device, [...voided(rows, results), ...woken]);
    const missing = await this.missing(actor, deviceNo);
    return {
      results: rows.map((row, at) => {
        const { result, text, orderId } = results[at] as Result;
        return {
          sequence: row.sequence,
          externalNo: row.externalNo,
          result,
          text,
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
  ): Promise<{ results: Result[]; woken: Bare[] }> {
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
        batch.acts.push(actOf(bare, hash, result));
      }
    }
    await this.wake(batch, rows);
    await this.write(batch, [...results.values()].filter((one) => one.result === 'CONFLICT').length);
    return { results: rows.map((_, at) => results.get(at) as Result), woken: batch.woken };
  }

  /** Returns that came before their sale are booked as soon as it is there. */
  private async wake(batch: Batch, rows: readonly DeviceRow[]): Promise<void> {
    const { brandId, id: deviceId } = batch.device;
    const { rows: acts, ids } = this.devices;
    const added = batch.added.filter(({ order }) => order.kind === 'SALE').map(({ order }) => order.externalNo);
    // A return that is sent again may have missed its sale, which another till was bringing at the same moment.
    const named = rows.flatMap(({ ofExternalNo: of }) => (of && batch.known.get(of)?.kind === 'SALE' ? [of] : []));
    const sales = [...new Set([...added, ...named])];
    if (sales.length === 0) return;
    for (const act of await acts.waiting(batch.tx, brandId, sales)) {
      const row = JSON.parse(act.body ?? '{}') as Bare;
      const { result, text, orderId } = bringBack(batch, row, ids);
      const isBooked = result === 'CREATED';
      await acts.settle(batch.tx, brandId, act.deviceId, act.sequence, isBooked ? 'DONE' : 'REFUSED', orderId);
      await acts.retell(batch.tx, brandId, { ...act, text });
      if (isBooked && act.deviceId === deviceId) batch.woken.push(row);
    }
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
          redeemedAt: new Date(row.happenedAt),
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
    const synced = await this.parts.counters.sync(counter, uses);
    // Goods of the sale may have come back before its coupon was taken in.
    const sales = new Set(rows.flatMap((row, at) => (row.coupon ? (results[at]?.orderId ?? []) : [])));
    for (const saleId of sales)
      await this.devices.unitOfWork.run('tills.coupons', (tx) => this.saleCoupons.settle(tx, actor.brandId, saleId));
    return new Map(synced.map((one) => [Number(one.clientKey.split(':')[1]), one.text]));
  }

  /** A void sale gives back what paid for it at this till. */
  private async giveBack(actor: Pos, device: Device, voids: readonly Bare[]): Promise<void> {
    for (const { kind, paidBy = [], externalNo } of voids) {
      if (kind !== 'VOID' || paidBy.length === 0) continue;
      const acts = await this.devices.rows.acts(this.devices.database, actor.brandId, device.id, paidBy);
      for (const act of acts.values()) await this.desk.reverse(actor, device, act, `作废 ${externalNo}`);
    }
  }

  private async missing(actor: Pos, deviceNo: string): Promise<number[]> {
    const device = await this.devices.of(actor, deviceNo);
    if (device.lastSequence === device.rowsTotal) return [];
    const from = Math.max(1, device.lastSequence - 10_000);
    const there = await this.devices.rows.sequences(this.devices.database, device, from);
    return missingIn(there, from, device.lastSequence);
  }
}

const actOf = (row: Bare, hash: string, result: Result): Act => ({
  ...ACT,
  sequence: row.sequence,
  kind: row.kind,
  hash,
  externalNo: row.externalNo,
  ofExternalNo: row.ofExternalNo ?? null,
  state:
    result.result === 'WAITING'
      ? 'WAITING'
      : result.result === 'CREATED' || result.result === 'REPEATED'
        ? 'DONE'
        : 'REFUSED',
  orderId: result.orderId,
  body: JSON.stringify(row),
  text: result.text,
  happenedAt: new Date(row.happenedAt),
});

/** What a row that came before is answered now. */
function answerAgain(earlier: Act | undefined): Result {
  if (earlier?.state === 'WAITING') return WAITS;
  if (earlier?.state === 'REFUSED') return { result: 'REFUSED', text: earlier.text, orderId: earlier.orderId };
  return { result: 'REPEATED', text: '这一笔已经收到过', orderId: earlier?.orderId ?? null };
}

const voided = (rows: readonly DeviceRow[], results: readonly Result[]): DeviceRow[] =>
  rows.filter((row, at) => row.kind === 'VOID' && ['CREATED', 'REPEATED'].includes(results[at]?.result ?? ''));

/** Ed25519 over the canonical JSON of the device's number and the row without its signature. */
function checkSignature(device: Device, { signature, ...row }: DeviceRow): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: device.publicKey }, format: 'jwk' });
    const text = Buffer.from(canonicalJson({ deviceNo: device.deviceNo, row }));
    return verify(null, text, key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}
