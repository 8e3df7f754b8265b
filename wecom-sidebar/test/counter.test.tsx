import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { CounterPage } from '../src/features/counter';
import { fakeServer } from './fake-server';
import { show } from './fake-wecom';
import { couponView, quietCounter, receipt } from './fixtures/counter';

const type = (id: string, value: string) => fireEvent.change(screen.getByTestId(id), { target: { value } });

describe('a coupon for some goods only', () => {
  it('asks for the goods of the bill, is taken in with them, and undone with a reason', async () => {
    const server = fakeServer({
      ...quietCounter,
      'POST /api/g/coupon-redemptions/look-up': ({ body }) => couponView(body.items, body.amountFen),
      'POST /api/g/coupon-redemptions': () => receipt(),
      'POST /api/g/coupon-redemptions/:x/reverse': () =>
        receipt({ state: 'REVERSED', stateText: '已撤销', canReverse: false }),
    });
    show(<CounterPage pickup={null} />);
    fireEvent.click(screen.getByTestId('desk-coupon'));
    type('coupon-code', 'K7M2P9');
    fireEvent.click(screen.getByTestId('coupon-find'));
    await screen.findByTestId('coupon-found');
    expect(screen.queryByTestId('pieces')).toBeNull();
    type('coupon-amount', '1299');
    await screen.findByTestId('pieces');
    expect(screen.getByTestId<HTMLButtonElement>('coupon-redeem').disabled).toBe(true);
    type('piece-code', 'SK501-GR-165');
    expect(screen.getByTestId<HTMLButtonElement>('piece-add').disabled).toBe(true);
    type('piece-price', '1299');
    fireEvent.click(screen.getByTestId('piece-add'));
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('coupon-redeem').disabled).toBe(false));
    fireEvent.click(screen.getByTestId('coupon-redeem'));
    expect((await screen.findByTestId('coupon-receipt')).textContent).toContain('已核销');
    const items = [{ skuCode: 'SK501-GR-165', qty: 1, unitPriceFen: 129_900 }];
    const sent = server.calls.filter((call) => call.key === 'POST /api/g/coupon-redemptions');
    expect(sent.map((call) => call.body)).toEqual([
      { code: 'K7M2P9', amountFen: 129_900, expectedDiscountFen: 8000, items },
    ]);
    fireEvent.click(screen.getByTestId('reverse-open'));
    await screen.findByTestId('reverse-sheet');
    type('reverse-reason', '客人改买另一件');
    fireEvent.click(screen.getByTestId('reverse-confirm'));
    await waitFor(() => expect(screen.getByTestId('coupon-receipt').textContent).toContain('已撤销'));
  });
});
