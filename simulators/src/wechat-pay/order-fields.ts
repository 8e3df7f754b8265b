import { type Fields, int, must, type Rule, str } from './validate.js';

const NUMBER = /^[0-9a-zA-Z_\-|*]+$/;
export const URL_PATTERN = /^https?:\/\/[^?#\s]+$/;
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const object = (fields: Fields): Rule => ({ type: 'object', fields });
const goods: Rule = {
  type: 'array',
  max: 6000,
  item: object({
    merchant_goods_id: must(str(32)),
    wechatpay_goods_id: str(32),
    goods_name: str(256),
    quantity: must(int({ min: 1 })),
    unit_price: must(int({ min: 0 })),
  }),
};
const scene = object({
  payer_client_ip: str(45),
  device_id: str(32),
  device_ip: str(45),
  store_info: object({
    id: str(32),
    out_id: str(32),
    name: str(256),
    area_code: str(32),
    address: str(512),
  }),
});
const shared: Fields = {
  description: must(str(127, { label: '商品描述' })),
  out_trade_no: must(str(32, { min: 6, pattern: NUMBER, label: '商户订单号' })),
  time_expire: str(64, { pattern: RFC3339 }),
  attach: str(128),
  goods_tag: str(32),
  support_fapiao: { type: 'boolean' },
  detail: object({ cost_price: int({ min: 0 }), invoice_id: str(32), goods_detail: goods }),
  scene_info: scene,
  settle_info: object({ profit_sharing: { type: 'boolean' } }),
  amount: must(
    object({
      total: must(int({ min: 1, max: 10_000_000_000, label: '总金额' })),
      currency: str(16, { enum: ['CNY'] }),
    }),
  ),
};
const limitPay: Rule = { type: 'array', item: str(32) };
const direct: Fields = { appid: must(str(32)), mchid: must(str(32)), limit_pay: limitPay };
const partner: Fields = {
  sp_appid: must(str(32)),
  sp_mchid: must(str(32)),
  sub_appid: str(32),
  sub_mchid: must(str(32)),
  limit_pay: limitPay,
};
const notify: Fields = { notify_url: must(str(255, { pattern: URL_PATTERN })) };
const code: Fields = {
  notify_url: str(255, { pattern: URL_PATTERN }),
  payer: must(object({ auth_code: must(str(32)) })),
};

export const JSAPI_DIRECT: Fields = {
  ...shared,
  ...direct,
  ...notify,
  payer: must(object({ openid: must(str(128)) })),
};
export const JSAPI_PARTNER: Fields = {
  ...shared,
  ...partner,
  ...notify,
  payer: must(object({ sp_openid: str(128), sub_openid: str(128) })),
};
export const CODEPAY_DIRECT: Fields = { ...shared, ...direct, ...code };
export const CODEPAY_PARTNER: Fields = { ...shared, ...partner, ...code };
export const CLOSE_DIRECT: Fields = { mchid: must(str(32)) };
export const CLOSE_PARTNER: Fields = { sp_mchid: must(str(32)), sub_mchid: must(str(32)) };
export const REVERSE_DIRECT: Fields = { appid: str(32), mchid: must(str(32)) };
export const REVERSE_PARTNER: Fields = {
  sp_appid: str(32),
  sp_mchid: must(str(32)),
  sub_appid: str(32),
  sub_mchid: must(str(32)),
};
