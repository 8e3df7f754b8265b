import { Type } from '@sinclair/typebox';
import { Cursor, Exact, OneOf, Page, PageSize, Text } from './fields.js';
import {
  DeskNotice,
  NOTICE_KINDS,
  NOTICE_STATES,
  NoticeKeyword,
  NoticeKindDesk,
  NoticeStateWords,
  WechatTemplate,
} from './notice.js';
import { route } from './route.js';

/** Subscribe messages at headquarters: templates, and the log of what became of each message. */
export const consoleNoticeRoutes = {
  noticeKinds: route('console.noticeKinds', 'hq', 'GET /api/c/notice-kinds', 'Kinds of messages with their templates', {
    response: Type.Object({ items: Type.Array(NoticeKindDesk), states: Type.Array(NoticeStateWords) }),
  }),
  wechatTemplates: route(
    'console.wechatTemplates',
    'hq',
    'GET /api/c/wechat-templates',
    'The templates that the brand has picked at WeChat, read now',
    { response: Type.Object({ items: Type.Array(WechatTemplate) }) },
  ),
  setNoticeTemplate: route(
    'console.setNoticeTemplate',
    'hq',
    'PUT /api/c/notice-kinds/{kind}',
    'Send this kind with one of the brand’s templates; saving clears what WeChat had against it',
    {
      params: Exact({ kind: OneOf(NOTICE_KINDS) }),
      body: Exact({
        templateId: Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' }),
        isOn: Type.Boolean(),
        keywords: Type.Array(NoticeKeyword, { minItems: 1, maxItems: 8 }),
      }),
      response: NoticeKindDesk,
    },
  ),
  notices: route('console.notices', 'hq', 'GET /api/c/notices', 'Messages and what became of them', {
    query: Exact({
      kind: Type.Optional(OneOf(NOTICE_KINDS)),
      state: Type.Optional(OneOf(NOTICE_STATES)),
      q: Type.Optional(Text(40)),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(DeskNotice),
  }),
} as const;
