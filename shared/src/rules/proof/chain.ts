import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import { canonicalJson, type Fen } from '../../kernel/index.js';
import type {
  PartyRef,
  RefundInput,
  ReversedBefore,
  SplitInput,
  SplitRule,
  SplitShare,
  SplitStep,
} from '../split/index.js';

/** What stands before the first entry of every store's chain. */
export const GENESIS_HASH = '0'.repeat(64);

/** sha256 of a text, hex. */
export const hashText = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** The hash that names a rule version by its content. */
export const ruleHash = (rule: SplitRule): string => hashText(canonicalJson(rule));

interface EntryBase {
  v: 1;
  storeId: string;
  storeName: string;
  orderId: string;
  orderNo: string;
  /** UTC instant, ISO 8601. */
  at: string;
  businessDay: string;
  rule: { version: number; hash: string };
  steps: SplitStep[];
  shares: SplitShare[];
}
export interface AccrualBody extends EntryBase {
  kind: 'ACCRUAL';
  input: SplitInput;
}
export interface ReversalBody extends EntryBase {
  kind: 'REVERSAL';
  refundId: string;
  /** The whole input of the accrual again, so that an entry can be recomputed alone. */
  input: SplitInput;
  original: SplitShare[];
  refund: RefundInput;
  before: ReversedBefore;
  refundFen: Fen;
}
export type EntryBody = AccrualBody | ReversalBody;

/** One link of a store's chain. */
export interface ChainEntry {
  seq: number;
  prevHash: string;
  body: EntryBody;
  hash: string;
}

/** hash = sha256(previous hash, position, canonical body): changing any byte of any entry breaks it and all after it. */
export const entryHash = (prevHash: string, seq: number, body: EntryBody): string =>
  hashText(`${prevHash}\n${seq}\n${canonicalJson(body)}`);

/** What an entry moves: positive for an accrual, negative for a reversal. */
export const signedShares = (body: EntryBody): SplitShare[] =>
  body.kind === 'ACCRUAL' ? body.shares : body.shares.map((share) => ({ ...share, fen: -share.fen as Fen }));

/** The amount that an entry divides. */
export const entryAmount = (body: EntryBody): number =>
  body.kind === 'ACCRUAL' ? body.input.paidFen : -body.refundFen;

export type { PartyRef };
