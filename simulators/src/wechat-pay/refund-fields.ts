import { URL_PATTERN } from './order-fields.js';
import { type Fields, int, must, str } from './validate.js';

const NUMBER = /^[0-9a-zA-Z_\-|*@]+$/;
/** What a refund is applied for with (reference: section 4.1). */
export const APPLY: Fields = {
  sub_mchid: str(32),
  transaction_id: str(32),
  out_trade_no: str(32),
  out_refund_no: must(str(64, { pattern: NUMBER })),
  reason: str(80),
  notify_url: str(256, { pattern: URL_PATTERN }),
  funds_account: str(32, { enum: ['AVAILABLE'] }),
  amount: must({
    type: 'object',
    fields: {
      refund: must(int({ min: 1, label: '退款金额' })),
      total: must(int({ min: 1, label: '原订单金额' })),
      currency: must(str(16, { enum: ['CNY'] })),
      from: {
        type: 'array',
        item: {
          type: 'object',
          fields: { account: must(str(32, { enum: ['AVAILABLE', 'UNAVAILABLE'] })), amount: must(int({ min: 1 })) },
        },
      },
    },
  }),
  goods_detail: {
    type: 'array',
    item: {
      type: 'object',
      fields: {
        merchant_goods_id: must(str(32)),
        wechatpay_goods_id: str(32),
        goods_name: str(256),
        unit_price: must(int({ min: 0 })),
        refund_amount: must(int({ min: 0 })),
        refund_quantity: must(int({ min: 1 })),
      },
    },
  },
};
/** What an abnormal refund is sent to another card with. */
export const ABNORMAL: Fields = {
  sub_mchid: str(32),
  out_refund_no: must(str(64)),
  type: must(str(32, { enum: ['USER_BANK_CARD', 'MERCHANT_BANK_CARD'] })),
  bank_type: str(16),
  bank_account: str(1024),
  real_name: str(1024),
};
