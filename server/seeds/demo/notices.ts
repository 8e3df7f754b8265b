import type { NoticeKind } from '@shuke/shared/contracts';

/** A template as the brand picked it at WeChat, and what fills each of its keywords. */
export interface DemoTemplate {
  kind: NoticeKind;
  id: string;
  title: string;
  keywords: { key: string; label: string; example: string; field: string }[];
}

type Keyword = [key: string, label: string, example: string, field: string];
const template = (kind: NoticeKind, id: string, title: string, keywords: Keyword[]): DemoTemplate => ({
  kind,
  id,
  title,
  keywords: keywords.map(([key, label, example, field]) => ({ key, label, example, field })),
});

/** The demo brand's templates, one for each kind of message. */
export const NOTICE_TEMPLATES: readonly DemoTemplate[] = [
  template('ORDER_PAID', 'q3Vt0Zk-9mWxT1b7cLrN5yFh2sJdKaEuPoGi8BvXw4M', '下单成功通知', [
    ['character_string1', '订单编号', '202611220001', 'orderNo'],
    ['thing2', '商品名称', '轻暖短款羽绒服', 'goods'],
    ['amount3', '订单金额', '¥599.00', 'amount'],
    ['time4', '下单时间', '2026年11月22日 10:00', 'time'],
  ]),
  template('PICKUP_READY', 'h7Lp2Xc-4nQzR8d1vMsB6wTg9yKfJeAuOiHk3CbZx5E', '取货提醒', [
    ['character_string1', '取货码', '83920415', 'pickupCode'],
    ['thing2', '商品名称', '轻暖短款羽绒服', 'goods'],
    ['thing3', '取货门店', '西湖银泰店', 'store'],
    ['thing4', '温馨提示', '凭取货码到店取货', 'note'],
  ]),
  template('PICKUP_EXPIRING', 'n3Xs5Bq-0hRcM7w9kTvG2yLz8jPdFaEuViOb6NtQe1J', '自提到期提醒', [
    ['character_string1', '取货码', '83920415', 'pickupCode'],
    ['thing2', '商品名称', '轻暖短款羽绒服', 'goods'],
    ['thing3', '取货门店', '西湖银泰店', 'store'],
    ['time4', '保留到', '2026年11月29日 23:59', 'until'],
  ]),
  template('ORDER_SHIPPED', 'k1Rw8Nz-6bYtG3q9xDvC5mHs2pLjFaEuTiOk7WcXe0Q', '订单发货通知', [
    ['thing1', '商品名称', '轻暖短款羽绒服', 'goods'],
    ['thing2', '快递公司', '顺丰速运', 'company'],
    ['character_string3', '快递单号', 'SF1234567890', 'trackingNo'],
    ['time4', '发货时间', '2026年11月22日 16:00', 'time'],
  ]),
  template('PRESALE_TAIL', 'b5Jm3Vd-2kXwL7t9zQrN1yGh8sPfKaEuCoTi6BxWv4H', '尾款支付提醒', [
    ['thing1', '商品名称', '极地长款羽绒服', 'goods'],
    ['amount2', '尾款金额', '¥880.00', 'amount'],
    ['time3', '截止时间', '2026年11月25日 22:00', 'until'],
  ]),
  template('GROUP_RESULT', 'm9Tc6Yq-8fHzB4n2wKvS1xLg7rPdJaEuXoIi3VbQk5N', '拼团结果通知', [
    ['thing1', '商品名称', '羊绒围巾', 'goods'],
    ['phrase2', '拼团结果', '拼团成功', 'status'],
    ['thing3', '温馨提示', '门店很快发货', 'note'],
  ]),
  template('AFTER_SALE_DECIDED', 'w2Gk7Fx-5jPzV9m1tRbD3yNs8hLcQaEuBoKi4XvTe6W', '售后进度提醒', [
    ['phrase1', '处理结果', '已同意', 'status'],
    ['thing2', '商品名称', '轻暖短款羽绒服', 'goods'],
    ['thing3', '处理说明', '请在七天内寄回', 'note'],
  ]),
  template('REFUND_DONE', 'd8Zn4Rv-1cMxK6w3qTgH9yJb2sFpLaEuGoVi7QkXt5B', '退款成功通知', [
    ['amount1', '退款金额', '¥599.00', 'amount'],
    ['character_string2', '订单编号', '202611220001', 'orderNo'],
    ['time3', '退款时间', '2026年11月23日 09:30', 'time'],
  ]),
  template('BACK_IN_STOCK', 'x6Bh1Ws-7tLzQ3k8nPvF4yCm9rGjDaEuHoXi2TbVw5K', '到货通知', [
    ['thing1', '商品名称', '轻暖短款羽绒服 雾蓝 M', 'goods'],
    ['thing2', '到货门店', '西湖银泰店', 'store'],
    ['amount3', '商品价格', '¥599.00', 'amount'],
  ]),
  template('COUPON_EXPIRING', 'r4Dv9Kt-3gNzX5b7mWsQ1yPh6fLcJaEuRoBi8VxTk2G', '优惠券到期提醒', [
    ['thing1', '优惠券名称', '满 500 减 60', 'coupon'],
    ['time2', '到期时间', '2026年11月25日 23:59', 'until'],
    ['number3', '张数', '1', 'count'],
  ]),
  template('BALANCE_CHANGED', 't0Qf5Lc-9wVzM2x6hRnK8yBd1sGpTaEuJoWi4NbXv7C', '余额变动提醒', [
    ['amount1', '变动金额', '¥100.00', 'amount'],
    ['amount2', '账户余额', '¥1200.00', 'balance'],
    ['thing3', '备注', '充值已到账', 'note'],
  ]),
];

/** The same as the simulated platform lists them. */
export const templatesAtWechat = () =>
  NOTICE_TEMPLATES.map(({ id, title, keywords }) => ({
    id,
    title,
    keywords: keywords.map(({ key, label, example }) => ({ key, label, example })),
  }));
