import { Type } from '@sinclair/typebox';
import { Cursor, Exact, IdParam, IdText, Instant, OneOf, Page, PageSize, PriceFen, Text } from './fields.js';
import {
  ConsolePromotion,
  PLAY_KINDS,
  PlayView,
  PROMOTION_STATES,
  PromotionCheck,
  PromotionDetail,
  PromotionEffect,
  PromotionEnvelope,
  PromotionGood,
  PromotionInput,
  PromotionRun,
  PromotionSession,
} from './promotion.js';
import { route } from './route.js';

const List = { cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) };
const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' });

/** Promotions at the desk. A franchisee sees headquarters' promotions that reach its stores, and edits its own. */
export const consolePromotionRoutes = {
  promotionPlays: route(
    'console.promotionPlays',
    'console',
    'GET /api/c/promotion-plays',
    'The plays with their forms, states and edge cases',
    { response: Type.Array(PlayView) },
  ),
  promotionGoods: route(
    'console.promotionGoods',
    'console',
    'GET /api/c/promotion-goods',
    'SKUs to pick: by words, or those that are named by id',
    {
      query: Exact({
        q: Type.Optional(Text(40)),
        skuIds: Type.Optional(
          Type.String({
            maxLength: 10_000,
            pattern: '^[1-9][0-9]{0,18}(,[1-9][0-9]{0,18})*$',
            description: 'ids with commas between, at most 500',
          }),
        ),
      }),
      response: Type.Array(PromotionGood),
    },
  ),
  promotions: route('console.promotions', 'console', 'GET /api/c/promotions', 'Promotions in my scope, newest first', {
    query: Exact({
      ...List,
      kind: Type.Optional(OneOf(PLAY_KINDS)),
      state: Type.Optional(OneOf(PROMOTION_STATES)),
      storeId: Type.Optional(IdText),
      q: Type.Optional(Text(40)),
    }),
    response: Page(ConsolePromotion),
  }),
  promotion: route('console.promotion', 'console', 'GET /api/c/promotions/{id}', 'One promotion with its last run', {
    params: IdParam,
    response: PromotionDetail,
  }),
  createPromotion: route('console.createPromotion', 'console', 'POST /api/c/promotions', 'Draft a promotion', {
    body: PromotionInput,
    response: PromotionDetail,
  }),
  updatePromotion: route(
    'console.updatePromotion',
    'console',
    'PUT /api/c/promotions/{id}',
    'Change a draft; refused when somebody else has changed it meanwhile',
    {
      params: IdParam,
      body: Exact({ version: Type.Integer({ minimum: 0 }), promotion: PromotionInput }),
      response: PromotionDetail,
    },
  ),
  deletePromotion: route('console.deletePromotion', 'console', 'DELETE /api/c/promotions/{id}', 'Drop a draft', {
    params: IdParam,
    response: Type.Object({ ok: Type.Literal(true) }),
  }),
  checkPromotion: route(
    'console.checkPromotion',
    'console',
    'POST /api/c/promotions/{id}/check',
    'Conflicts with other promotions, worst stacked prices, seven-day lows',
    { params: IdParam, response: PromotionCheck },
  ),
  runPromotion: route(
    'console.runPromotion',
    'console',
    'POST /api/c/promotions/{id}/what-if',
    'Apply the draft to the past orders of my stores; publishing needs this run',
    { params: IdParam, body: Exact({ days: Type.Integer({ minimum: 1, maximum: 90 }) }), response: PromotionRun },
  ),
  publishPromotion: route(
    'console.publishPromotion',
    'console',
    'POST /api/c/promotions/{id}/publish',
    'Publish; prices below the floor or a dishonest discount must be named as accepted',
    {
      params: IdParam,
      body: Exact({
        acceptsBelowFloor: Type.Optional(Type.Boolean()),
        reason: Type.Optional(Text(100)),
      }),
      response: PromotionDetail,
    },
  ),
  pausePromotion: route('console.pausePromotion', 'console', 'POST /api/c/promotions/{id}/pause', 'Pause', {
    params: IdParam,
    response: PromotionDetail,
  }),
  resumePromotion: route('console.resumePromotion', 'console', 'POST /api/c/promotions/{id}/resume', 'Go on', {
    params: IdParam,
    response: PromotionDetail,
  }),
  endPromotion: route('console.endPromotion', 'console', 'POST /api/c/promotions/{id}/end', 'End now, for good', {
    params: IdParam,
    response: PromotionDetail,
  }),
  extendPromotion: route(
    'console.extendPromotion',
    'console',
    'PUT /api/c/promotions/{id}/end',
    'Move the end of a published promotion',
    { params: IdParam, body: Exact({ endsAt: Instant }), response: PromotionDetail },
  ),
  promotionEffect: route(
    'console.promotionEffect',
    'console',
    'GET /api/c/promotions/{id}/effect',
    'Uses and cost by bearer, store and day, in my scope',
    { params: IdParam, response: PromotionEffect },
  ),
  promotionSessions: route(
    'console.promotionSessions',
    'console',
    'GET /api/c/promotions/{id}/sessions',
    'Groups, bargains or presales of a promotion in my scope',
    { params: IdParam, query: Exact(List), response: Page(PromotionSession) },
  ),
  setPromotionStore: route(
    'console.setPromotionStore',
    'console',
    'PUT /api/c/promotions/{id}/stores/{storeId}',
    'Take a store out of a promotion, or back in',
    {
      params: Exact({ id: IdText, storeId: IdText }),
      body: Exact({ takesPart: Type.Boolean() }),
      response: ConsolePromotion,
    },
  ),
  promotionEnvelopes: route(
    'console.promotionEnvelopes',
    'console',
    'GET /api/c/promotion-envelopes',
    'What franchisees may spend on promotions of their own in a month',
    { query: Exact({ month: Month }), response: Type.Array(PromotionEnvelope) },
  ),
  setPromotionEnvelope: route(
    'console.setPromotionEnvelope',
    'hq',
    'PUT /api/c/promotion-envelopes/{franchiseeId}',
    'Set the budget of a franchisee for a month',
    {
      params: Exact({ franchiseeId: IdText }),
      body: Exact({ month: Month, budgetFen: PriceFen }),
      response: PromotionEnvelope,
    },
  ),
} as const;
