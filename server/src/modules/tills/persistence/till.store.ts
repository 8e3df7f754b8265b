import type { BrandId, Id, MemberId, OrderId, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { ACT, type Act, actOf, DEVICE, type Device, deviceOf, type Row, type StoredAct } from './till-rows.js';

/** Tills and every act that they reported. */
export class TillStore {
  async device(on: Queryable, brandId: BrandId, deviceNo: string, isLocked = false): Promise<Device | null> {
    const [row] = await on.query<Row>(
      `${DEVICE} WHERE brand_id = ? AND device_no = ? ${isLocked ? 'FOR UPDATE' : ''}`,
      [brandId, deviceNo],
    );
    return row ? deviceOf(row) : null;
  }

  async devices(on: Queryable, brandId: BrandId, connectorId: Id | null): Promise<Device[]> {
    const rows = await on.query<Row>(
      `${DEVICE} WHERE brand_id = ? AND (? IS NULL OR connector_id = ?) ORDER BY store_id, device_no LIMIT 1000`,
      [brandId, connectorId, connectorId],
    );
    return rows.map(deviceOf);
  }

  async devicesById(on: Queryable, brandId: BrandId, ids: readonly Device['id'][]): Promise<Map<Device['id'], Device>> {
    const rows = await on.query<Row>(`${DEVICE} WHERE brand_id = ? AND id IN ${marks(ids)}`, [brandId, ...ids]);
    return new Map(rows.map(deviceOf).map((device) => [device.id, device] as const));
  }

  async todayRows(on: Queryable, brandId: BrandId, since: Date): Promise<Map<string, number>> {
    const rows = await on.query<{ device_id: string; n: string }>(
      'SELECT device_id, COUNT(*) AS n FROM pos_act WHERE brand_id = ? AND received_at >= ? GROUP BY device_id',
      [brandId, since],
    );
    return new Map(rows.map((row) => [row.device_id, Number(row.n)]));
  }

  async register(
    tx: Tx,
    device: Omit<Device, 'status' | 'lastSequence' | 'rowsTotal' | 'conflicts' | 'lagMs' | 'lastSeenAt'>,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO pos_device (brand_id, id, connector_id, store_id, device_no, name, public_key, status, last_sequence, rows_total, conflicts, lag_ms, last_seen_at, created_at)
       VALUES (?,?,?,?,?,?,?,'ACTIVE',0,0,0,0,?,?) ON DUPLICATE KEY UPDATE store_id = VALUES(store_id), name = VALUES(name), public_key = VALUES(public_key),
         status = 'ACTIVE', last_seen_at = VALUES(last_seen_at)`,
      [
        ...[
          device.brandId,
          device.id,
          device.connectorId,
          device.storeId,
          device.deviceNo,
          device.name,
          device.publicKey,
        ],
        tx.now,
        tx.now,
      ],
    );
  }

  async acts(
    on: Queryable,
    brandId: BrandId,
    deviceId: Device['id'],
    sequences: readonly number[],
  ): Promise<Map<number, StoredAct>> {
    const rows = await on.query<Row>(
      `${ACT} WHERE brand_id = ? AND device_id = ? AND sequence IN ${marks(sequences)}`,
      [brandId, deviceId, ...sequences],
    );
    return new Map(rows.map((row) => [Number(row['sequence']), actOf(row)]));
  }

  /** Returns and voids whose sale had not come. */
  async waiting(on: Queryable, brandId: BrandId, externalNos: readonly string[]) {
    const rows = await on.query<Row>(
      `${ACT} WHERE brand_id = ? AND of_external_no IN ${marks(externalNos)} AND state = 'WAITING' ORDER BY happened_at, device_id, sequence FOR UPDATE`,
      [brandId, ...externalNos],
    );
    return rows.map(actOf);
  }

  /** Sales that have come while returns or voids waited for them, whoever brought them, and are whole. */
  async arrived(on: Queryable, now: Date, most: number): Promise<{ brandId: BrandId; saleNo: string }[]> {
    const rows = await on.query<{ brand_id: BrandId; of_external_no: string }>(
      `SELECT w.brand_id, w.of_external_no FROM pos_act w
        JOIN sales_order s ON s.brand_id = w.brand_id AND s.channel = 'POS' AND s.external_no = w.of_external_no
       WHERE w.state = 'WAITING' AND NOT (s.is_imported = 1 AND EXISTS (
         SELECT 1 FROM pos_arriving_file f WHERE f.brand_id = s.brand_id AND f.quiet_at > ?))
       GROUP BY w.brand_id, w.of_external_no ORDER BY MIN(w.received_at) LIMIT ?`,
      [now, most],
    );
    return rows.map((row) => ({ brandId: row.brand_id, saleNo: row.of_external_no }));
  }

  /** Voids for which something has still to go back. */
  async owing(on: Queryable, most: number): Promise<StoredAct[]> {
    const rows = await on.query<Row>(`${ACT} WHERE state = 'OWING' ORDER BY received_at LIMIT ?`, [most]);
    return rows.map(actOf);
  }

  /** What paid for a sale, and the sale itself. */
  async ofOrder(on: Queryable, brandId: BrandId, orderId: OrderId) {
    const rows = await on.query<Row>(`${ACT} WHERE brand_id = ? AND order_id = ?`, [brandId, orderId]);
    return rows.map(actOf);
  }

  async storeOf(on: Queryable, brandId: BrandId, orderId: OrderId): Promise<StoreId | null> {
    const [row] = await on.query<{ store_id: StoreId }>(
      'SELECT store_id FROM sales_order WHERE brand_id = ? AND id = ?',
      [brandId, orderId],
    );
    return row?.store_id ?? null;
  }

  async insert(tx: Tx, brandId: BrandId, deviceId: Device['id'], acts: readonly Act[]): Promise<void> {
    if (acts.length === 0) return;
    await tx.execute(
      `INSERT INTO pos_act (brand_id, device_id, sequence, kind, hash, state, external_no, of_external_no, member_id, subject_id, fen, points, order_id, body, text,
         happened_at, received_at) VALUES ${acts.map(() => '(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)').join(',')}`,
      acts.flatMap((act): SqlValue[] => [
        ...[
          brandId,
          deviceId,
          act.sequence,
          act.kind,
          act.hash,
          act.state,
          act.externalNo,
          act.ofExternalNo,
          act.memberId,
        ],
        ...[act.subjectId, act.fen, act.points, act.orderId, act.body, act.text.slice(0, 200)],
        act.happenedAt,
        tx.now,
      ]),
    );
  }

  async settle(
    tx: Tx,
    brandId: BrandId,
    deviceId: Device['id'],
    sequence: number,
    to: Act['state'],
    orderId: OrderId | null,
  ): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      'UPDATE pos_act SET state = ?, order_id = COALESCE(?, order_id) WHERE brand_id = ? AND device_id = ? AND sequence = ? AND state <> ?',
      [to, orderId, brandId, deviceId, sequence, to],
    );
    return affectedRows === 1;
  }

  /** What has become of an act that was not at its end; it is answered so from now on. */
  async conclude(tx: Tx, act: StoredAct): Promise<void> {
    await tx.execute(
      "UPDATE pos_act SET state = ?, order_id = ?, text = ? WHERE brand_id = ? AND device_id = ? AND sequence = ? AND state IN ('WAITING','OWING')",
      [act.state, act.orderId, act.text.slice(0, 200), act.brandId, act.deviceId, act.sequence],
    );
  }

  /** Acts that paid part of a sale belong to it from now on. */
  async link(
    tx: Tx,
    brandId: BrandId,
    deviceId: Device['id'],
    sequences: readonly number[],
    orderId: OrderId,
  ): Promise<void> {
    await tx.execute(
      `UPDATE pos_act SET order_id = ? WHERE brand_id = ? AND device_id = ? AND sequence IN ${marks(sequences)}`,
      [orderId, brandId, deviceId, ...sequences],
    );
  }

  /** The device's counters after acts came in. */
  async seen(
    tx: Tx,
    device: Device,
    more: { rows: number; last: number; lagMs: number; conflicts: number },
  ): Promise<void> {
    await tx.execute(
      `UPDATE pos_device SET rows_total = rows_total + ?, last_sequence = GREATEST(last_sequence, ?), lag_ms = ?, conflicts = conflicts + ?, last_seen_at = ?
       WHERE brand_id = ? AND id = ?`,
      [more.rows, more.last, more.lagMs, more.conflicts, tx.now, device.brandId, device.id],
    );
  }

  async sequences(on: Queryable, device: Device, from: number): Promise<Set<number>> {
    const rows = await on.query<{ sequence: string }>(
      'SELECT sequence FROM pos_act WHERE brand_id = ? AND device_id = ? AND sequence >= ? ORDER BY sequence LIMIT 20000',
      [device.brandId, device.id, from],
    );
    return new Set(rows.map((row) => Number(row.sequence)));
  }

  async memberByNo(on: Queryable, brandId: BrandId, memberNo: string): Promise<MemberId | null> {
    const [row] = await on.query<{ id: MemberId }>('SELECT id FROM member WHERE brand_id = ? AND member_no = ?', [
      brandId,
      memberNo,
    ]);
    return row?.id ?? null;
  }
}
