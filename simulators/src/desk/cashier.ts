import { createPublicKey, verify } from 'node:crypto';
import { openidOf } from '../core/index.js';
import type { PaymentsPort } from '../wechat-miniapp/index.js';
import { findOrder, markSettled, payOrder } from '../wechat-pay/payment.js';
import type { PaySim } from '../wechat-pay/sim.js';

export interface PayArgs {
  timeStamp?: string;
  nonceStr?: string;
  package?: string;
  signType?: string;
  paySign?: string;
  appId?: string;
}

export type CashierAnswer =
  | { ok: true; amountFen: number; merchantName: string; description: string; balanceFen: number }
  | { ok: false; reason: string };

/** The pay sheet's other half: checks what the mini-program hands over, as the WeChat client does, and pays. */
export class Cashier {
  constructor(private readonly pay: PaySim) {}

  /** Verifies paySign (RSA-SHA256 over appId, timeStamp, nonceStr, package) and returns what the sheet shows. */
  open(args: PayArgs, consumerKey: string): CashierAnswer {
    const order = findOrder(this.pay, { prepayId: args.package ?? '' });
    if (!order) return { ok: false, reason: '支付验证签名失败：预支付单不存在' };
    if (args.signType !== 'RSA') return { ok: false, reason: 'signType 应为 RSA' };
    const appid = args.appId ?? this.pay.core.world.miniapp.appid;
    const text = `${appid}\n${args.timeStamp}\n${args.nonceStr}\n${args.package}\n`;
    const pem = this.pay.merchant(order.owner)?.publicKeyPem;
    if (!pem || !signatureFits(pem, text, args.paySign ?? '')) return { ok: false, reason: '支付验证签名失败' };
    if (order.consumerKey !== consumerKey) return { ok: false, reason: '当前用户与下单用户不一致' };
    if (order.transactionId) return { ok: false, reason: '该订单已支付' };
    return {
      ok: true,
      amountFen: order.total,
      merchantName: this.pay.merchant(order.collector)?.name ?? '商户',
      description: order.description,
      balanceFen: 286_650,
    };
  }

  confirm(prepay: string, consumerKey: string, bankType?: string): { ok: true } | { ok: false; reason: string } {
    const openid = openidOf(this.pay.core.world.miniapp.appid, consumerKey);
    const outcome = payOrder(this.pay, { prepayId: prepay, openid, bankType });
    return outcome.ok ? { ok: true } : outcome;
  }
}

function signatureFits(publicKeyPem: string, text: string, signature: string): boolean {
  try {
    return verify('RSA-SHA256', Buffer.from(text), createPublicKey(publicKeyPem), Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** Lets the shipping service of the mini-program platform see payments and release their money. */
export function paymentsPort(pay: PaySim): PaymentsPort {
  const settle = (transactionId: string): void => {
    const order = pay.orderByTransaction(transactionId);
    if (order) markSettled(pay, order);
  };
  return {
    find: ({ transactionId, mchid, outTradeNo }) => {
      const order = Object.values(pay.state.orders).find((one) =>
        transactionId
          ? one.transactionId === transactionId
          : one.outTradeNo === outTradeNo && (one.owner === mchid || one.collector === mchid),
      );
      if (!order?.transactionId || order.paidAt === undefined) return undefined;
      return {
        transactionId: order.transactionId,
        mchid: order.collector,
        outTradeNo: order.outTradeNo,
        openid: order.payer.openid ?? order.payer.sub_openid ?? order.payer.sp_openid ?? '',
        description: order.description,
        amountFen: order.total,
        paidAtMs: order.paidAt,
      };
    },
    // Shipping alone does not release the money; receipt does.
    onShipped: () => undefined,
    onReceived: settle,
  };
}
