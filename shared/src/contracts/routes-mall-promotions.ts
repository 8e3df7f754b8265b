import { Type } from '@sinclair/typebox';
import { Cursor, Exact, IdParam, IdText, OneOf, Page, PageSize } from './fields.js';
import { BargainView, GroupBuyGroup, PLAY_KINDS, PresaleDeal, PromotionCard } from './promotion.js';
import { route } from './route.js';

const List = { cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) };

/** Promotions in the mall. Orders of a group, bargain or presale go through checkout with `activity`. */
export const mallPromotionRoutes = {
  promotions: route(
    'mall.promotions',
    'public',
    'GET /api/m/promotions',
    'Promotions of a store: live ones and those that begin within two days',
    {
      query: Exact({
        storeId: IdText,
        kind: Type.Optional(OneOf(PLAY_KINDS)),
        productId: Type.Optional(IdText),
      }),
      response: Type.Object({ items: Type.Array(PromotionCard) }),
    },
  ),
  promotion: route('mall.promotion', 'public', 'GET /api/m/promotions/{id}', 'One promotion with its goods', {
    params: IdParam,
    query: Exact({ storeId: IdText }),
    response: PromotionCard,
  }),
  openGroups: route(
    'mall.openGroups',
    'public',
    'GET /api/m/promotions/{id}/groups',
    'Groups of this store that still take people, soonest end first',
    { params: IdParam, query: Exact({ storeId: IdText, ...List }), response: Page(GroupBuyGroup) },
  ),
  group: route('mall.group', 'public', 'GET /api/m/groups/{id}', 'A group, as its shared card shows it', {
    params: IdParam,
    response: GroupBuyGroup,
  }),
  myGroups: route('mall.myGroups', 'consumer', 'GET /api/m/groups', 'The groups that I have paid for', {
    query: Exact(List),
    response: Page(GroupBuyGroup),
  }),
  startBargain: route(
    'mall.startBargain',
    'consumer',
    'POST /api/m/bargains',
    'Begin a bargain for a SKU; a second tap answers with the same one',
    { body: Exact({ promotionId: IdText, skuId: IdText, storeId: IdText }), response: BargainView },
  ),
  bargains: route('mall.bargains', 'consumer', 'GET /api/m/bargains', 'My bargains', {
    query: Exact(List),
    response: Page(BargainView),
  }),
  bargain: route('mall.bargain', 'public', 'GET /api/m/bargains/{id}', 'A bargain, as its shared card shows it', {
    params: IdParam,
    response: BargainView,
  }),
  helpBargain: route(
    'mall.helpBargain',
    'consumer',
    'POST /api/m/bargains/{id}/help',
    'Help somebody to a lower price, once a day',
    { params: IdParam, response: Type.Object({ cutFen: Type.Integer(), bargain: BargainView }) },
  ),
  presales: route('mall.presales', 'consumer', 'GET /api/m/presales', 'My presales with deposit and tail', {
    query: Exact(List),
    response: Page(PresaleDeal),
  }),
} as const;
