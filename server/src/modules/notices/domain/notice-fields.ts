import { type Fen, yuanText } from '@shuke/shared/kernel';

/** What a message can say. Each fits some types of keywords only; WeChat refuses a message for one value that does not. */
export const NOTICE_FIELDS = {
  orderNo: { title: '订单号', types: ['character_string', 'thing'], sample: '202611220001' },
  goods: { title: '商品', types: ['thing'], sample: '轻暖短款羽绒服 等 2 件' },
  amount: { title: '金额', types: ['amount'], sample: '¥599.00' },
  balance: { title: '余额', types: ['amount'], sample: '¥1200.00' },
  store: { title: '门店', types: ['thing'], sample: '西湖银泰店' },
  time: { title: '时间', types: ['time', 'date'], sample: '2026年11月22日 10:00' },
  until: { title: '截止时间', types: ['time', 'date'], sample: '2026年11月25日 20:00' },
  pickupCode: { title: '取货码', types: ['character_string', 'thing'], sample: '83920415' },
  company: { title: '快递公司', types: ['thing'], sample: '顺丰速运' },
  trackingNo: { title: '快递单号', types: ['character_string'], sample: 'SF1234567890' },
  status: { title: '结果', types: ['phrase', 'thing'], sample: '已同意' },
  coupon: { title: '优惠券', types: ['thing'], sample: '满 500 减 60' },
  count: { title: '张数', types: ['number', 'thing'], sample: '2' },
  note: { title: '温馨提示', types: ['thing'], sample: '凭取货码到店取货' },
} as const satisfies Record<string, { title: string; types: readonly string[]; sample: string }>;

export type NoticeField = keyof typeof NOTICE_FIELDS;
export type NoticeValues = Partial<Record<NoticeField, string>>;

/** A keyword's type is its key without the number: thing1, time2, amount3. Reference: wecom-miniapp 7. */
export const typeOfKeyword = (key: string): string => key.replace(/\d+$/, '');

const OFFSET_MS = 8 * 3_600_000;

/** An instant as keywords of time and date take it, in Shanghai: 2026年11月22日 10:00. */
export function timeText(at: Date): string {
  const [, year, month, day, time] =
    /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(new Date(at.getTime() + OFFSET_MS).toISOString()) ?? [];
  return `${year}年${Number(month)}月${Number(day)}日 ${time}`;
}

/** An amount as keywords take it: one sign and digits, no thousands. */
export const amountText = (value: Fen): string => `¥${yuanText(value)}`;
