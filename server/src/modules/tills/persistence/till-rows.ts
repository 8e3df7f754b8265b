import {
  type BrandId,
  type Fen,
  type Id,
  type MemberId,
  type OrderId,
  parseFen,
  type StoreId,
} from '@shuke/shared/kernel';

export interface Device {
  brandId: BrandId;
  id: Id<'device'>;
  connectorId: Id<'connector'>;
  storeId: StoreId;
  deviceNo: string;
  name: string;
  publicKey: string;
  status: 'ACTIVE' | 'STOPPED';
  lastSequence: number;
  rowsTotal: number;
  conflicts: number;
  lagMs: number;
  lastSeenAt: Date | null;
}
export type ActKind = 'SALE' | 'RETURN' | 'VOID' | 'COUPON' | 'POINTS' | 'WALLET';
export interface Act {
  sequence: number;
  kind: ActKind;
  hash: string;
  /** OWING: a void that is booked, and what paid for its sale has still to go back; KEPT: some of it cannot. */
  state: 'DONE' | 'WAITING' | 'OWING' | 'KEPT' | 'REVERSED' | 'REFUSED';
  externalNo: string | null;
  ofExternalNo: string | null;
  memberId: MemberId | null;
  subjectId: Id | null;
  fen: Fen;
  points: number;
  orderId: OrderId | null;
  body: string | null;
  text: string;
  happenedAt: Date;
}
/** An act as it is stored, with the till that did it. */
export interface StoredAct extends Act {
  brandId: BrandId;
  deviceId: Device['id'];
}
export type Row = Record<string, unknown>;

export const DEVICE =
  'SELECT brand_id, id, connector_id, store_id, device_no, name, public_key, status, last_sequence, rows_total, conflicts, lag_ms, last_seen_at FROM pos_device';
export const ACT =
  'SELECT brand_id, device_id, sequence, kind, hash, state, external_no, of_external_no, member_id, subject_id, fen, points, order_id, body, text, happened_at FROM pos_act';
export const deviceOf = (row: Row): Device => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as Device['id'],
  connectorId: row['connector_id'] as Device['connectorId'],
  storeId: row['store_id'] as StoreId,
  deviceNo: row['device_no'] as string,
  name: row['name'] as string,
  publicKey: row['public_key'] as string,
  status: row['status'] as Device['status'],
  lastSequence: Number(row['last_sequence']),
  rowsTotal: Number(row['rows_total']),
  conflicts: Number(row['conflicts']),
  lagMs: Number(row['lag_ms']),
  lastSeenAt: row['last_seen_at'] as Date | null,
});
export const actOf = (row: Row): StoredAct => ({
  brandId: row['brand_id'] as BrandId,
  deviceId: row['device_id'] as Device['id'],
  sequence: Number(row['sequence']),
  kind: row['kind'] as ActKind,
  hash: row['hash'] as string,
  state: row['state'] as Act['state'],
  externalNo: row['external_no'] as string | null,
  ofExternalNo: row['of_external_no'] as string | null,
  memberId: row['member_id'] as MemberId | null,
  subjectId: row['subject_id'] as Id | null,
  fen: parseFen(row['fen']),
  points: Number(row['points']),
  orderId: row['order_id'] as OrderId | null,
  body:
    row['body'] === null || typeof row['body'] === 'string'
      ? (row['body'] as string | null)
      : JSON.stringify(row['body']),
  text: row['text'] as string,
  happenedAt: row['happened_at'] as Date,
});
