import { createCipheriv, createHash } from 'node:crypto';
import type { Delivery } from './delivery-types.js';
import { nonce } from './signing.js';
import type { PaySim } from './sim.js';
import { billTime } from './time.js';

const tag = (name: string, value: unknown) => `<${name}><![CDATA[${String(value)}]]></${name}>`;
const document = (fields: Record<string, unknown>, root: string) =>
  `<${root}>${Object.entries(fields)
    .map(([name, value]) => tag(name, value))
    .join('')}</${root}>`;

/**
 * The v2 form of a refund notification, which arrives when a refund named no notify URL but the merchant platform has one.
 * Its content is AES-256-ECB under the md5 of the v2 key; a receiver that speaks only v3 must survive it.
 */
export function xmlRefundCallback(sim: PaySim, delivery: Delivery): string {
  const body = delivery.plaintext as Record<string, unknown> & { amount: Record<string, number> };
  const info = document(
    {
      out_trade_no: body.out_trade_no,
      transaction_id: body.transaction_id,
      out_refund_no: body.out_refund_no,
      refund_id: body.refund_id,
      refund_status: body.refund_status,
      total_fee: body.amount.total,
      refund_fee: body.amount.refund,
      settlement_refund_fee: body.amount.refund,
      success_time: billTime(sim.now()),
      refund_recv_accout: body.user_received_account ?? '',
      refund_account: 'REFUND_SOURCE_RECHARGE_FUNDS',
      refund_request_source: 'API',
    },
    'root',
  );
  const key = createHash('md5').update(`v2-key-of-${delivery.mchid}`).digest('hex');
  const cipher = createCipheriv('aes-256-ecb', Buffer.from(key), null);
  const sealed = Buffer.concat([cipher.update(info, 'utf8'), cipher.final()]).toString('base64');
  const appid = sim.merchant(delivery.mchid)?.appids[0] ?? '';
  const outer = { return_code: 'SUCCESS', appid, mch_id: delivery.mchid, nonce_str: nonce(), req_info: sealed };
  return document(outer, 'xml');
}
