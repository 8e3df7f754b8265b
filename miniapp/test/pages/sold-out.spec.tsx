// @vitest-environment jsdom
import type { Cart, StoreCard } from '@shuke/shared/contracts';
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
import * as buying from '../fixtures/buying.mjs';
import { stores } from '../fixtures/stores.mjs';
import { router } from '../taro-mock';
import { asked, forget, overrides } from './render';

vi.mock('@/platform/transport', async () => ({ transport: (await import('./render')).fixtureTransport }));

const store = stores[0] as StoreCard;
const posts = (path: string) => asked.filter((one) => one.method === 'POST' && one.path === path);
const refuse = (code: string, message: string, detail: object, $status = 409) => ({
  $status,
  json: { code, message, detail },
});
const ONE = { skuId: '10101', qty: 1 };
const OTHER = { skuId: '10401', qty: 2 };
const { order, preview } = buying;
const cart = buying.cart as Cart;
const priced = preview('SHIP') as object;

async function openCheckout(lines = [ONE]): Promise<void> {
  checkoutDraft.set({ storeId: '1', lines, from: 'now' });
  render(<Checkout />);
  await screen.findByTestId('checkout-total');
}
const submit = () => fireEvent.click(screen.getByTestId('submit-order'));

beforeEach(() => {
  forget();
  forgetQueries();
  session.set({ status: 'member', profile: null });
  currentStore.patch({ status: 'ready', store, rule: 'LINK', reason: '', guide: null });
});

describe('a rush', () => {
  it('waits for the turn by itself, says so, and makes the order when it comes', async () => {
    await openCheckout();
    let turn = 0;
    const waiting = refuse('SECKILL_WAIT', '排队的人很多', { retryAfterMs: 150 }, 429);
    overrides['POST /orders'] = () => {
      turn += 1;
      return turn < 3 ? waiting : order('801');
    };
    submit();
    expect((await screen.findByTestId('queue')).textContent).toContain('轮到你就自动下单');
    await waitFor(() => expect(Taro.redirectTo).toHaveBeenCalledWith({ url: '/pages/pay-result/index?id=801' }));
    expect(posts('/orders')).toHaveLength(3);
    expect(screen.queryByTestId('queue')).toBeNull();
  });

  it('stops waiting when the person has had enough, and nothing is ordered', async () => {
    await openCheckout();
    overrides['POST /orders'] = refuse('BUSY', '人很多', { retryAfterMs: 20_000 }, 503);
    submit();
    fireEvent.click(await screen.findByTestId('queue-leave'));
    await waitFor(() => expect(screen.queryByTestId('queue')).toBeNull());
    expect(screen.queryByTestId('still-full')).toBeNull();
    expect(posts('/orders')).toHaveLength(1);
    expect(Taro.redirectTo).not.toHaveBeenCalled();
  });

  it('asks before it waits longer than a minute', async () => {
    await openCheckout();
    overrides['POST /orders'] = refuse('SECKILL_WAIT', '排队的人很多', { retryAfterMs: 61_000 }, 429);
    submit();
    await screen.findByTestId('still-full');
    delete overrides['POST /orders'];
    fireEvent.click(screen.getByTestId('queue-again'));
    await waitFor(() => expect(Taro.redirectTo).toHaveBeenCalled());
  });

  it('says that a seckill is sold out and offers the usual price, which is agreed to before it is paid', async () => {
    await openCheckout();
    overrides['POST /orders'] = refuse('SECKILL_SOLD_OUT', '「早鸟秒杀」抢光了', { promotionId: '1' });
    submit();
    expect((await screen.findByTestId('seckill-over')).textContent).toContain('「早鸟秒杀」抢光了');
    overrides['POST /checkout/preview'] = { ...priced, totalFen: 219_800 };
    fireEvent.click(screen.getByTestId('buy-usual'));
    expect((await screen.findByTestId('price-difference')).textContent).toBe('比刚才多 ¥100');
    expect(posts('/orders')).toHaveLength(1);
  });
});

describe('goods that are sold out', () => {
  it('at the last moment: names them, says who has them, and goes on with the rest', async () => {
    await openCheckout([ONE, OTHER]);
    const short = { lines: [{ skuId: ONE.skuId, wanted: 1, available: 0 }] };
    overrides['POST /orders'] = refuse('SOLD_OUT', '手慢了，这件刚刚卖完或库存不够', short);
    submit();
    const sheet = await screen.findByTestId('sold-out-sheet');
    await screen.findByTestId('elsewhere-2');
    expect(sheet.textContent).toContain(cart.lines[0]?.name ?? '?');
    delete overrides['POST /orders'];
    fireEvent.click(screen.getByTestId('drop-sold-out'));
    await waitFor(() => expect(posts('/checkout/preview').at(-1)?.body).toMatchObject({ lines: [OTHER] }));
    await waitFor(() => expect(screen.getByTestId('submit-order').getAttribute('aria-disabled')).toBe('false'));
    submit();
    await waitFor(() => expect(posts('/orders').at(-1)?.body).toMatchObject({ lines: [OTHER] }));
  });

  it('leads to another store that has the only piece', async () => {
    await openCheckout();
    overrides['POST /orders'] = refuse('SOLD_OUT', '手慢了', {
      lines: [{ skuId: ONE.skuId, wanted: 1, available: 0 }],
    });
    submit();
    fireEvent.click(await screen.findByTestId('elsewhere-2'));
    await waitFor(() => expect(currentStore.get().store?.id).toBe('2'));
    expect(screen.queryByTestId('drop-sold-out')).toBeNull();
  });

  it('shows the ways out instead of an error when it was sold out before the checkout opened', async () => {
    overrides['POST /checkout/preview'] = refuse('LINES_NOT_SELLABLE', '这家店暂时没货了', {
      problems: [{ skuId: ONE.skuId, name: '云脊轻羽绒 雾蓝 160/M', kind: 'OUT_OF_STOCK', available: 0 }],
    });
    checkoutDraft.set({ storeId: '1', lines: [ONE], from: 'cart' });
    render(<Checkout />);
    expect((await screen.findByTestId('out-here')).textContent).toContain('云脊轻羽绒 雾蓝 160/M 在这家店卖完了');
    fireEvent.click(await screen.findByTestId('elsewhere-2'));
    await waitFor(() => expect(Taro.switchTab).toHaveBeenCalledWith({ url: '/pages/cart/index' }));
  });

  it('can be sent by another store, straight from the page of the goods', async () => {
    router.params = { id: '101' };
    overrides['GET /skus/10103/elsewhere'] = {
      stores: [],
      fallback: { storeId: '2', storeName: '西湖店', text: '可由西湖店代发，价格不变' },
      isNotified: false,
    };
    render(<Product />);
    fireEvent.click(await screen.findByTestId('size-170/XL'));
    fireEvent.click(await screen.findByTestId('ship-from-elsewhere'));
    await waitFor(() => expect(checkoutDraft.get()?.lines).toEqual([{ skuId: '10103', qty: 1 }]));
  });
});

describe('the cart', () => {
  it('says who sends what is out here, and how many stores near by have the rest', async () => {
    const [first, second] = cart.lines;
    overrides['GET /cart'] = {
      ...cart,
      lines: [
        { ...first, available: 0, fromElsewhere: { storeId: '2', storeName: '西湖店' } },
        { ...second, available: 0, problem: 'OUT_OF_STOCK', problemText: '这家店暂时没货了', nearbyCount: 3 },
      ],
    };
    render(<CartPage />);
    expect((await screen.findByTestId('sent-from-10101')).textContent).toBe('这家店没货了，由西湖店发快递');
    expect(screen.getByTestId('cart-gone').textContent).toContain('附近 3 店有货');
    fireEvent.click(screen.getByTestId('nearby-10401'));
    fireEvent.click(await screen.findByTestId('elsewhere-2'));
    await waitFor(() => expect(currentStore.get().store?.id).toBe('2'));
  });
});

describe('presents', () => {
  it('can be declined, and one that has run out does not stop the order', async () => {
    const gift = { skuId: '99', name: '羊绒围巾', qty: 1 };
    overrides['POST /checkout/preview'] = (body: { noGifts?: boolean }) => ({
      ...priced,
      gifts: body.noGifts ? [] : [gift],
      goneGifts: body.noGifts ? [] : [{ skuId: '98', name: '护手霜' }],
    });
    await openCheckout();
    expect(screen.getByTestId('gifts').textContent).toContain('羊绒围巾');
    expect(screen.getByTestId('gift-gone').textContent).toBe('赠品「护手霜」送完了，不影响这一单。');
    fireEvent.click(screen.getByTestId('no-gifts'));
    await waitFor(() => expect(screen.getByTestId('gifts').textContent).not.toContain('羊绒围巾'));
    submit();
    await waitFor(() => expect(posts('/orders').at(-1)?.body).toMatchObject({ noGifts: true }));
    // Whoever thinks again gets it after all.
    fireEvent.click(screen.getByTestId('no-gifts'));
    await waitFor(() => expect(screen.getByTestId('gifts').textContent).toContain('羊绒围巾'));
  });
});
