import { type Static, Type } from '@sinclair/typebox';
import { IdText, Instant, Nullable, OneOf, Text } from './fields.js';

/** What members can be told by a subscribe message of the mini-program; each has an event of its own. */
export const NOTICE_KINDS = [
  'ORDER_PAID',
  'PICKUP_READY',
  'PICKUP_EXPIRING',
  'ORDER_SHIPPED',
  'PRESALE_TAIL',
  'GROUP_RESULT',
  'AFTER_SALE_DECIDED',
  'REFUND_DONE',
  'BACK_IN_STOCK',
  'COUPON_EXPIRING',
  'BALANCE_CHANGED',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** When the mini-program may ask for consent: where people expect it, and only on a tap. */
export const NOTICE_MOMENTS = [
  'PAID_SHIP',
  'PAID_PICKUP',
  'PAID_GROUP',
  'PAID_DEPOSIT',
  'AFTER_SALE',
  'SOLD_OUT',
  'COUPON',
  'WALLET',
] as const;
export type NoticeMoment = (typeof NOTICE_MOMENTS)[number];

/** WAITING to be sent · SENT · UNKNOWN: no answer, not sent again · NO_CONSENT · STOPPED by the member · DROPPED: no longer
 * true · FAILED. */
export const NOTICE_STATES = [
  'WAITING',
  'SENDING',
  'SENT',
  'UNKNOWN',
  'NO_CONSENT',
  'STOPPED',
  'DROPPED',
  'FAILED',
] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** What WeChat answers for a template; BAN and FILTER are its own refusals. */
export const NOTICE_ANSWERS = ['ACCEPT', 'REJECT', 'BAN', 'FILTER'] as const;
export type NoticeAnswer = (typeof NOTICE_ANSWERS)[number];

const TemplateId = Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' });

/** One message that a member may be asked to accept. */
export const NoticeAsk = Type.Object({ templateId: TemplateId, kind: OneOf(NOTICE_KINDS), title: Type.String() });
export type NoticeAsk = Static<typeof NoticeAsk>;

export const NoticeAnswers = Type.Array(
  Type.Object(
    {
      templateId: TemplateId,
      answer: OneOf(NOTICE_ANSWERS),
      isAlways: Type.Boolean({ description: 'WeChat keeps this answer and asks no more' }),
    },
    { additionalProperties: false },
  ),
  { minItems: 1, maxItems: 5 },
);
export type NoticeAnswers = Static<typeof NoticeAnswers>;

/** One kind of message, as its receiver may switch it. */
export const MyNoticeKind = Type.Object({
  kind: OneOf(NOTICE_KINDS),
  title: Type.String(),
  when: Type.String({ description: 'when it comes, in one plain sentence' }),
  templateId: TemplateId,
  left: Type.Integer({ description: 'messages that were agreed to and not sent yet' }),
  isLasting: Type.Boolean({ description: 'one consent is enough for all messages' }),
  isRefused: Type.Boolean({ description: 'refused for good in WeChat; only WeChat’s own settings can change that' }),
  isStopped: Type.Boolean({ description: 'stopped here by the member' }),
});
export type MyNoticeKind = Static<typeof MyNoticeKind>;

export const MyNotice = Type.Object({
  id: IdText,
  kind: OneOf(NOTICE_KINDS),
  title: Type.String(),
  state: OneOf(NOTICE_STATES),
  stateText: Type.String(),
  lines: Type.Array(Type.Object({ label: Type.String(), value: Type.String() })),
  page: Nullable(Type.String({ description: 'where a tap on it leads' })),
  at: Instant,
});
export type MyNotice = Static<typeof MyNotice>;

/** A template as WeChat lists it for the brand. */
export const WechatTemplate = Type.Object({
  templateId: TemplateId,
  title: Type.String(),
  isLasting: Type.Boolean(),
  keywords: Type.Array(Type.Object({ key: Type.String(), label: Type.String(), example: Type.String() })),
});
export type WechatTemplate = Static<typeof WechatTemplate>;

export const NoticeKeyword = Type.Object(
  {
    key: Type.String({ pattern: '^[a-z_]{2,24}[0-9]{1,3}$', description: 'thing1, time2 …' }),
    field: Text(24, 1),
  },
  { additionalProperties: false },
);
export type NoticeKeyword = Static<typeof NoticeKeyword>;

/** A kind of message at headquarters: what it can say, and with which of the brand’s templates it says it. */
export const NoticeKindDesk = Type.Object({
  kind: OneOf(NOTICE_KINDS),
  title: Type.String(),
  when: Type.String(),
  fields: Type.Array(
    Type.Object({
      field: Type.String(),
      title: Type.String(),
      sample: Type.String(),
      types: Type.Array(Type.String(), { description: 'kinds of keywords that can hold it' }),
    }),
  ),
  template: Nullable(
    Type.Object({
      templateId: TemplateId,
      title: Type.String(),
      isOn: Type.Boolean(),
      isLasting: Type.Boolean(),
      keywords: Type.Array(Type.Object({ key: Type.String(), label: Type.String(), field: Type.String() })),
      problem: Nullable(Type.String({ description: 'what WeChat had against it' })),
      isPaused: Type.Boolean({ description: 'nothing is sent until it is saved again' }),
      updatedAt: Instant,
      updatedBy: Type.String(),
    }),
  ),
});
export type NoticeKindDesk = Static<typeof NoticeKindDesk>;

/** A state in words, for those who choose by it. */
export const NoticeStateWords = Type.Object({ state: OneOf(NOTICE_STATES), text: Type.String() });
export type NoticeStateWords = Static<typeof NoticeStateWords>;

export const DeskNotice = Type.Object({
  id: IdText,
  kind: OneOf(NOTICE_KINDS),
  title: Type.String(),
  memberId: IdText,
  memberName: Nullable(Type.String()),
  state: OneOf(NOTICE_STATES),
  stateText: Type.String(),
  reason: Type.String(),
  errcode: Nullable(Type.Integer()),
  attempts: Type.Integer(),
  lines: Type.Array(Type.Object({ label: Type.String(), value: Type.String() })),
  page: Nullable(Type.String()),
  at: Instant,
  doneAt: Nullable(Instant),
});
export type DeskNotice = Static<typeof DeskNotice>;
