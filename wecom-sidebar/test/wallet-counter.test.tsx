import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { CounterPage } from '../src/features/counter';
import { PickupDesk } from '../src/features/store-orders';
import { fakeServer } from './fake-server';
import { fakeWecom, show } from './fake-wecom';
import { Refusal } from './fixtures/answers';
import { owner, payment, quietCounter } from './fixtures/counter';
import { pickedUp, pickupOrder } from './fixtures/work';

const CODE = '281234567890123456';
const type = (id: string, value: string) => fireEvent.change(screen.getByTestId(id), { target: { value } });
const scanning = (text: string | null) => fakeWecom({ scanCode: vi.fn(async () => text) });
async function found() {
  await screen.findByTestId('member-code');
  type('member-code', CODE);
  fireEvent.click(screen.getByTestId('member-find'));
  await screen.findByTestId('member-found');
}

describe('a payment from the wallet at the counter', () => {
  const counter = (charge: () => unknown) =>
    fakeServer({
      ...quietCounter,
      'POST /api/g/member-codes/look-up': () => owner(),
      'POST /api/g/pay-codes/charge': charge,
      'GET /api/g/in-store-payments/:x': () => payment(),
    });

  it('says how much there is when the amount is too much', async () => {
    const server = counter(() => payment());
    show(<CounterPage pickup={null} />);
    await found();
    type('wallet-amount', '200.01');
    expect(screen.getByTestId('wallet-too-much').textContent).toContain('最多能收 ¥200');
    expect(screen.getByTestId<HTMLButtonElement>('wallet-charge').disabled).toBe(true);
    expect(server.named('/pay-codes/charge')).toEqual([]);
  });

  it('is not charged twice when its answer is lost: the amount stays, and the next tap is the same request', async () => {
    let tries = 0;
    const keys: (string | null)[] = [];
    const server = counter(() => {
      tries += 1;
      if (tries === 1) throw new Error('lost');
      return payment();
    });
    const answer = globalThis.fetch;
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      if (init.method === 'POST' && url.endsWith('/pay-codes/charge'))
        keys.push((init.headers as Record<string, string>)['idempotency-key'] ?? null);
      return answer(url, init);
    });
    show(<CounterPage pickup={null} />);
    await found();
    type('wallet-amount', '60');
    fireEvent.click(screen.getByTestId('wallet-charge'));
    expect((await screen.findByTestId('wallet-problem')).textContent).toContain('不会重复收');
    expect(screen.getByTestId<HTMLInputElement>('wallet-amount').readOnly).toBe(true);
    fireEvent.click(screen.getByTestId('wallet-charge'));
    await screen.findByTestId('wallet-receipt');
    expect(server.named('/pay-codes/charge')).toHaveLength(2);
    expect(keys[0]).toBeTruthy();
    expect(keys[1]).toBe(keys[0]);
  });

  it('keeps the amount while a code that ran out is scanned anew', async () => {
    counter(() => new Refusal(409, 'CODE_EXPIRED', '这个码过期了，请让顾客刷新后再扫'));
    show(<CounterPage pickup={null} />);
    await found();
    type('wallet-amount', '60');
    fireEvent.click(screen.getByTestId('wallet-charge'));
    fireEvent.click(await screen.findByTestId('wallet-rescan'));
    await found();
    expect(screen.getByTestId<HTMLInputElement>('wallet-amount').value).toBe('60');
  });
});

describe('what is scanned at the counter and is not what the desk wants', () => {
  const desks = [
    ['member', '6901234567892', '这是商品条码'],
    ['coupon', CODE, '「扫一扫 → 会员」'],
    ['pickup', CODE, '「扫一扫 → 会员」'],
    ['exchange', 'https://u.wechat.com/abc', '这是网址二维码'],
    ['return', '', '没有扫到内容'],
  ] as const;
  it.each(desks)('is named in place at the desk %s', async (desk, shown, words) => {
    const server = fakeServer(quietCounter);
    show(<CounterPage pickup={<PickupDesk />} />, scanning(shown));
    fireEvent.click(screen.getByTestId(`desk-${desk}`));
    fireEvent.click(screen.getByTestId(`${desk}-scan`));
    expect((await screen.findByTestId(`${desk}-problem`)).textContent).toContain(words);
    expect(server.calls.filter((call) => /look-up|pickups|points-exchanges|returns/.test(call.key))).toEqual([]);
  });

  it('says nothing when the guide has closed the scanner', async () => {
    fakeServer(quietCounter);
    const { wecom } = show(<CounterPage pickup={null} />, scanning(null));
    fireEvent.click(screen.getByTestId('member-scan'));
    await waitFor(() => expect(wecom.scanCode).toHaveBeenCalled());
    expect(screen.queryByTestId('member-problem')).toBeNull();
  });

  it('is sent to its own desk when nobody knows it here', async () => {
    fakeServer({
      ...quietCounter,
      'GET /api/g/points-exchanges/:x': () => new Refusal(404, 'EXCHANGE_CODE', '没有找到'),
    });
    show(<CounterPage pickup={null} />);
    fireEvent.click(screen.getByTestId('desk-exchange'));
    type('exchange-code', '2048163512');
    fireEvent.click(screen.getByTestId('exchange-find'));
    expect((await screen.findByTestId('exchange-problem')).textContent).toContain('「扫一扫 → 取货」');
  });
});

describe('a hand-over whose answer is lost', () => {
  it('is looked up again, so that nobody hands over twice', async () => {
    let isHanded = false;
    fakeServer({
      ...quietCounter,
      'GET /api/g/pickups/:x': () => (isHanded ? { ...pickedUp, stateText: '已自提' } : pickupOrder),
      'POST /api/g/pickups/:x/verify': () => {
        isHanded = true;
        throw new Error('lost');
      },
    });
    show(<PickupDesk />);
    type('pickup-code', '2048163512');
    fireEvent.click(screen.getByTestId('pickup-find'));
    fireEvent.click(await screen.findByTestId('pickup-verify'));
    await waitFor(() => expect(screen.getByTestId('pickup-refused').textContent).toContain('已经是「已自提」'));
    expect(screen.queryByTestId('pickup-verify')).toBeNull();
  });
});
