import type { PayParams } from '@shuke/shared/contracts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { WxError } from '@/platform/wx-types';
import { payOrder } from './pay-order';

const server = vi.hoisted(() => ({ order: {} as object }));
const phone = vi.hoisted(() => ({ pay: async (_given?: unknown): Promise<void> => undefined }));
vi.mock('@/lib/api-client', () => ({
  api: { mall: { pay: async () => ({}), checkPayment: async () => server.order } },
}));
vi.mock('@/platform/wx', () => ({ wx: { pay: (given: unknown) => phone.pay(given) } }));

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
    expect(await payOrder('1', { due: 'DEPOSIT' })).toEqual({ kind: 'paid' });
  });

  it('opens the pay sheet with what submitting brought along', async () => {
    server.order = { paidAt: '2026-11-22T00:00:00.000Z' };
    const opened: unknown[] = [];
    phone.pay = async (given) => void opened.push(given);
    const begun = { package: 'prepay_id=wx1' } as PayParams;
    expect(await payOrder('1', { begun })).toEqual({ kind: 'paid' });
    expect(opened).toEqual([begun]);
  });

  it('never says that a tail is paid which is still due, or whose order was closed', async () => {
    server.order = presale('TAIL');
    expect(await payOrder('1', { due: 'TAIL' })).toMatchObject({ kind: 'unclear' });
    phone.pay = () => Promise.reject(new WxError('requestPayment:fail system error'));
    expect(await payOrder('1', { due: 'TAIL' })).toMatchObject({ kind: 'unclear' });
    server.order = presale('DONE');
    expect(await payOrder('1', { due: 'TAIL' })).toMatchObject({ kind: 'unclear' });
    expect(await payOrder('1')).toMatchObject({ kind: 'unclear' });
  });
});
