import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { businessDay, fen, ZERO_FEN } from '../../kernel/index.js';
import { entitle, NOTHING_REVERSED, type PartyRef, reverse, type SplitInput, type SplitRule } from '../split/index.js';
import {
  type ChainEntry,
  type EntryBody,
  entryHash,
  GENESIS_HASH,
  ruleHash,
  verifyProof,
  writeProof,
} from './index.js';

const rule: SplitRule = {
  version: 3,
  name: '加盟分润',
  legs: [
    { party: 'BRAND', ratioBp: 1800 },
    { party: 'GUIDE', ratioBp: 500 },
  ],
};
const brand: PartyRef = { party: 'BRAND', partyId: '1', partyName: '雪岭' };
const owner: PartyRef = { party: 'FRANCHISEE', partyId: '2', partyName: '钱塘服饰' };
const guide: PartyRef = { party: 'GUIDE', partyId: '3', partyName: '林静' };
const AT = '2026-11-22T02:00:00.000Z';

function bodiesOf(index: number): EntryBody[] {
  const input: SplitInput = {
    paidFen: fen(129_900 + index),
    freightFen: ZERO_FEN,
    feeBp: 60,
    storeKind: 'FRANCHISE',
    collectMode: 'STORE',
    owner,
    brand,
    guide,
    lines: [{ lineId: '1', categoryId: 'c', name: '长款羽绒服', qty: 1, payableFen: fen(129_900 + index) }],
  };
  const base = {
    v: 1 as const,
    storeId: '9',
    storeName: '湖滨店',
    orderId: String(100 + index),
    orderNo: `XL${index}`,
    at: AT,
    businessDay: businessDay(Date.parse(AT)),
    rule: { version: 3, hash: ruleHash(rule) },
  };
  const accrual = entitle(rule, input);
  const refund = { freightFen: ZERO_FEN, lines: [{ lineId: '1', amountFen: fen(7_001) }] };
  const back = reverse(rule, input, accrual.shares, refund, NOTHING_REVERSED);
  return [
    { ...base, kind: 'ACCRUAL', input, ...accrual },
    {
      ...base,
      kind: 'REVERSAL',
      refundId: String(500 + index),
      refundFen: fen(7_001),
      input,
      original: accrual.shares,
      refund,
      before: NOTHING_REVERSED,
      ...back,
    },
  ];
}

function proofText(): string {
  let prevHash = GENESIS_HASH;
  const entries: ChainEntry[] = [0, 1, 2].flatMap(bodiesOf).map((body, index) => {
    const entry = { seq: index + 1, prevHash, body, hash: entryHash(prevHash, index + 1, body) };
    prevHash = entry.hash;
    return entry;
  });
  return writeProof(
    { brand: { id: '1', name: '雪岭' }, franchisee: { id: '2', name: '钱塘服饰' }, businessDay: '2026-11-22' },
    [{ type: 'rule', rule, hash: ruleHash(rule) }],
    [{ storeId: '9', storeName: '湖滨店', afterSeq: 0, afterHash: GENESIS_HASH, entries }],
  );
}

const good = proofText();

describe('verifyProof', () => {
  it('agrees with an untouched proof and recomputes every entry', () => {
    const result = verifyProof(good);
    expect(result.findings).toEqual([]);
    expect(result.entries).toHaveLength(6);
    expect(result.totals?.entryCount).toBe(6);
  });

  it('finds any single changed character and names its line', () => {
    fc.assert(
      fc.property(
        fc.nat(good.length - 2),
        fc.constantFrom('0', '1', '7', 'a', '，', ' ', '"', '}'),
        (position, char) => {
          fc.pre(good[position] !== char && good[position] !== '\n');
          const changed = good.slice(0, position) + char + good.slice(position + 1);
          const line = good.slice(0, position).split('\n').length;
          const result = verifyProof(changed);
          expect(result.isRight).toBe(false);
          expect(result.findings.map((finding) => finding.line)).toContain(line);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('finds a removed, a doubled and a swapped line', () => {
    const lines = good.trimEnd().split('\n');
    const removed = [...lines.slice(0, 4), ...lines.slice(5)];
    const doubled = [...lines.slice(0, 4), lines[3], ...lines.slice(4)];
    const swapped = [...lines.slice(0, 3), lines[4], lines[3], ...lines.slice(5)];
    for (const version of [removed, doubled, swapped])
      expect(verifyProof(`${version.join('\n')}\n`).isRight).toBe(false);
  });

  it('finds a row whose amounts were changed together with its hash, because the rule gives other amounts', () => {
    const lines = good
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const entry = lines[3] as unknown as ChainEntry;
    entry.body.shares = entry.body.shares.map((share) =>
      share.party === 'BRAND'
        ? { ...share, fen: fen(share.fen - 100) }
        : share.party === 'FRANCHISEE'
          ? { ...share, fen: fen(share.fen + 100) }
          : share,
    );
    entry.hash = entryHash(entry.prevHash, entry.seq, entry.body);
    const result = verifyProof(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    expect(result.findings.some((finding) => finding.line === 4 && finding.text.includes('重算'))).toBe(true);
  });

  it('never throws, whatever text it gets', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(verifyProof(text).isRight).toBe(false)));
  });
});
