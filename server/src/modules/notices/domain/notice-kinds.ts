import type { NoticeKind, NoticeMoment, NoticeState } from '@shuke/shared/contracts';
import { NOTICE_FIELDS, type NoticeField, typeOfKeyword } from './notice-fields.js';

const HOUR_MS = 3_600_000;

/** One kind of message: its names, what it can say, and for how long it is still news where what it is about does not say. */
export interface KindRule {
  title: string;
  when: string;
  fields: readonly NoticeField[];
  goodForMs: number;
}

export const NOTICE_RULES: Readonly<Record<NoticeKind, KindRule>> = {
  ORDER_PAID: {
    title: '下单成功',
    when: '付款后把订单号发给你',
    fields: ['orderNo', 'goods', 'amount', 'store', 'time', 'note'],
    goodForMs: 2 * HOUR_MS,
  },
  PICKUP_READY: {
    title: '到店取货',
    when: '付款后把取货码发给你',
    fields: ['pickupCode', 'goods', 'store', 'orderNo', 'time', 'note'],
    goodForMs: 24 * HOUR_MS,
  },
  PICKUP_EXPIRING: {
    title: '取货快到期',
    when: '还没来取，门店快留不住了，提前一天告诉你',
    fields: ['pickupCode', 'goods', 'store', 'until', 'orderNo', 'note'],
    goodForMs: 24 * HOUR_MS,
  },
  ORDER_SHIPPED: {
    title: '发货提醒',
    when: '门店发货后，把快递单号发给你',
    fields: ['goods', 'company', 'trackingNo', 'orderNo', 'time', 'note'],
    goodForMs: 48 * HOUR_MS,
  },
  PRESALE_TAIL: {
    title: '尾款提醒',
    when: '可以付尾款时告诉你',
    fields: ['goods', 'amount', 'until', 'orderNo', 'note'],
    goodForMs: 48 * HOUR_MS,
  },
  GROUP_RESULT: {
    title: '拼团结果',
    when: '拼成了或者没拼成，都告诉你',
    fields: ['goods', 'status', 'orderNo', 'amount', 'note'],
    goodForMs: 48 * HOUR_MS,
  },
  AFTER_SALE_DECIDED: {
    title: '售后进展',
    when: '门店处理了申请就告诉你',
    fields: ['goods', 'status', 'orderNo', 'time', 'note'],
    goodForMs: 48 * HOUR_MS,
  },
  REFUND_DONE: {
    title: '退款到账',
    when: '退款成功后告诉你退了多少',
    fields: ['amount', 'goods', 'orderNo', 'time', 'note'],
    goodForMs: 48 * HOUR_MS,
  },
  BACK_IN_STOCK: {
    title: '到货提醒',
    when: '登记的尺码到货了告诉你',
    fields: ['goods', 'store', 'amount', 'time', 'note'],
    goodForMs: 12 * HOUR_MS,
  },
  COUPON_EXPIRING: {
    title: '优惠券快到期',
    when: '券快到期还没用，提前告诉你',
    fields: ['coupon', 'until', 'count', 'note'],
    goodForMs: 24 * HOUR_MS,
  },
  BALANCE_CHANGED: {
    title: '余额变动',
    when: '充值到账、余额退款后告诉你',
    fields: ['amount', 'balance', 'time', 'note'],
    goodForMs: 24 * HOUR_MS,
  },
};

/** What nobody has to hear of who wants no offers; what was ordered, asked for or is owed goes on. */
export const OFFER_KINDS: ReadonlySet<NoticeKind> = new Set(['COUPON_EXPIRING']);

/** How long after an event a consent still counts for it: the question comes after paying, the event before. */
export const LATE_CONSENT_MS = 15 * 60_000;

/** WeChat shows more than three templates in a sheet only in newer clients. Reference: wecom-miniapp 7. */
export const ASKS_MAX = 3;

/** What is asked for at which moment, most wanted first. */
export const ASKED_AT: Readonly<Record<NoticeMoment, readonly NoticeKind[]>> = {
  PAID_SHIP: ['ORDER_SHIPPED', 'ORDER_PAID'],
  PAID_PICKUP: ['PICKUP_READY', 'PICKUP_EXPIRING'],
  PAID_GROUP: ['GROUP_RESULT', 'ORDER_SHIPPED'],
  PAID_DEPOSIT: ['PRESALE_TAIL', 'ORDER_SHIPPED'],
  AFTER_SALE: ['AFTER_SALE_DECIDED', 'REFUND_DONE'],
  SOLD_OUT: ['BACK_IN_STOCK'],
  COUPON: ['COUPON_EXPIRING'],
  WALLET: ['BALANCE_CHANGED'],
};

export const STATE_TEXT: Readonly<Record<NoticeState, string>> = {
  WAITING: '等待发送',
  SENDING: '正在发送',
  SENT: '已发送',
  UNKNOWN: '微信没有答复',
  NO_CONSENT: '没有同意接收',
  STOPPED: '顾客已关闭',
  DROPPED: '不用再发',
  FAILED: '没有发出',
};

/**
 * What is wrong with filling a template's keywords from a kind's fields, in words for headquarters; null when every
 * keyword gets a field that fits it. WeChat refuses a message with a missing or unfit keyword (47003).
 */
export function mappingProblem(
  kind: NoticeKind,
  keywords: readonly { key: string; label: string }[],
  chosen: ReadonlyMap<string, string>,
): string | null {
  for (const { key, label } of keywords) {
    const field = chosen.get(key);
    if (!field) return `关键词「${label}」还没有选要填什么`;
    if (!NOTICE_RULES[kind].fields.some((one) => one === field)) return `「${label}」选的内容不属于这类通知`;
    if (!holds(key, field as NoticeField)) return `「${label}」放不下${NOTICE_FIELDS[field as NoticeField].title}`;
  }
  const extra = [...chosen.keys()].find((key) => !keywords.some((one) => one.key === key));
  return extra ? `模板里没有关键词 ${extra}` : null;
}

const holds = (key: string, field: NoticeField): boolean =>
  (NOTICE_FIELDS[field].types as readonly string[]).includes(typeOfKeyword(key));
