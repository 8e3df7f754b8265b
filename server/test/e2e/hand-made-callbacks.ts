import { type Signer, sealGcm, signedHeaders } from '../../../simulators/src/wechat-pay/signing.js';
import type { Order } from '../../../simulators/src/wechat-pay/types.js';
import type { E2e } from '../harness/e2e.js';

const SP_KEY = 'sp-api-v3-key-sp-api-v3-key-1234';

export interface HandMade {
  body: string;
  headers: Record<string, string>;
}
export interface Craft {
  signer?: Signer;
  key?: string;
  atMs?: number;
  id?: string;
  eventType?: string;
  originalType?: string;
}

/** A callback made by hand, rightly signed and sealed unless told otherwise, for what no fault of the simulator can bend. */
export function craft(e2e: E2e, plaintext: unknown, options: Craft = {}): HandMade {
  const { sim } = e2e.sims.pay;
  const originalType = options.originalType ?? 'transaction';
  const sealed = sealGcm(JSON.stringify(plaintext), options.key ?? SP_KEY, originalType);
  const body = JSON.stringify({
    id: options.id ?? `EV-${process.hrtime.bigint()}`,
    create_time: new Date(sim.now()).toISOString(),
    resource_type: 'encrypt-resource',
    event_type: options.eventType ?? 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    resource: { original_type: originalType, algorithm: 'AEAD_AES_256_GCM', ...sealed, associated_data: originalType },
  });
  const headers = signedHeaders(body, options.atMs ?? sim.now(), options.signer ?? sim.keys.publicKeySigner());
  return { body, headers: { 'content-type': 'application/json', ...headers } };
}

/** Sends it to one of our addresses. @returns the status of the answer */
export async function post(e2e: E2e, message: HandMade, path = 'test-sp/payment'): Promise<number> {
  return (await fetch(`${e2e.origin}/wxpay/notify/${path}`, { method: 'POST', ...message })).status;
}

/** The order of ours as the simulated channel has it. */
export function simOrder(e2e: E2e, orderId: string): Order {
  const order = Object.values(e2e.sims.pay.sim.state.orders).find((one) => one.outTradeNo === `P${orderId}`);
  if (!order) throw new Error(`the simulator does not know order ${orderId}`);
  return order;
}
