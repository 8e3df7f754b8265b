// @vitest-environment jsdom
import type { CheckoutPreview, StoreCard } from '@shuke/shared/contracts';
import Taro from '@tarojs/taro';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetQueries } from '@/lib/use-query';
import Checkout from '@/pages/checkout/index';
import { checkoutDraft } from '@/session/checkout-draft';
import { currentStore } from '@/session/current-store';
import { session } from '@/session/session';
import { preview } from '../fixtures/buying.mjs';
import { stores } from '../fixtures/stores.mjs';
import { asked, forget, overrides } from './render';

vi.mock('@/platform/transport', async () => ({ transport: (await import('./render')).fixtureTransport }));

const bodies = (path: string) =>
  asked.filter((one) => one.method === 'POST' && one.path === path).map((one) => one.body as Record<string, unknown>);

const offers = {
  coupons: {
    bestIds: ['71'],
    bestFen: 5_000,
    reason: '「感谢券」省 ¥50，先用快到期的',
    usable: [{ couponId: '71', name: '感谢券', aloneFen: 5_000 }],
    unusable: [{ couponId: '72', name: '满减券', failing: '还没到门槛', lackFen: 10_000 }],
  },
  points: { available: 860, usable: 860, usableFen: 860 },
  wallet: { availableFen: 300_000, usableFen: 204_800 },
};

/** The server in small: a coupon takes ¥50 off, and the wallet pays all that is left. */
function priced(body: { couponIds?: string[]; walletFen?: number }): CheckoutPreview {
  const whole = preview('SHIP') as CheckoutPreview;
  const couponFen = body.couponIds?.length ? 5_000 : 0;
  const totalFen = whole.totalFen - couponFen;
  const walletFen = body.walletFen ? totalFen : 0;
  return {
    ...whole,
    totalFen,
    offers,
    money: { promotionFen: 12_000, couponFen, pointsFen: 0, pointsUsed: 0, walletFen, cashFen: totalFen - walletFen },
  };
}

beforeEach(() => {
  forget();
  forgetQueries();
  session.set({ status: 'member', profile: null });
  currentStore.patch({ status: 'ready', store: stores[0] as StoreCard, rule: 'LINK', reason: '', guide: null });
  checkoutDraft.set({ storeId: '1', lines: [{ skuId: '10101', qty: 1 }], from: 'now' });
  overrides['POST /checkout/preview'] = priced;
});

describe('paying with what is mine', () => {
  it('pain-04 takes the best coupons by itself, and says why the others do not count', async () => {
    render(<Checkout />);
    expect((await screen.findByTestId('checkout-total')).textContent).toBe('¥2,048');
    fireEvent.click(screen.getByTestId('open-coupons'));
    expect(screen.getByTestId('best-reason').textContent).toContain('先用快到期的');
    expect(screen.getByTestId('unusable-coupons').textContent).toContain('还没到门槛，还差 ¥100');
    fireEvent.click(screen.getByTestId('no-coupons'));
    await waitFor(() => expect(screen.getByTestId('checkout-total').textContent).toBe('¥2,098'));
  });

  it('never opens the pay sheet for an order that the wallet pays whole', async () => {
    render(<Checkout />);
    await screen.findByTestId('checkout-total');
    fireEvent.click(screen.getByTestId('wallet-row'));
    await waitFor(() => expect(screen.getByTestId('submit-order').textContent).toBe('确认下单'));
    fireEvent.click(screen.getByTestId('submit-order'));
    await waitFor(() => expect(Taro.redirectTo).toHaveBeenCalledWith({ url: '/pages/pay-result/index?id=801' }));
    expect(bodies('/orders').at(-1)).toMatchObject({
      couponIds: ['71'],
      expectedTotalFen: 204_800,
      expectedCashFen: 0,
    });
    expect(asked.some((one) => one.path.endsWith('/pay'))).toBe(false);
  });

  it('keeps the order in view when a choice could not be priced, and prices it at a tap', async () => {
    render(<Checkout />);
    await screen.findByTestId('checkout-total');
    overrides['POST /checkout/preview'] = { $status: 503, json: { code: 'BUSY', message: '人有点多，请再试一次' } };
    fireEvent.click(screen.getByTestId('wallet-row'));
    expect((await screen.findByTestId('unpriced')).textContent).toBe('人有点多，请再试一次');
    expect(screen.getByTestId('price-steps')).toBeTruthy();
    overrides['POST /checkout/preview'] = priced;
    fireEvent.click(screen.getByTestId('submit-order'));
    await waitFor(() => expect(screen.getByTestId('submit-order').textContent).toBe('确认下单'));
    expect(bodies('/orders')).toHaveLength(0);
  });

  it('asks for the PIN before the wallet pays a large amount', async () => {
    overrides['POST /checkout/preview'] = (body: { walletFen?: number }) => ({
      ...priced(body),
      needsWalletPin: Boolean(body.walletFen),
    });
    render(<Checkout />);
    await screen.findByTestId('checkout-total');
    fireEvent.click(screen.getByTestId('wallet-row'));
    await waitFor(() => expect(screen.getByTestId('submit-order').textContent).toBe('确认下单'));
    fireEvent.click(screen.getByTestId('submit-order'));
    await screen.findByTestId('wallet-pin');
    expect(bodies('/orders')).toHaveLength(0);
  });

  /** Has the wallet pay, with the PIN that this member has or lacks. */
  async function payByWallet(hasWalletPin: boolean): Promise<void> {
    overrides['POST /checkout/preview'] = (body: { walletFen?: number }) => ({
      ...priced(body),
      ...(body.walletFen ? { needsWalletPin: true, hasWalletPin } : {}),
    });
    render(<Checkout />);
    await screen.findByTestId('checkout-total');
    fireEvent.click(screen.getByTestId('wallet-row'));
    await waitFor(() => expect(screen.getByTestId('submit-order').textContent).toBe('确认下单'));
    fireEvent.click(screen.getByTestId('submit-order'));
  }
  const type = (id: string, value: string) => fireEvent.input(screen.getByTestId(id), { target: { value } });

  it('says how many tries a wrong PIN leaves, and takes the right one', async () => {
    const refused = { code: 'PIN_WRONG', message: '付款密码不对，还能再试 4 次', detail: { triesLeft: 4 } };
    overrides['POST /orders'] = { $status: 422, json: refused };
    await payByWallet(true);
    await screen.findByTestId('wallet-pin');
    type('wallet-pin-input', '111111');
    fireEvent.click(screen.getByTestId('wallet-pin-confirm'));
    expect((await screen.findByTestId('wallet-pin-problem')).textContent).toContain('还能再试 4 次');
    delete overrides['POST /orders'];
    type('wallet-pin-input', '246810');
    fireEvent.click(screen.getByTestId('wallet-pin-confirm'));
    await waitFor(() => expect(Taro.redirectTo).toHaveBeenCalled());
    expect(bodies('/orders').map((one) => one.walletPin)).toEqual(['111111', '246810']);
  });

  it('has a PIN set right there when there is none yet, and goes on with the order', async () => {
    overrides['PUT /wallet/pin'] = { ok: true };
    await payByWallet(false);
    expect((await screen.findByTestId('pin-sheet')).textContent).toContain('先设一个付款密码');
    type('new-pin', '246810');
    type('again-pin', '246811');
    fireEvent.click(screen.getByTestId('save-pin'));
    expect((await screen.findByTestId('pin-problem')).textContent).toContain('不一样');
    type('again-pin', '246810');
    fireEvent.click(screen.getByTestId('save-pin'));
    await waitFor(() => expect(Taro.redirectTo).toHaveBeenCalled());
    expect(bodies('/orders').at(-1)).toMatchObject({ walletPin: '246810' });
  });
});

describe('an order whose answer is lost', () => {
  it('says that it may be there, and trying again carries the same key', async () => {
    overrides['POST /orders'] = { $status: 502, json: {} };
    render(<Checkout />);
    await screen.findByTestId('checkout-total');
    fireEvent.click(screen.getByTestId('submit-order'));
    expect((await screen.findByTestId('submit-lost')).textContent).toContain('不会重复下单');
    delete overrides['POST /orders'];
    fireEvent.click(screen.getByTestId('submit-again'));
    await waitFor(() => expect(Taro.redirectTo).toHaveBeenCalled());
    const keys = asked.filter((one) => one.method === 'POST' && one.path === '/orders').map((one) => one.key);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/.{16,}/);
    expect(keys[1]).toBe(keys[0]);
  });
});
