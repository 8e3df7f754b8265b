import type { OrderDetail } from '@shuke/shared/contracts';
import { describe, expect, it } from 'vitest';
import { order as fixture } from '../../../test/fixtures/buying.mjs';
import { NOW } from '../../../test/fixtures/stores.mjs';
import { cameFrom, lineState, nextStep, spacedCode, stepsAhead, tabOf } from './model';

const now = Date.parse(NOW);
const unpaid = fixture('801') as OrderDetail;
const pickup = fixture('802') as OrderDetail;

describe('an order in words', () => {
  it('counts down to the payment deadline', () => {
    expect(nextStep(unpaid, now)).toBe('请在 22:12 内付款，之后订单会自动取消');
    expect(nextStep(unpaid, now + 3_600_000)).toBe('付款时间已过，订单即将取消');
  });

  it('tells when the tail of a presale is due, and what becomes of its deposit when it was given up', () => {
    const plan = { depositFen: 5_000, tailFen: 88_000, tailFrom: NOW, tailUntil: NOW, shipBy: null };
    const presale = { ...plan, due: 'TAIL' as const, depositPaidAt: NOW, forfeits: true };
    const told = (state: 'PENDING_PAY' | 'CLOSED', more = {}) =>
      nextStep({ ...unpaid, state, presale: { ...presale, ...more } } as OrderDetail, now);
    expect(told('PENDING_PAY')).toContain('定金已付');
    expect(told('CLOSED')).toContain('定金不退');
    expect(told('CLOSED', { forfeits: false })).toContain('定金会原路退回');
    expect(told('CLOSED', { depositPaidAt: null })).not.toContain('定金');
  });

  it('tells where a purchase was made', () => {
    expect(cameFrom({ channel: 'MINIAPP' })).toBe('小程序下单');
    expect(cameFrom({ channel: 'POS' })).toBe('门店消费');
    expect(cameFrom({ channel: 'POS', isImported: true })).toBe('门店消费 · 历史导入');
  });

  it('says where to go with the pickup code, in groups of four', () => {
    expect(nextStep(pickup, now)).toContain('出示自提码');
    expect(spacedCode('63920418')).toBe('6392 0418');
    expect(spacedCode('6392')).toBe('6392');
  });

  it('has words for every state', () => {
    const states = [
      'PENDING_PAY',
      'TO_SHIP',
      'TO_PICKUP',
      'SHIPPED',
      'RECEIVED',
      'FINISHED',
      'CLOSED',
      'REFUNDED',
    ] as const;
    for (const state of states) expect(nextStep({ ...pickup, state }, now).length).toBeGreaterThan(4);
  });

  it('falls back to all orders for an unknown tab', () => {
    expect([tabOf('TO_PICKUP'), tabOf('nonsense'), tabOf(undefined)]).toEqual(['TO_PICKUP', 'ALL', 'ALL']);
  });

  it('says of a line only what the state of the order does not say', () => {
    const [line] = pickup.lines as [OrderDetail['lines'][number]];
    const order = { state: 'RECEIVED' } as const;
    expect(lineState({ ...line, qty: 2, refundedQty: 1 }, order)?.text).toBe('已退 1 件');
    expect(lineState({ ...line, qty: 2, refundedQty: 2 }, order)?.text).toBe('已退');
    expect(lineState({ ...line, qty: 2, refundedQty: 2 }, { state: 'REFUNDED' })).toBeNull();
    expect(lineState({ ...line, isGift: true, refundedQty: 0 }, order)?.text).toBe('赠品');
  });

  it('names what is done and what comes next after paying', () => {
    const shipped = stepsAhead({ ...pickup, fulfil: 'SHIP', state: 'SHIPPED' });
    expect(shipped.map(({ isDone }) => isDone)).toEqual([true, true, false, false, false]);
    expect(stepsAhead({ ...pickup, state: 'TO_PICKUP' }).find(({ isDone }) => !isDone)?.text).toBe('到店出示自提码');
    expect(stepsAhead({ ...pickup, state: 'CLOSED' })).toEqual([]);
  });
});
