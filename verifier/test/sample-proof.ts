import { businessDay, fen, ZERO_FEN } from '@shuke/shared/kernel';
import {
  type ChainEntry,
  type EntryBody,
  entitle,
  entryHash,
  GENESIS_HASH,
  NOTHING_REVERSED,
  type PartyRef,
  reverse,
  ruleHash,
  type SplitInput,
  type SplitRule,
  writeProof,
} from '@shuke/shared/rules';

const rule: SplitRule = {
  version: 3,
  name: '加盟分润',
  legs: [
    { party: 'BRAND', ratioBp: 1800 },
    { party: 'GUIDE', ratioBp: 500 },
  ],
};
const brand: PartyRef = { party: 'BRAND', partyId: '1', partyName: '雪岭' };
const owner: PartyRef = { party: 'FRANCHISEE', partyId: '2', partyName: '杭州拾羽服饰有限公司' };
const guide: PartyRef = { party: 'GUIDE', partyId: '3', partyName: '林静' };
const AT = '2026-11-22T02:00:00.000Z';

function bodiesOf(index: number, more: number): EntryBody[] {
  const paid = fen(129_900 + index * 101 + more);
  const input: SplitInput = {
    paidFen: paid,
    freightFen: ZERO_FEN,
    feeBp: 60,
    storeKind: 'FRANCHISE',
    collectMode: 'STORE',
    owner,
    brand,
    guide,
    lines: [{ lineId: '1', categoryId: 'c', name: '长款羽绒服', qty: 1, payableFen: paid }],
  };
  const base = {
    v: 1 as const,
    storeId: '9',
    storeName: '湖滨店',
    orderId: String(100 + index),
    orderNo: `XL20261122${String(index).padStart(4, '0')}`,
    at: AT,
    businessDay: businessDay(Date.parse(AT)),
    rule: { version: rule.version, hash: ruleHash(rule) },
  };
  const accrual = entitle(rule, input);
  const refund = { freightFen: ZERO_FEN, lines: [{ lineId: '1', amountFen: fen(7001) }] };
  const sold: EntryBody = { ...base, kind: 'ACCRUAL', input, ...accrual };
  if (index % 3 !== 0) return [sold];
  const before = NOTHING_REVERSED;
  const back = reverse(rule, input, accrual.shares, refund, before);
  const refunded = {
    refundId: String(500 + index),
    refundFen: fen(7001),
    input,
    original: accrual.shares,
    refund,
    before,
    ...back,
  };
  return [sold, { ...base, kind: 'REVERSAL', ...refunded }];
}

/** The proof of one store's day with `orders` orders, every third of them partly refunded; `more` fen on each price. */
export function sampleProof(orders: number, more = 0): string {
  let prevHash = GENESIS_HASH;
  const entries: ChainEntry[] = Array.from({ length: orders }, (_, index) => bodiesOf(index, more))
    .flat()
    .map((body, index) => {
      const entry = { seq: index + 1, prevHash, body, hash: entryHash(prevHash, index + 1, body) };
      prevHash = entry.hash;
      return entry;
    });
  const names = { brand: { id: '1', name: '雪岭' }, franchisee: { id: '2', name: owner.partyName } };
  return writeProof(
    { ...names, businessDay: '2026-11-22' },
    [{ type: 'rule', rule, hash: ruleHash(rule) }],
    [{ storeId: '9', storeName: '湖滨店', afterSeq: 0, afterHash: GENESIS_HASH, entries }],
  );
}
