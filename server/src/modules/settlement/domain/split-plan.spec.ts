import { describe, expect, it } from '@jest/globals';
import { fen, sumFen } from '@shuke/shared/kernel';
import type { SplitShare } from '@shuke/shared/rules';
import fc from 'fast-check';
import { netShares, planSplit } from './split-plan.js';

const share = (party: SplitShare['party'], amount: number): SplitShare => ({
  party,
  partyId: party,
  partyName: party,
  fen: fen(amount),
});
const directory = { brandMchid: '1900000200', guideOpenid: (id: string) => (id === 'GUIDE' ? 'openid-1' : null) };

describe('planSplit', () => {
  it('sends brand and guide their shares in store-collect mode and only the guide in brand-collect mode', () => {
    const shares = [share('CHANNEL', 60), share('BRAND', 1800), share('GUIDE', 500), share('FRANCHISEE', 7640)];
    expect(
      planSplit(shares, 'STORE', directory, fen(2_982)).receivers.map((one) => [one.party, one.amountFen]),
    ).toEqual([
      ['BRAND', 1800],
      ['GUIDE', 500],
    ]);
    expect(planSplit(shares, 'BRAND', directory, fen(2_982)).receivers.map((one) => one.party)).toEqual(['GUIDE']);
  });

  it('never passes the cap, whatever the shares, and names every fen that it leaves out (pay-24)', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), fc.nat(100_000), (brand, guide, cap) => {
        const plan = planSplit([share('BRAND', brand), share('GUIDE', guide)], 'STORE', directory, fen(cap));
        const sent = sumFen(plan.receivers.map((one) => one.amountFen));
        expect(sent).toBeLessThanOrEqual(cap);
        expect(sent + sumFen(plan.leftOut.map((one) => one.fen))).toBe(brand + guide);
      }),
    );
  });

  it('leaves a guide without a receiving account out, with the reason', () => {
    const plan = planSplit([{ ...share('GUIDE', 500), partyId: 'other' }], 'STORE', directory, fen(1_000));
    expect(plan).toMatchObject({ receivers: [], leftOut: [{ fen: 500 }] });
  });
});

describe('netShares', () => {
  it('takes reversals off the accrual', () => {
    expect(netShares([share('BRAND', 100), share('GUIDE', 50)], [share('BRAND', 30)]).map((one) => one.fen)).toEqual([
      70, 50,
    ]);
  });
});
