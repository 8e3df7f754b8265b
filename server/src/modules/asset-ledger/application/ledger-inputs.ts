import type { BrandId, Id, MemberId, StoreId } from '@shuke/shared/kernel';
import type { LateReturn } from '../domain/asset-book.js';
import type { Asset, LotId, LotKind } from '../domain/asset-types.js';
import type { TakePolicy } from '../domain/take-order.js';

/** A lot to be credited. */
export interface CreditInput {
  kind: LotKind;
  amount: number;
  originKind: string;
  originId: Id;
  title: string;
  pairId?: Id;
  storeId?: StoreId | null;
  terms?: Record<string, unknown> | null;
  /** `undefined`: usable now; null: pending until somebody activates it. */
  activeAt?: Date | null;
  expiresAt?: Date | null;
}
/** An amount to be held for a subject. */
export interface HoldInput {
  brandId: BrandId;
  memberId: MemberId;
  asset: Asset;
  subjectKind: string;
  subjectId: Id;
  amount: number;
  storeId: StoreId | null;
  /** When it is free again by itself; null: only its subject ends it, however long that takes. */
  until: Date | null;
  title: string;
  policy?: TakePolicy;
  /** Exactly these parts of lots instead of a choice by the policy. */
  parts?: readonly { lotId: LotId; amount: number }[];
}
/** A part of what a subject took, to go back to its lots. */
export interface PutBackInput {
  brandId: BrandId;
  asset: Asset;
  subjectKind: string;
  subjectId: Id;
  refundId: Id;
  amount: number;
  late: LateReturn;
}
