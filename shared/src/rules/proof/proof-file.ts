import { canonicalJson } from '../../kernel/index.js';
import type { Party, SplitRule } from '../split/index.js';
import { type ChainEntry, type EntryBody, entryAmount, hashText, signedShares } from './chain.js';

/**
 * A proof is a text file with one JSON object a line, so that a damaged line can be named: a header, the rule versions
 * used, for each store a line that opens its chain followed by its entries, the totals, and a seal over all lines
 * before it. Every line is canonical JSON: any changed byte shows.
 */
export const PROOF_FORMAT = 'shuke-proof/1';

export interface HeaderLine {
  type: 'header';
  format: typeof PROOF_FORMAT;
  brand: { id: string; name: string };
  franchisee: { id: string; name: string };
  businessDay: string;
  /** DRAFT while the day's statement is not published and entries may still follow. */
  state?: 'DRAFT' | 'PUBLISHED';
}
export interface RuleLine {
  type: 'rule';
  rule: SplitRule;
  hash: string;
}
export interface StoreLine {
  type: 'store';
  storeId: string;
  storeName: string;
  /** Position and hash of the last entry before this day. */
  afterSeq: number;
  afterHash: string;
  entryCount: number;
  headHash: string;
}
export interface EntryLine extends ChainEntry {
  type: 'entry';
}
export type Totals = { entryCount: number; amountFen: number } & Record<Lowercase<Party>, number>;
export interface TotalLine {
  type: 'total';
  totals: Totals;
}
export interface SealLine {
  type: 'seal';
  /** Over everything before this line. */
  hash: string;
  /** The first digits of each line's own hash, in order, so that a changed line can be named. */
  lines: string[];
}
export type ProofLine = HeaderLine | RuleLine | StoreLine | EntryLine | TotalLine | SealLine;

/** A store's part of a statement. */
export interface StoreChain {
  storeId: string;
  storeName: string;
  afterSeq: number;
  afterHash: string;
  entries: ChainEntry[];
}

/** The short hash of one line of the file. */
export const lineHash = (text: string): string => hashText(text).slice(0, 16);

/** Sums per party over entries; reversals count negative. */
export function totalsOf(entries: readonly { body: EntryBody }[]): Totals {
  const totals: Totals = { entryCount: entries.length, amountFen: 0, brand: 0, franchisee: 0, guide: 0, channel: 0 };
  for (const { body } of entries) {
    totals.amountFen += entryAmount(body);
    for (const share of signedShares(body)) totals[share.party.toLowerCase() as Lowercase<Party>] += share.fen;
  }
  return totals;
}

/** Writes the proof of a franchisee's day. */
export function writeProof(
  header: Omit<HeaderLine, 'type' | 'format'>,
  rules: readonly RuleLine[],
  stores: readonly StoreChain[],
): string {
  const lines: ProofLine[] = [{ type: 'header', format: PROOF_FORMAT, ...header }, ...rules];
  for (const { entries, ...store } of stores) {
    lines.push({
      type: 'store',
      ...store,
      entryCount: entries.length,
      headHash: entries.at(-1)?.hash ?? store.afterHash,
    });
    for (const entry of entries) lines.push({ type: 'entry', ...entry });
  }
  lines.push({ type: 'total', totals: totalsOf(stores.flatMap((store) => store.entries)) });
  const texts = lines.map((line) => canonicalJson(line));
  const text = texts.map((one) => `${one}\n`).join('');
  const seal: SealLine = { type: 'seal', hash: hashText(text), lines: texts.map(lineHash) };
  return `${text}${canonicalJson(seal)}\n`;
}
