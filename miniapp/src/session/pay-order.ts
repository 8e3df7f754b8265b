import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { wx } from '@/platform/wx';
import { WxError } from '@/platform/wx-types';

export type PayOutcome =
  | { kind: 'paid' }
  | { kind: 'cancelled' }
  | { kind: 'unclear'; text: string }
  | { kind: 'failed'; text: string };

/**
 * Pays an order. What the client hears from WeChat is only a hint: the server asks WeChat Pay for the truth. Never
 * rejects, and never says "paid" on the client's word alone.
 */
export async function payOrder(orderId: string): Promise<PayOutcome> {
  try {
    const params = await api.mall.pay({ params: { id: orderId } });
    await wx.pay(params);
  } catch (reason) {
    if (reason instanceof WxError && reason.isMissing) return { kind: 'failed', text: '请在微信里打开后再支付' };
    if (reason instanceof WxError && reason.isRefused) return { kind: 'cancelled' };
    if (!(reason instanceof WxError)) return { kind: 'failed', text: troubleOf(reason).message };
  }
  try {
    const order = await api.mall.checkPayment({ params: { id: orderId } });
    if (order.paidAt !== null) return { kind: 'paid' };
    return { kind: 'unclear', text: '微信支付还在确认，通常几秒就好' };
  } catch (reason) {
    return { kind: 'unclear', text: troubleOf(reason).message };
  }
}
