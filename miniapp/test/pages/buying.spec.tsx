// @vitest-environment jsdom
import type { StoreCard } from '@shuke/shared/contracts';
import Taro from '@tarojs/taro';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetQueries } from '@/lib/use-query';
import CartPage from '@/pages/cart/index';
import Checkout from '@/pages/checkout/index';
import Product from '@/pages/product/index';
import { checkoutDraft } from '@/session/checkout-draft';
import { currentStore } from '@/session/current-store';
import { session } from '@/session/session';
import { visit } from '@/session/visit';
import { preview } from '../fixtures/buying.mjs';
import { stores } from '../fixtures/stores.mjs';
import { router } from '../taro-mock';
import { asked, forget, overrides } from './render';

vi.mock('@/platform/transport', async () => ({ transport: (await import('./render')).fixtureTransport }));

const store = stores[0] as StoreCard;
const last = (method: string, path: string) => asked.filter((one) => one.method === method && one.path === path).at(-1);

beforeEach(() => {
  forget();
  forgetQueries();
  visit.set({ guideCode: 'g7Kd2m', sendId: '88' });
  session.set({ status: 'member', profile: null });
  currentStore.patch({ status: 'ready', store, rule: 'LINK', reason: '', guide: null });
});

describe('the product page', () => {
  it('changes price picture and stock with the choice and adds to the cart', async () => {
    router.params = { id: '101' };
    render(<Product />);
    fireEvent.click(await screen.findByTestId('size-160/M'));
    // Two at the usual price, and three that the running seckill still has.
    expect(screen.getByTestId('stock-text').textContent).toBe('仅剩 5 件');
    fireEvent.click(screen.getByTestId('add-to-cart'));
    fireEvent.click(screen.getByTestId('sku-confirm'));
    await waitFor(() => expect(last('POST', '/cart/lines')?.body).toEqual({ storeId: '1', skuId: '10101', qty: 1 }));
  });

  it('asks for the size before anything is bought', async () => {
    router.params = { id: '101' };
    render(<Product />);
    fireEvent.click(await screen.findByTestId('buy-now'));
    expect(screen.getByTestId('sku-confirm').textContent).toBe('请选择尺码');
    fireEvent.click(screen.getByTestId('sku-confirm'));
    expect(Taro.navigateTo).not.toHaveBeenCalled();
  });

  it('says which stores have it when this one does not', async () => {
    router.params = { id: '106' };
    render(<Product />);
    expect((await screen.findByTestId('not-listed')).textContent).toContain('暂时没有上架这一款');
    expect(screen.queryByTestId('buy-now')).toBeNull();
    fireEvent.click(screen.getByTestId('go-store-2'));
    await waitFor(() => expect(currentStore.get().store?.id).toBe('2'));
  });
});

describe('the cart', () => {
  it('calls changes out and opens the checkout with the chosen lines', async () => {
    render(<CartPage />);
    expect((await screen.findByTestId('cart-total')).textContent).toBe('¥2,218');
    expect(screen.getByText('比加入时便宜了 ¥40')).toBeTruthy();
    fireEvent.click(screen.getByTestId('checkout'));
    expect(checkoutDraft.get()?.lines).toEqual([
      { skuId: '10101', qty: 1 },
      { skuId: '10401', qty: 2 },
    ]);
  });

  it('offers a login to guests', async () => {
    session.set({ status: 'guest', profile: null });
    render(<CartPage />);
    expect(await screen.findByTestId('login')).toBeTruthy();
  });
});

describe('the checkout', () => {
  it('submits with the expected total and the visit’s attribution', async () => {
    checkoutDraft.set({ storeId: '1', lines: [{ skuId: '10101', qty: 1 }], from: 'now' });
    render(<Checkout />);
    expect((await screen.findByTestId('checkout-total')).textContent).toBe('¥2,098');
    fireEvent.click(screen.getByTestId('submit-order'));
    await waitFor(() => expect(Taro.redirectTo).toHaveBeenCalled());
    expect(last('POST', '/orders')?.body).toMatchObject({
      expectedTotalFen: 209_800,
      guideCode: 'g7Kd2m',
      sendId: '88',
      fulfil: 'SHIP',
    });
  });

  it('shows the difference when the price has changed and submits only after agreement', async () => {
    checkoutDraft.set({ storeId: '1', lines: [{ skuId: '10101', qty: 1 }], from: 'now' });
    render(<Checkout />);
    await screen.findByTestId('checkout-total');
    overrides['POST /orders'] = { $status: 409, json: { code: 'PRICE_CHANGED', message: '价格刚刚有变化' } };
    overrides['POST /checkout/preview'] = { ...(preview('SHIP') as object), totalFen: 219_800 };
    fireEvent.click(screen.getByTestId('submit-order'));
    expect((await screen.findByTestId('price-difference')).textContent).toBe('比刚才多 ¥100');
    delete overrides['POST /orders'];
    fireEvent.click(screen.getByTestId('price-agree'));
    await waitFor(() => expect(Taro.redirectTo).toHaveBeenCalledWith({ url: '/pages/pay-result/index?id=801' }));
    expect(last('POST', '/orders')?.body).toMatchObject({ expectedTotalFen: 219_800 });
  });
});
