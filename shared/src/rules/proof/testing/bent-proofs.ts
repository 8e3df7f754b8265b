import { businessDay, canonicalJson, fen, ZERO_FEN } from '../../../kernel/index.js';
import {
  entitle,
  NOTHING_REVERSED,
  type PartyRef,
  reverse,
  type SplitInput,
  type SplitRule,
} from '../../split/index.js';
import {
  type AccrualBody,
  type ChainEntry,
  type EntryBody,
  entryHash,
  GENESIS_HASH,
  hashText,
  lineHash,
  type ReversalBody,
  type RuleLine,
  ruleHash,
  type StoreChain,
  verifyProof,
  writeProof,
} from '../index.js';

export const rule: SplitRule = { version: 3, name: '加盟分润', legs: [{ party: 'BRAND', ratioBp: 1800 }] };
export const gentle: SplitRule = { ...rule, legs: [{ party: 'BRAND', ratioBp: 100 }] };
export const brand: PartyRef = { party: 'BRAND', partyId: '1', partyName: '雪岭' };
const owner: PartyRef = { party: 'FRANCHISEE', partyId: '2', partyName: '钱塘服饰' };
export const lineOf = (one: SplitRule): RuleLine => ({ type: 'rule', rule: one, hash: ruleHash(one) });
export const DAYS = ['2026-11-20', '2026-11-21', '2026-11-22'] as const;

export function sale(orderId: string, day: string, paid = 99_989, by: SplitRule = rule): AccrualBody {
  const input: SplitInput = {
    paidFen: fen(paid),
    freightFen: ZERO_FEN,
    feeBp: 60,
    storeKind: 'FRANCHISE',
    collectMode: 'STORE',
    owner,
    brand,
    guide: null,
    lines: [{ lineId: '1', categoryId: 'c', name: '长款羽绒服', qty: 1, payableFen: fen(paid) }],
  };
  const at = `${day}T02:00:00.000Z`;
  return {
    v: 1,
    kind: 'ACCRUAL',
    storeId: '9',
    storeName: '湖滨店',
    orderId,
    orderNo: `XL${orderId}`,
    at,
    input,
    businessDay: businessDay(Date.parse(at)),
    rule: { version: by.version, hash: ruleHash(by) },
    ...entitle(by, input),
  };
}

export function refund(of: AccrualBody, refundId: string, day: string, amount: number, before: ReversalBody[] = []) {
  const given = { freightFen: ZERO_FEN, lines: [{ lineId: '1', amountFen: fen(amount) }] };
  const back =
    before.length === 0
      ? NOTHING_REVERSED
      : {
          freightFen: ZERO_FEN,
          lines: before.flatMap((one) => one.refund.lines),
          shares: before.flatMap((one) => one.shares),
        };
  const { shares: original, steps: _, kind: __, ...base } = of;
  const body: ReversalBody = {
    ...base,
    kind: 'REVERSAL',
    at: `${day}T03:00:00.000Z`,
    businessDay: day,
    refundId,
    refundFen: fen(amount),
    original,
    refund: given,
    before: back,
    ...reverse(rule, of.input, original, given, back),
  };
  return body;
}

/** Links bodies to a chain, as its owner can do at any time. */
export function link(bodies: readonly EntryBody[], from: Pick<StoreChain, 'afterSeq' | 'afterHash'>): ChainEntry[] {
  let prevHash = from.afterHash;
  return bodies.map((body, index) => {
    const seq = from.afterSeq + index + 1;
    const entry = { seq, prevHash, body, hash: entryHash(prevHash, seq, body) };
    prevHash = entry.hash;
    return entry;
  });
}
export const START = { afterSeq: 0, afterHash: GENESIS_HASH };
export const names = { brand: { id: '1', name: '雪岭' }, franchisee: { id: '2', name: '钱塘服饰' } };

export function proofOf(day: string, bodies: readonly EntryBody[], from = START, rules = [lineOf(rule)]): string {
  const store = { storeId: '9', storeName: '湖滨店', ...from, entries: link(bodies, from) };
  return writeProof({ ...names, businessDay: day, state: 'PUBLISHED' }, rules, [store]);
}
export const headOf = (text: string) => {
  const [store] = verifyProof(text).stores;
  return { afterSeq: store?.headSeq ?? 0, afterHash: store?.headHash ?? '' };
};

/** Seals lines anew, as whoever writes a proof can: the seal alone proves nothing. */
export function seal(lines: readonly string[]): string {
  const text = lines.map((one) => `${one}\n`).join('');
  return `${text}${canonicalJson({ type: 'seal', hash: hashText(text), lines: lines.map(lineHash) })}\n`;
}
export const linesOf = (text: string) => text.trimEnd().split('\n').slice(0, -1);
export const bend = (text: string, change: (lines: string[]) => string[]): string => seal(change(linesOf(text)));
export const found = (text: string) => verifyProof(text).findings.map((one) => `${one.line} ${one.text}`);
