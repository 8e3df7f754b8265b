import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CustomersPage } from '../src/features/customers';
import { EarningsPage } from '../src/features/earnings';
import { StoreOrdersPage } from '../src/features/store-orders';
import { TodayPage } from '../src/features/today';
import { WecomProblem } from '../src/platform/wecom-problem';
import { fakeServer } from './fake-server';
import { fakeWecom, show } from './fake-wecom';
import { Refusal } from './fixtures/answers';
import { contactRows } from './fixtures/people';

beforeEach(() => {
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: async () => undefined }, configurable: true });
});
const unsupported = (api: string) =>
  vi.fn(async () => {
    throw new WecomProblem('UNSUPPORTED', api, `${api}:fail function not exist`);
  });

describe('store orders', () => {
  it('ships with courier and tracking number, and refuses a number that cannot be one', async () => {
    const server = fakeServer();
    show(<StoreOrdersPage />);
    fireEvent.click((await screen.findAllByTestId('ship-open'))[0]!);
    const number = await screen.findByTestId('ship-tracking');
    fireEvent.change(number, { target: { value: '12' } });
    expect(screen.getByTestId<HTMLButtonElement>('ship-confirm').disabled).toBe(true);
    fireEvent.click(screen.getByText('京东快递'));
    fireEvent.change(number, { target: { value: 'JD 0012 3456 78' } });
    fireEvent.click(screen.getByTestId('ship-confirm'));
    await waitFor(() =>
      expect(server.named('/store-orders/61/ship')[0]?.body).toEqual({
        company: '京东快递',
        trackingNo: 'JD0012345678',
      }),
    );
  });

  it('shows the receiver masked, and in full only when asked, once', async () => {
    const server = fakeServer();
    show(<StoreOrdersPage />);
    const [place] = await screen.findAllByTestId('receiver');
    expect(place!.textContent).toContain('138****2046');
    expect(server.named('/receiver')).toEqual([]);
    const look = screen.getAllByTestId('receiver-show')[0]!;
    fireEvent.click(look);
    fireEvent.click(look);
    await waitFor(() => expect(place!.textContent).toContain('青年路 18 号'));
    expect(server.named('/store-orders/61/receiver')).toHaveLength(1);
    expect(place!.textContent).toContain('客人能看到');
  });

  it('sends a local delivery out with whoever takes it, and marks it as arrived', async () => {
    const server = fakeServer();
    show(<StoreOrdersPage />);
    fireEvent.click((await screen.findAllByTestId('ship-open'))[1]!);
    fireEvent.change(await screen.findByTestId('courier-name'), { target: { value: '小周' } });
    fireEvent.click(screen.getByTestId('courier-confirm'));
    await waitFor(() => expect(server.named('/store-orders/62/send-out')[0]?.body).toEqual({ courier: '小周' }));
    fireEvent.click(screen.getByTestId('orders-SHIPPED'));
    fireEvent.click(await screen.findByTestId('delivered'));
    await waitFor(() => expect(server.named('/store-orders/63/delivered')).toHaveLength(1));
  });

  it('looks a pickup code up, hands over once and shows the receipt', async () => {
    const server = fakeServer();
    show(<StoreOrdersPage />);
    fireEvent.click(screen.getByTestId('orders-TO_PICKUP'));
    fireEvent.change(screen.getByTestId('pickup-code'), { target: { value: '2048 1635' } });
    fireEvent.click(screen.getByTestId('pickup-find'));
    const verify = await screen.findByTestId('pickup-verify');
    fireEvent.click(verify);
    fireEvent.click(verify);
    expect((await screen.findByTestId('pickup-receipt')).textContent).toContain('林晓 核对取货码并交付');
    expect(server.named('/pickups/20481635/verify')).toHaveLength(1);
  });

  it('says what to do with a code that does not exist', async () => {
    fakeServer({ 'GET /api/g/pickups/:x': () => new Refusal(404, 'PICKUP_NOT_FOUND', '没有找到') });
    show(<StoreOrdersPage />, fakeWecom({ scanCode: vi.fn(async () => '99999999') }));
    fireEvent.click(screen.getByTestId('orders-TO_PICKUP'));
    fireEvent.click(screen.getByTestId('pickup-scan'));
    expect((await screen.findByTestId('pickup-problem')).textContent).toContain('再核对一遍');
  });
});

describe('customers and earnings', () => {
  it('loads the next page of customers and searches by words', async () => {
    const server = fakeServer({
      'GET /api/g/contacts': ({ query }) =>
        query.get('q')
          ? { items: [], nextCursor: null }
          : query.get('cursor')
            ? { items: contactRows.slice(2), nextCursor: null }
            : { items: contactRows.slice(0, 2), nextCursor: 'c2' },
    });
    show(<CustomersPage />);
    expect(await screen.findAllByTestId('customer-row')).toHaveLength(2);
    fireEvent.click(screen.getByText('加载更多'));
    await waitFor(() => expect(screen.getAllByTestId('customer-row')).toHaveLength(4));
    fireEvent.change(screen.getByTestId('customer-search'), { target: { value: '不存在' } });
    expect(await screen.findByText('没有找到「不存在」')).toBeTruthy();
    expect(server.named('/contacts').length).toBe(3);
  });

  it('waits for no sums that did not come', async () => {
    fakeServer({ 'GET /api/g/earnings': () => new Refusal(500, 'INTERNAL', '服务开小差了') });
    show(<EarningsPage />);
    await screen.findByTestId('problem');
    expect(screen.getByTestId('earnings-pending').textContent).toBe('—');
  });

  it('opens how an amount was calculated', async () => {
    fakeServer();
    show(<EarningsPage />);
    const rows = await screen.findAllByTestId('earning-row');
    fireEvent.click(rows[0]!.querySelector('button')!);
    expect(screen.getByTestId('earning-formula').textContent).toContain('基数 × 3.00%');
    expect(screen.getByTestId('earnings-pending').textContent).toBe('¥1,286.40');
  });
});

describe('sending from the workbench on old clients', () => {
  it('wecom-27: hands over to the mass-send assistant, with the card, when a chat cannot be opened', async () => {
    const server = fakeServer();
    const { wecom } = show(<TodayPage />, fakeWecom({ openContactChat: unsupported('openEnterpriseChat') }));
    fireEvent.click(await screen.findByTestId('next-send'));
    await waitFor(() => expect(server.named('/report')[0]?.body?.result).toBe('SENT'));
    expect(wecom.shareToContact).toHaveBeenCalledTimes(1);
  });

  it('wecom-27: with neither, the words are copied and counted only when the guide says so', async () => {
    const server = fakeServer();
    show(
      <TodayPage />,
      fakeWecom({
        openContactChat: unsupported('openEnterpriseChat'),
        shareToContact: unsupported('shareToExternalContact'),
      }),
    );
    fireEvent.click(await screen.findByTestId('next-send'));
    const settle = await screen.findByTestId('leftover-settle');
    expect(server.named('/report')).toEqual([]);
    fireEvent.click(settle);
    await waitFor(() => expect(server.named('/report')[0]?.body?.result).toBe('SENT'));
  });
});
