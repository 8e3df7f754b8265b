import { Type } from '@sinclair/typebox';
import { ProductCard } from './catalog.js';
import { Cursor, Day, Exact, FenInt, IdParam, IdText, Nullable, Ok, OneOf, Page, PageSize, Text } from './fields.js';
import { BrowseEvent, ContactRow, ContactView, TagGroup, TagView } from './member.js';
import { GuideCard } from './organization.js';
import { route } from './route.js';
import { guideAfterSaleRoutes } from './routes-guide-after-sales.js';
import { guideAssetRoutes } from './routes-guide-assets.js';
import { guideCouponRoutes } from './routes-guide-coupons.js';
import { guideHandOverRoutes } from './routes-guide-hand-overs.js';
import { guideReviewRoutes } from './routes-guide-reviews.js';
import { guideChangeRoutes } from './routes-mall-my-data.js';
import { CourierInput, OrderDetail, OrderSummary, Receiver, ShipInput, StoreOrder } from './sales.js';
import { MorningPack, PackItem, PreparedSend, SKIP_REASONS } from './task.js';

const ExternalUserId = Type.String({ pattern: '^[0-9A-Za-z_\\-]{8,64}$' });
const ContactParam = Exact({ externalUserId: ExternalUserId });

/** The guide's end: WeCom chat sidebar and workbench pages. */
export const guideRoutes = {
  oauthUrl: route('guide.oauthUrl', 'public', 'POST /api/g/oauth-url', 'Where to send the browser for WeCom login', {
    body: Exact({ redirectUri: Text(500, 8) }),
    response: Type.Object({ url: Type.String(), state: Type.String() }),
  }),
  login: route('guide.login', 'public', 'POST /api/g/login', 'Log in with the OAuth code', {
    body: Exact({ code: Text(512, 1), state: Text(128, 1) }),
    response: Type.Object({ token: Type.String(), guide: GuideCard, role: OneOf(['GUIDE', 'MANAGER']) }),
  }),
  signature: route(
    'guide.signature',
    'public',
    'POST /api/g/jssdk-signature',
    'JS-SDK signature for a page of a trusted domain',
    {
      body: Exact({ url: Text(1000, 8), kind: OneOf(['AGENT', 'CORP']) }),
      response: Type.Object({
        timestamp: Type.String(),
        nonceStr: Type.String(),
        signature: Type.String(),
        corpId: Type.String(),
        agentId: Type.String(),
      }),
    },
  ),
  me: route('guide.me', 'guide', 'GET /api/g/me', 'Who am I', {
    response: Type.Object({
      guide: GuideCard,
      role: OneOf(['GUIDE', 'MANAGER']),
      undoMinutes: Type.Integer({ description: 'how long a guide may undo alone what was done at the counter' }),
      today: Type.Object({
        taskTotal: Type.Integer(),
        taskDone: Type.Integer(),
        minutes: Type.Integer(),
        mayEarnFen: FenInt,
        orderCount: Type.Integer(),
        orderFen: FenInt,
        entitledFen: FenInt,
      }),
      month: Type.Object({ orderCount: Type.Integer(), orderFen: FenInt, entitledFen: FenInt }),
    }),
  }),
  contact: route('guide.contact', 'guide', 'GET /api/g/contacts/{externalUserId}', 'Who is this (G3)', {
    params: ContactParam,
    response: ContactView,
  }),
  contacts: route('guide.contacts', 'guide', 'GET /api/g/contacts', 'My customers', {
    query: Exact({ q: Type.Optional(Text(30)), cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
    response: Page(ContactRow),
  }),
  contactOrders: route(
    'guide.contactOrders',
    'guide',
    'GET /api/g/contacts/{externalUserId}/orders',
    'Orders of all channels',
    {
      params: ContactParam,
      query: Exact({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
      response: Page(OrderSummary),
    },
  ),
  contactTrail: route('guide.contactTrail', 'guide', 'GET /api/g/contacts/{externalUserId}/trail', 'Browse trail', {
    params: ContactParam,
    query: Exact({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
    response: Page(BrowseEvent),
  }),
  tagLibrary: route('guide.tagLibrary', 'guide', 'GET /api/g/tags', 'Tags a guide may give', {
    response: Type.Array(TagGroup),
  }),
  addTag: route('guide.addTag', 'guide', 'POST /api/g/contacts/{externalUserId}/tags', 'Give a tag', {
    params: ContactParam,
    body: Exact({ tagId: IdText, evidence: Type.Optional(Text(60)) }),
    response: Type.Array(TagView),
  }),
  removeTag: route(
    'guide.removeTag',
    'guide',
    'DELETE /api/g/contacts/{externalUserId}/tags/{tagId}',
    'Take a tag away',
    {
      params: Exact({ externalUserId: ExternalUserId, tagId: IdText }),
      response: Type.Array(TagView),
    },
  ),
  products: route('guide.products', 'guide', 'GET /api/g/products', 'Goods of my store to send', {
    query: Exact({ q: Type.Optional(Text(40)), cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
    response: Page(ProductCard),
  }),
  prepareSend: route(
    'guide.prepareSend',
    'guide',
    'POST /api/g/contacts/{externalUserId}/sends',
    'Prepare words and card for one tap',
    {
      params: ContactParam,
      body: Exact({
        taskItemId: Type.Optional(IdText),
        productId: Type.Optional(IdText),
        words: Type.Optional(Text(1000)),
      }),
      response: PreparedSend,
    },
  ),
  reportSend: route(
    'guide.reportSend',
    'guide',
    'POST /api/g/sends/{id}/report',
    'What the client said about the send',
    {
      params: IdParam,
      body: Exact({ result: OneOf(['SENT', 'CANCELLED', 'FAILED']), detail: Type.Optional(Text(200)) }),
      response: Ok,
    },
  ),
  morningPack: route('guide.morningPack', 'guide', 'GET /api/g/morning-pack', "This morning's tasks", {
    query: Exact({ day: Type.Optional(Day) }),
    response: MorningPack,
  }),
  seeItem: route('guide.seeItem', 'guide', 'POST /api/g/task-items/{id}/seen', 'The guide looks at an item', {
    params: IdParam,
    response: PackItem,
  }),
  skipItem: route('guide.skipItem', 'guide', 'POST /api/g/task-items/{id}/skip', 'Skip with a reason', {
    params: IdParam,
    body: Exact({ reason: OneOf(SKIP_REASONS), note: Type.Optional(Text(60)) }),
    response: PackItem,
  }),
  storeOrders: route(
    'guide.storeOrders',
    'guide',
    'GET /api/g/store-orders',
    "My store's orders to pick, hand over or ship",
    {
      query: Exact({
        state: Type.Optional(OneOf(['TO_SHIP', 'TO_PICKUP', 'SHIPPED'])),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(PageSize),
      }),
      response: Page(StoreOrder),
    },
  ),
  receiver: route(
    'guide.receiver',
    'guide',
    'POST /api/g/store-orders/{id}/receiver',
    'Where an order of my store goes, in full; the consumer sees who looked',
    { params: IdParam, response: Receiver },
  ),
  pickup: route('guide.pickup', 'guide', 'GET /api/g/pickups/{code}', 'Look up a pickup code of my store', {
    params: Exact({ code: Type.String({ pattern: '^[0-9]{6,12}$' }) }),
    response: OrderDetail,
  }),
  verifyPickup: route('guide.verifyPickup', 'guide', 'POST /api/g/pickups/{code}/verify', 'Hand the goods over', {
    params: Exact({ code: Type.String({ pattern: '^[0-9]{6,12}$' }) }),
    response: OrderDetail,
  }),
  ship: route('guide.ship', 'guide', 'POST /api/g/store-orders/{id}/ship', 'Ship from my store', {
    params: IdParam,
    body: ShipInput,
    response: OrderDetail,
  }),
  sendOut: route('guide.sendOut', 'guide', 'POST /api/g/store-orders/{id}/send-out', 'A local delivery is on its way', {
    params: IdParam,
    body: CourierInput,
    response: OrderDetail,
  }),
  delivered: route(
    'guide.delivered',
    'guide',
    'POST /api/g/store-orders/{id}/delivered',
    'A local delivery has arrived',
    { params: IdParam, response: OrderDetail },
  ),
  earnings: route('guide.earnings', 'guide', 'GET /api/g/earnings', 'What I earn, per order', {
    query: Exact({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
    response: Type.Object({
      pendingFen: FenInt,
      paidFen: FenInt,
      items: Type.Array(
        Type.Object({
          orderId: IdText,
          orderNo: Type.String(),
          at: Type.String(),
          baseFen: FenInt,
          entitledFen: FenInt,
          stateText: Type.String(),
          formula: Type.String(),
        }),
      ),
      nextCursor: Nullable(Type.String()),
    }),
  }),
  ...guideCouponRoutes,
  ...guideAfterSaleRoutes,
  ...guideReviewRoutes,
  ...guideChangeRoutes,
  ...guideAssetRoutes,
  ...guideHandOverRoutes,
} as const;
