import { describe, expect, it } from 'vitest';
import { fullReduction, run } from '../../../test/fixtures/campaigns.mjs';
import { bearersProblem } from '../../ui/bearers-input';
import { foldText, readFold } from '../../ui/percent-input';
import { emptyForm, inputOf, isAsked, runSentences, termsToSend } from './model';

const play = fullReduction;
const NOW = Date.parse('2026-11-22T04:30:00.000Z');

describe('the terms of a play', () => {
  it('are sent only where the form asks for them', () => {
    const terms = {
      measure: 'PIECES',
      basis: 'PAID',
      reward: 'PERCENT',
      mode: 'TIERS',
      tiers: [{ atFen: 30_000, atQty: 2, cutFen: 5000, payBp: 8800, giftSkuId: null }],
      capFen: null,
    };
    expect(termsToSend(play, terms)).toEqual({
      measure: 'PIECES',
      reward: 'PERCENT',
      mode: 'TIERS',
      tiers: [{ atQty: 2, payBp: 8800 }],
    });
  });
  it('ask for a field once the field before it has the value it waits for', () => {
    const basis = play.fields.find((field) => field.name === 'basis');
    expect(basis && [isAsked(basis, { measure: 'MONEY' }), isAsked(basis, { measure: 'PIECES' })]).toEqual([
      true,
      false,
    ]);
  });
  it('leave optional rows out that nobody has filled in; of needed ones the server names the fields', () => {
    const { terms } = emptyForm(play, NOW, true);
    expect(termsToSend(play, terms)).toHaveProperty('tiers', [{}]);
    const fields = play.fields.map((field) => ({ ...field, required: false }));
    expect(termsToSend({ ...play, fields }, terms)).not.toHaveProperty('tiers');
  });
});

describe('a new promotion', () => {
  it('begins at the next full hour and lets the owner pay', () => {
    const form = emptyForm(play, NOW, false);
    expect([form.startsAt, form.bearers]).toEqual(['2026-11-22T05:00:00.000Z', [{ party: 'FRANCHISEE', bp: 10_000 }]]);
  });
  it('names no goods when everything takes part, whatever was chosen before', () => {
    const form = emptyForm(play, NOW, true);
    const input = inputOf(play, { ...form, scope: { kind: 'ALL', ids: ['7'], exceptProductIds: ['9'] } });
    expect(input.scope).toEqual({ kind: 'ALL', ids: [], exceptProductIds: ['9'] });
  });
});

describe('shares of cost', () => {
  it('must be whole', () => {
    expect(bearersProblem([{ party: 'HQ', bp: 6000 }])).toBe('还差 40% 没有人承担');
    expect(
      bearersProblem([
        { party: 'HQ', bp: 6000 },
        { party: 'STORE', bp: 4050 },
      ]),
    ).toBe('合计 100.5%，多了 0.5%');
    expect(
      bearersProblem([
        { party: 'HQ', bp: 6000 },
        { party: 'STORE', bp: 4000 },
      ]),
    ).toBeNull();
  });
});

describe('a discount as people say it', () => {
  it('reads 8.8 as 8,800 basis points and back', () => {
    expect(['8.8', '5', '9.95 折', '8.8.8', '11'].map(readFold)).toEqual([8800, 5000, 9950, null, null]);
    expect([8800, 5000, 9950, 500].map(foldText)).toEqual(['8.8', '5', '9.95', '0.5']);
  });
});

describe('a run on past orders in sentences', () => {
  it('says how many orders, how much, and who pays', () => {
    expect(runSentences(run)).toEqual([
      '拿最近 30 天的 63 单试过：有 14 单会用上，一共优惠 ¥2,850.00，平均每单约 ¥203.57。',
      '其中总部承担 ¥1,710.00，加盟商承担 ¥1,140.00。',
    ]);
  });
  it('says that nothing would change instead of a zero', () => {
    expect(runSentences({ ...run, changedCount: 0, discountFen: 0 })[0]).toContain('没有一单会因为这个活动变便宜');
    expect(runSentences({ ...run, orderCount: 0, changedCount: 0 })[0]).toContain('没有订单');
  });
});
