import type { PayParams } from '@shuke/shared/contracts';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { wx } from '@/platform/wx';
import { WxError } from '@/platform/wx-types';

export type PayOutcome =
  | { kind: 'paid' }
  | { kind: 'cancelled' }
  | { kind: 'unclear'; text: string }
  | { kind: 'failed'; text: string };

/** What can be paid: where the parameters come from, and who knows the truth afterwards. */
export interface Payable {
  start(): Promise<PayParams>;
  isPaid(): Promise<boolean>;
}

/**
 * Pays. What the client hears from WeChat is only a hint: the server asks WeChat Pay for the truth. Never rejects, and
 * never says "paid" on the client's word alone.
 */
export async function payThrough({ start, isPaid }: Payable): Promise<PayOutcome> {
  try {
    await wx.pay(await start());
  } catch (reason) {
    if (reason instanceof WxError && reason.isMissing) return { kind: 'failed', text: '请在微信里打开后再支付' };
    if (reason instanceof WxError && reason.isRefused) return { kind: 'cancelled' };
    if (!(reason instanceof WxError)) return { kind: 'failed', text: troubleOf(reason).message };
  }
  try {
    return (await isPaid()) ? { kind: 'paid' } : { kind: 'unclear', text: '微信支付还在确认，通常几秒就好' };
  } catch (reason) {
    return { kind: 'unclear', text: troubleOf(reason).message };
  }
}

const params = (id: string) => ({ params: { id } });

/**
 * Pays an order, or what of a presale is due now.
 * @param due what is being paid, as the order's page knows it; a new order starts with all of it or the deposit
 * @param begun what submitting the order has brought along to open the pay sheet with
 */
export const payOrder = (
  orderId: string,
  { due, begun }: { due?: 'DEPOSIT' | 'TAIL' | 'DONE'; begun?: PayParams } = {},
): Promise<PayOutcome> =>
  payThrough({
    start: async () => begun ?? api.mall.pay(params(orderId)),
    isPaid: async () => {
      const order = await api.mall.checkPayment(params(orderId));
      // The deposit of a presale is a payment of its own: a tail that is still due says that it is paid, not the tail.
      return order.paidAt !== null || (due !== 'TAIL' && order.presale?.due === 'TAIL');
    },
  });

/** Pays a top-up of the wallet. */
export const payTopUp = (topUpId: string): Promise<PayOutcome> =>
  payThrough({
    start: () => api.mall.payTopUp(params(topUpId)),
    isPaid: async () => (await api.mall.checkTopUp(params(topUpId))).creditedAt !== null,
  });
