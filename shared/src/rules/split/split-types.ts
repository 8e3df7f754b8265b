import type { Fen } from '../../kernel/index.js';

export type Party = 'BRAND' | 'FRANCHISEE' | 'GUIDE' | 'CHANNEL';
export type StoreKind = 'SELF' | 'FRANCHISE';
export type CollectMode = 'STORE' | 'BRAND';

/** One leg of a rule: this party gets this ratio of what was paid for matching goods. */
export interface SplitLegRule {
  party: 'BRAND' | 'GUIDE';
  ratioBp: number;
  storeKinds?: StoreKind[];
  categoryIds?: string[];
  note?: string;
}

/** A version of the brand's split rule. Once published it never changes. */
export interface SplitRule {
  version: number;
  name: string;
  legs: SplitLegRule[];
}

export interface PartyRef {
  party: Party;
  partyId: string;
  partyName: string;
}

export interface SplitLine {
  lineId: string;
  categoryId: string;
  name: string;
  qty: number;
  /** What was paid for the line after all discounts, in fen. */
  payableFen: Fen;
}

/** Everything an entitlement depends on besides the rule: a snapshot taken when the order was paid. */
export interface SplitInput {
  /** Goods and freight together, in fen. */
  paidFen: Fen;
  freightFen: Fen;
  /** What of it a presale's deposit paid before the tail; left out where everything was paid at once. */
  depositFen?: Fen;
  /** The channel's fee in basis points of each payment, rounded half up. */
  feeBp: number;
  storeKind: StoreKind;
  collectMode: CollectMode;
  /** Gets what nobody else gets: the franchisee, or the brand in a self-run store. */
  owner: PartyRef;
  brand: PartyRef;
  /** The guide to whom the order is attributed, if any. */
  guide: PartyRef | null;
  lines: SplitLine[];
}

export interface SplitShare extends PartyRef {
  fen: Fen;
}

/** One step of the computation as a person can follow it. */
export interface SplitStep {
  label: string;
  formula: string;
  fen: Fen;
}

export interface SplitResult {
  shares: SplitShare[];
  steps: SplitStep[];
}
