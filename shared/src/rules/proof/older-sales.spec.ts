import { describe, expect, it } from '@jest/globals';
import { utf8ToBytes } from '@noble/hashes/utils';
import { fen } from '../../kernel/index.js';
import { NOTHING_REVERSED, reverse, type SplitShare } from '../split/index.js';
import { GENESIS_HASH, type ReversalBody, verifyProof, verifyProofs, writeProof } from './index.js';
import { DAYS, found, gentle, lineOf, link, names, proofOf, refund, rule, sale } from './testing/bent-proofs.js';

const [dayA, dayB] = DAYS;
/** The chain goes on from entries that this file does not hold. */
const LATER = { afterSeq: 4, afterHash: 'a'.repeat(64) };
const sold = sale('100', dayA);
const later = (...bodies: Parameters<typeof proofOf>[1]) => found(proofOf(dayB, bodies, LATER));

/** A refund computed from shares that its writer made up. */
function madeUp(original: readonly SplitShare[], before = NOTHING_REVERSED): ReversalBody {
  const honest = refund(sold, '500', dayB, 7_001);
  return { ...honest, original: [...original], before, ...reverse(rule, sold.input, original, honest.refund, before) };
}
const give = (shares: readonly SplitShare[], amount: number) =>
  shares.map((one) => ({
    ...one,
    fen: fen(one.fen + (one.party === 'BRAND' ? -amount : one.party === 'FRANCHISEE' ? amount : 0)),
  }));

describe('a refund of a sale that stands in the file of another day', () => {
  it('is right as it was written, the second one too', () => {
    const first = refund(sold, '500', dayB, 7_001);
    expect(later(first, refund(sold, '501', dayB, 9_003, [first]))).toEqual([]);
    expect(later(refund(sold, '501', dayB, 9_003, [first]))).toEqual([]);
  });

  it('is found when it makes up the shares of the sale', () => {
    expect(later(madeUp(give(sold.shares, 500)))).toEqual(['4 退款记录引用的原始分配，按订单快照重算不出来']);
  });

  it.each<[string, (shares: SplitShare[]) => SplitShare[]]>([
    ['less than had gone back', (shares) => shares.map((one) => ({ ...one, fen: fen(one.fen - 1) }))],
    ['somebody who had no part', (shares) => shares.map((one) => ({ ...one, partyId: '7' }))],
    ['a fee that the channel did not give back', ([fee, ...rest]) => [{ ...fee, fen: fen(0) } as SplitShare, ...rest]],
    ['more than a party had', (shares) => give(shares, 90_000)],
  ])('is found when what had gone back before names %s', (_, change) => {
    const first = refund(sold, '500', dayA, 7_001);
    const honest = refund(sold, '501', dayB, 9_003, [first]);
    const before = { ...honest.before, shares: change(honest.before.shares) };
    expect(later({ ...honest, before }).join()).toMatch(/“此前已退”的各方金额|无法重算/);
  });
});

describe('a file that holds what is not its own', () => {
  it('is found when an entry is another franchisee’s, or a store’s of the brand', () => {
    const start = { afterSeq: 0, afterHash: GENESIS_HASH };
    const foreign = writeProof(
      { ...names, franchisee: { id: '8', name: '别家' }, businessDay: dayA },
      [lineOf(rule)],
      [{ storeId: '9', storeName: '湖滨店', ...start, entries: link([sold], start) }],
    );
    expect(found(foreign)).toEqual(['4 记录属于另一个加盟商，或品牌自营的门店']);
  });

  it('is found when a rule is in it that no entry needs, or one twice', () => {
    const other = { ...gentle, version: 4 };
    expect(found(proofOf(dayA, [sold], undefined, [lineOf(rule), lineOf(other)]))).toEqual([
      '3 没有一条记录用到规则第 4 版：它是后来加进来的',
    ]);
    expect(found(proofOf(dayA, [sold], undefined, [lineOf(rule), lineOf(rule)]))).toContainEqual(
      '3 规则第 3 版写了两遍',
    );
  });

  it.each(['2026-13-01', '2026-02-31', '0000-00-00'])(
    'is found, and stops no other file, when its day is %s',
    (day) => {
      const bent = proofOf(day as never, []);
      expect(verifyProof(bent).isRight).toBe(false);
      const files = verifyProofs([
        { name: 'bent', proof: bent },
        { name: 'good', proof: proofOf(dayB, [sale('102', dayB)]) },
      ]);
      expect(files.map((file) => [file.name, file.isRight])).toEqual(
        expect.arrayContaining([
          ['bent', false],
          ['good', true],
        ]),
      );
    },
  );

  it('is found when bytes that are no text read like the mark for such bytes in another file', () => {
    const marked = utf8ToBytes(proofOf(dayA, [{ ...sold, storeName: '湖\uFFFD店' }]));
    const at = marked.findIndex((byte, index) => byte === 0xef && marked[index + 1] === 0xbf);
    const broken = new Uint8Array([...marked.slice(0, at), 0xff, ...marked.slice(at + 3)]);
    for (const proofs of [
      [broken, marked],
      [marked, broken],
    ])
      expect(
        verifyProofs(proofs.map((proof, index) => ({ name: String(index), proof }))).some((file) => !file.isRight),
      ).toBe(true);
  });
});
