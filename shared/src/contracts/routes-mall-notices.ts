import { Type } from '@sinclair/typebox';
import { Cursor, Exact, Ok, OneOf, Page, PageSize } from './fields.js';
import { MyNotice, MyNoticeKind, NOTICE_KINDS, NOTICE_MOMENTS, NoticeAnswers, NoticeAsk } from './notice.js';
import { route } from './route.js';

/** Subscribe messages at the consumer's end: consent at the right moment, what was sent, and a switch for each kind. */
export const mallNoticeRoutes = {
  noticeAsks: route(
    'mall.noticeAsks',
    'public',
    'GET /api/m/notice-asks',
    'At most three messages that may be asked for at this moment; none where there is nothing to ask',
    {
      query: Exact({ moment: OneOf(NOTICE_MOMENTS) }),
      response: Type.Object({ items: Type.Array(NoticeAsk, { maxItems: 3 }) }),
    },
  ),
  answerNotices: route(
    'mall.answerNotices',
    'consumer',
    'POST /api/m/notice-answers',
    'What I answered to WeChat’s sheet',
    { body: Exact({ answers: NoticeAnswers }), response: Ok },
    { idempotent: true },
  ),
  noticeKinds: route('mall.noticeKinds', 'consumer', 'GET /api/m/notice-kinds', 'Messages I can have', {
    response: Type.Object({ items: Type.Array(MyNoticeKind) }),
  }),
  stopNotices: route(
    'mall.stopNotices',
    'consumer',
    'PUT /api/m/notice-kinds/{kind}',
    'Stop a kind, or take it again',
    {
      params: Exact({ kind: OneOf(NOTICE_KINDS) }),
      body: Exact({ isStopped: Type.Boolean() }),
      response: Type.Object({ items: Type.Array(MyNoticeKind) }),
    },
  ),
  notices: route('mall.notices', 'consumer', 'GET /api/m/notices', 'What I was sent', {
    query: Exact({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
    response: Page(MyNotice),
  }),
} as const;
