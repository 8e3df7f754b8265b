import { Type } from '@sinclair/typebox';
import { Cursor, Day, Exact, IdParam, IdText, Nullable, OneOf, Page, PageSize, Text } from './fields.js';
import {
  AreaOverlap,
  CLOSING_STATES,
  ClosingOrder,
  ClosingPreview,
  ClosingView,
  MallSettings,
  MallSettingsInput,
  Reason,
  ServiceArea,
  ServiceAreaInput,
  StockDrift,
  StockFeed,
  StoreEntry,
  StoreService,
  StoreServiceInput,
  StoreTransfer,
} from './mall-store.js';
import { RESOLVE_RULES } from './organization.js';
import { route } from './route.js';

const Paged = { cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) };

/** Store malls at the desk: modes and isolation, service areas, service, closing, stock feeds. */
export const consoleMallRoutes = {
  mallSettings: route('console.mallSettings', 'console', 'GET /api/c/mall-settings', 'Mall mode, isolation, limits', {
    response: MallSettings,
  }),
  updateMallSettings: route('console.updateMallSettings', 'hq', 'PUT /api/c/mall-settings', 'Change them', {
    body: MallSettingsInput,
    response: MallSettings,
  }),
  storeArea: route('console.storeArea', 'console', 'GET /api/c/stores/{id}/area', 'Service area of a store', {
    params: IdParam,
    response: ServiceArea,
  }),
  updateStoreArea: route(
    'console.updateStoreArea',
    'hq',
    'PUT /api/c/stores/{id}/area',
    'Set the service area: a radius or a GeoJSON polygon, and its priority',
    { params: IdParam, body: ServiceAreaInput, response: ServiceArea },
  ),
  areaOverlaps: route(
    'console.areaOverlaps',
    'hq',
    'GET /api/c/service-areas/overlaps',
    'Pairs of open stores whose service areas overlap, the worst first',
    { query: Exact({ city: Type.Optional(Text(30)) }), response: Type.Array(AreaOverlap) },
  ),
  storeEntries: route(
    'console.storeEntries',
    'console',
    'GET /api/c/store-entries',
    'Who entered which store by which rule',
    {
      query: Exact({
        storeId: Type.Optional(IdText),
        memberId: Type.Optional(IdText),
        rule: Type.Optional(OneOf(RESOLVE_RULES)),
        ...Paged,
      }),
      response: Page(StoreEntry),
    },
  ),
  entrySummary: route(
    'console.entrySummary',
    'console',
    'GET /api/c/store-entries/summary',
    'How many entries each rule decided',
    {
      query: Exact({ storeId: Type.Optional(IdText), from: Type.Optional(Day), to: Type.Optional(Day) }),
      response: Type.Array(
        Type.Object({ rule: OneOf(RESOLVE_RULES), count: Type.Integer(), uncertain: Type.Integer() }),
      ),
    },
  ),
  storeService: route(
    'console.storeService',
    'console',
    'GET /api/c/stores/{id}/service',
    'Hours, pickup and local delivery of a store',
    { params: IdParam, response: StoreService },
  ),
  updateStoreService: route(
    'console.updateStoreService',
    'console',
    'PUT /api/c/stores/{id}/service',
    'Change them; a franchisee may for its own stores',
    { params: IdParam, body: StoreServiceInput, response: StoreService },
  ),
  closingPreview: route(
    'console.closingPreview',
    'hq',
    'GET /api/c/stores/{id}/closing/preview',
    'What a store still owes, and which stores could take over its pickups',
    { params: IdParam, response: ClosingPreview },
  ),
  startClosing: route(
    'console.startClosing',
    'hq',
    'POST /api/c/stores/{id}/closing',
    'Close a store: no new orders, pickups are offered to another store or refunded',
    {
      params: IdParam,
      body: Exact({
        toStoreId: Nullable(IdText),
        answerDays: Type.Integer({ minimum: 1, maximum: 30 }),
        reason: Reason,
      }),
      response: ClosingView,
    },
    { idempotent: true },
  ),
  closings: route('console.closings', 'console', 'GET /api/c/closings', 'Closing stores', {
    query: Exact({ state: Type.Optional(OneOf(CLOSING_STATES)), ...Paged }),
    response: Page(ClosingView),
  }),
  closing: route('console.closing', 'console', 'GET /api/c/closings/{id}', 'One closing and its orders', {
    params: IdParam,
    response: Type.Object({ closing: ClosingView, orders: Type.Array(ClosingOrder) }),
  }),
  refundClosingOrder: route(
    'console.refundClosingOrder',
    'hq',
    'POST /api/c/closings/{id}/orders/{orderId}/refund',
    'Do not wait for the answer: give the money back',
    { params: Exact({ id: IdText, orderId: IdText }), response: ClosingView },
  ),
  cancelClosing: route(
    'console.cancelClosing',
    'hq',
    'POST /api/c/closings/{id}/cancel',
    'Open the store again; pickups that have moved stay moved',
    { params: IdParam, response: ClosingView },
  ),
  stockFeeds: route(
    'console.stockFeeds',
    'console',
    'GET /api/c/stock-feeds',
    'Are stock feeds of points of sale and ERP in step?',
    { query: Exact({ storeId: Type.Optional(IdText) }), response: Type.Array(StockFeed) },
  ),
  stockDrifts: route('console.stockDrifts', 'console', 'GET /api/c/stock-drifts', 'Where full counts differed', {
    query: Exact({ storeId: Type.Optional(IdText), ...Paged }),
    response: Page(StockDrift),
  }),
  storeTransfers: route(
    'console.storeTransfers',
    'console',
    'GET /api/c/store-transfers',
    'Goods that one store sends for an order of another',
    {
      query: Exact({
        storeId: Type.Optional(IdText),
        state: Type.Optional(OneOf(['OPEN', 'SENT', 'CANCELLED'])),
        ...Paged,
      }),
      response: Page(StoreTransfer),
    },
  ),
} as const;
