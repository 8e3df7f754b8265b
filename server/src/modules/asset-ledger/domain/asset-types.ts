import type { Id, MemberId, OrderId, StoreId } from '@shuke/shared/kernel';

export type Asset = 'WALLET' | 'POINTS' | 'GROWTH';
export type LotKind = 'PRINCIPAL' | 'BONUS' | 'POINTS' | 'GROWTH';
export type LotState = 'PENDING' | 'ACTIVE' | 'SPENT' | 'EXPIRED' | 'REVOKED';
export type LotId = Id<'lot'>;
export type HoldId = Id<'hold'>;

/** What came in at once and may lapse at once: it keeps its origin, its store and its promise for ever. */
export interface Lot {
  id: LotId;
  ownerId: MemberId;
  kind: LotKind;
  state: LotState;
  /** Lots of one top-up share it: principal and its bonus are taken together. */
  pairId: Id;
  granted: number;
  /** What is left, held part included. */
  remaining: number;
  held: number;
  originKind: string;
  originId: Id;
  /** Who got it first; stays through merges. */
  originOwnerId: MemberId;
  storeId: StoreId | null;
  terms: Record<string, unknown> | null;
  title: string;
  createdAt: Date;
  /** A pending lot becomes usable then; null waits for {@link activate}. */
  activeAt: Date | null;
  expiresAt: Date | null;
}

export interface Account {
  ownerId: MemberId;
  /** Usable lots minus what is owed; negative while something is owed. */
  balance: number;
  pending: number;
  held: number;
  /** What a refund took back that was spent already. */
  owed: number;
  entryCount: number;
  headHash: string;
  frozenReason: string | null;
}

/** Change of one lot; the lot "0" stands for what is owed. */
export interface Movement {
  lotId: LotId;
  amount: number;
  pending: number;
}

/** A line of the account's history before it is written. */
export interface EntryDraft {
  kind: string;
  ref: string;
  title: string;
  storeId: StoreId | null;
  orderId: OrderId | null;
  amount: number;
  pending: number;
  balanceAfter: number;
  pendingAfter: number;
  movements: Movement[];
}

/** Why something is booked; the reference makes it happen once per brand and asset. */
export interface Cause {
  kind: string;
  ref: string;
  title: string;
  storeId?: StoreId | null;
  orderId?: OrderId | null;
}

/** Part of a lot that a hold took, and what of it came back after the capture. */
export interface LotUse {
  lotId: LotId;
  amount: number;
  returned: number;
}

export const OWED_LOT = '0' as LotId;
export const GRACE_MS = 24 * 3_600_000;

/** Raised when an account has less than is asked for; the caller turns it into words. */
export class NotEnough extends Error {
  constructor(
    readonly wanted: number,
    readonly available: number,
  ) {
    super(`wanted ${wanted}, available ${available}`);
  }
}

/** Raised when an account is frozen and something would leave it. */
export class Frozen extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}
