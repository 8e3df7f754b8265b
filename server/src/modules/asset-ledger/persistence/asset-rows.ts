import { createHash } from 'node:crypto';
import { canonicalJson, type Id, type MemberId, type OrderId, type StoreId } from '@shuke/shared/kernel';
import type { Account, Lot, LotId, LotKind, LotState } from '../domain/asset-types.js';

/** What the first entry of an account stands on. */
export const GENESIS = '0'.repeat(64);

export interface AccountRow {
  owner_id: MemberId;
  balance: string;
  pending: string;
  held: string;
  owed: string;
  entry_count: string;
  head_hash: string;
  frozen_reason: string | null;
}
export interface LotRow {
  id: LotId;
  owner_id: MemberId;
  kind: LotKind;
  state: LotState;
  pair_id: Id;
  granted: string;
  remaining: string;
  held: string;
  origin_kind: string;
  origin_id: Id;
  origin_owner_id: MemberId;
  store_id: StoreId | null;
  terms: string | Record<string, unknown> | null;
  title: string;
  created_at: Date;
  active_at: Date | null;
  expires_at: Date | null;
}
export interface EntryRow {
  seq: string;
  kind: string;
  ref: string;
  amount: string;
  pending: string;
  balance_after: string;
  title: string;
  store_id: StoreId | null;
  order_id: OrderId | null;
  at: Date;
  bonus: string | null;
}

export const ACCOUNT =
  'SELECT owner_id, balance, pending, held, owed, entry_count, head_hash, frozen_reason FROM asset_account';
export const LOT = `SELECT id, owner_id, kind, state, pair_id, granted, remaining, held, origin_kind, origin_id, origin_owner_id, store_id, terms, title,
  created_at, active_at, expires_at FROM asset_lot`;
export const accountOf = (row: AccountRow): Account => ({
  ownerId: row.owner_id,
  balance: Number(row.balance),
  pending: Number(row.pending),
  held: Number(row.held),
  owed: Number(row.owed),
  entryCount: Number(row.entry_count),
  headHash: row.head_hash,
  frozenReason: row.frozen_reason,
});
export const lotOf = (row: LotRow): Lot => ({
  id: row.id,
  ownerId: row.owner_id,
  kind: row.kind,
  state: row.state,
  pairId: row.pair_id,
  granted: Number(row.granted),
  remaining: Number(row.remaining),
  held: Number(row.held),
  originKind: row.origin_kind,
  originId: row.origin_id,
  originOwnerId: row.origin_owner_id,
  storeId: row.store_id,
  terms: typeof row.terms === 'string' ? (JSON.parse(row.terms) as Record<string, unknown>) : row.terms,
  title: row.title,
  createdAt: row.created_at,
  activeAt: row.active_at,
  expiresAt: row.expires_at,
});

export const emptyAccount = (ownerId: MemberId): Account => ({
  ownerId,
  balance: 0,
  pending: 0,
  held: 0,
  owed: 0,
  entryCount: 0,
  headHash: GENESIS,
  frozenReason: null,
});

/** The hash of an entry over its predecessor: an entry that was changed or taken out shows (as in settlement's chain). */
export function entryHashOf(prev: string, body: Record<string, string | number>): string {
  return createHash('sha256').update(prev).update(canonicalJson(body)).digest('hex');
}
