import { beforeEach, describe, expect, it, vi } from 'vitest';
import { WxError } from '@/platform/wx-types';
import { payOrder } from './pay-order';

const server = vi.hoisted(() => ({ order: {} as object }));
const phone = vi.hoisted(() => ({ pay: async (): Promise<void> => undefined }));
vi.mock('@/lib/api-client', () => ({
  api: { mall: { pay: async () => ({}), checkPayment: async () => server.order } },
}));
vi.mock('@/platform/wx', () => ({ wx: { pay: () => phone.pay() } }));

const presale = (due: string) => ({ paidAt: null, presale: { due } });
beforeEach(() => {
  phone.pay = async () => undefined;
});

describe('paying an order', () => {
  it('is done when the server says so, and with its deposit when that was due', async () => {
    server.order = { paidAt: '2026-11-22T00:00:00.000Z' };
    expect(await payOrder('1')).toEqual({ kind: 'paid' });
    server.order = presale('TAIL');
    expect(await payOrder('1')).toEqual({ kind: 'paid' });
    expect(await payOrder('1', 'DEPOSIT')).toEqual({ kind: 'paid' });
  });

  it('never says that a tail is paid which is still due, or whose order was closed', async () => {
    server.order = presale('TAIL');
    expect(await payOrder('1', 'TAIL')).toMatchObject({ kind: 'unclear' });
    phone.pay = () => Promise.reject(new WxError('requestPayment:fail system error'));
    expect(await payOrder('1', 'TAIL')).toMatchObject({ kind: 'unclear' });
    server.order = presale('DONE');
    expect(await payOrder('1', 'TAIL')).toMatchObject({ kind: 'unclear' });
    expect(await payOrder('1')).toMatchObject({ kind: 'unclear' });
  });
});
