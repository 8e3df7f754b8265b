import { Type } from '@sinclair/typebox';
import { ConsoleProduct, ProductUpdate, StoreListing } from './catalog.js';
import {
  Cursor,
  Day,
  Exact,
  FenInt,
  IdParam,
  IdText,
  Instant,
  Nullable,
  Ok,
  OneOf,
  Page,
  PageSize,
  PriceFen,
  Text,
} from './fields.js';
import { ConsoleGuide, ConsoleStore, Franchisee, StoreUpdate } from './organization.js';
import { route } from './route.js';
import { consoleAfterSaleRoutes } from './routes-console-after-sales.js';
import { consoleAssetRoutes } from './routes-console-assets.js';
import { consoleCouponRoutes } from './routes-console-coupons.js';
import { consoleFinanceRoutes } from './routes-console-finance.js';
import { consoleImportRoutes } from './routes-console-imports.js';
import { consoleMallRoutes } from './routes-console-mall.js';
import { consoleMemberRoutes } from './routes-console-members.js';
import { consoleNoticeRoutes } from './routes-console-notices.js';
import { consoleProductRoutes } from './routes-console-products.js';
import { consolePromotionRoutes } from './routes-console-promotions.js';
import { consoleReviewRoutes } from './routes-console-reviews.js';
import { consoleTillRoutes } from './routes-console-tills.js';
import { CHANNELS, ORDER_STATES, OrderDetail, OrderSummary, RefundInfo, RefundInput, ShipInput } from './sales.js';
import {
  InvariantView,
  OrderSplit,
  SPLIT_STATES,
  SplitRow,
  SplitRuleCheck,
  SplitRuleInput,
  SplitRuleView,
  STATEMENT_STATES,
  StatementDetail,
  StatementView,
} from './settlement.js';
import { GuideWork, TaskGuideRow, TaskInput, TaskView } from './task.js';

const List = { q: Type.Optional(Text(40)), cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) };
const User = Type.Object({
  id: IdText,
  name: Type.String(),
  role: OneOf(['HQ', 'FRANCHISEE']),
  franchiseeId: Nullable(IdText),
  brandName: Type.String(),
});
const WAITING_KINDS = ['AFTER_SALE', 'LOW_REVIEW', 'AVATAR', 'DISPUTE', 'PAYABLE', 'CONFIRM', 'ANSWERED'] as const;
const VersionParam = Exact({ version: Type.Integer({ minimum: 1 }) });
const ImportView = Type.Object({
  id: IdText,
  source: Type.String(),
  state: OneOf(['RUNNING', 'PAUSED', 'DONE', 'FAILED']),
  totalRows: Nullable(Type.Integer()),
  readRows: Type.Integer(),
  importedOrders: Type.Integer(),
  importedLines: Type.Integer(),
  errorRows: Type.Integer(),
  startedAt: Instant,
  finishedAt: Nullable(Instant),
  note: Type.String(),
});

/** Headquarters and franchisees: the console's routes. Franchisees see their own stores' rows only (E1). */
export const consoleRoutes = {
  ...consoleMallRoutes,
  ...consoleProductRoutes,
  login: route('console.login', 'public', 'POST /api/c/login', 'Log in', {
    body: Exact({ login: Text(60, 2), password: Text(100, 1) }),
    response: Type.Object({ token: Type.String(), user: User }),
  }),
  me: route('console.me', 'console', 'GET /api/c/me', 'Who am I', { response: User }),
  overview: route('console.overview', 'console', 'GET /api/c/overview', "Today's figures in my scope", {
    query: Exact({ day: Type.Optional(Day) }),
    response: Type.Object({
      day: Day,
      asOf: Instant,
      orderCount: Type.Integer(),
      paidFen: FenInt,
      refundedFen: FenInt,
      memberCount: Type.Integer(),
      newMemberCount: Type.Integer(),
      toShip: Type.Integer(),
      toPickup: Type.Integer(),
      taskSent: Type.Integer(),
      taskOrdered: Type.Integer(),
      splitAttention: Type.Integer(),
      /** What waits for a person of this desk, only where something waits. */
      todo: Type.Optional(Type.Array(Type.Object({ kind: OneOf(WAITING_KINDS), count: Type.Integer() }))),
      party: Type.Object({ brandFen: FenInt, franchiseeFen: FenInt, guideFen: FenInt, channelFen: FenInt }),
      days: Type.Array(Type.Object({ day: Day, orderCount: Type.Integer(), paidFen: FenInt })),
      topStores: Type.Array(
        Type.Object({ storeId: IdText, name: Type.String(), paidFen: FenInt, orderCount: Type.Integer() }),
      ),
      flows: Type.Array(Type.Object({ from: Type.String(), to: Type.String(), fen: FenInt })),
      isBalanced: Type.Boolean(),
      invariantsCheckedAt: Nullable(Instant),
    }),
  }),
  stores: route('console.stores', 'console', 'GET /api/c/stores', 'Stores in my scope', {
    query: Exact({ ...List, franchiseeId: Type.Optional(IdText), city: Type.Optional(Text(30)) }),
    response: Page(ConsoleStore),
  }),
  store: route('console.store', 'console', 'GET /api/c/stores/{id}', 'One store', {
    params: IdParam,
    response: ConsoleStore,
  }),
  updateStore: route(
    'console.updateStore',
    'hq',
    'PUT /api/c/stores/{id}',
    'Change a store (collect mode, merchant number, hours …)',
    { params: IdParam, body: StoreUpdate, response: ConsoleStore },
  ),
  franchisees: route('console.franchisees', 'hq', 'GET /api/c/franchisees', 'Franchisees', {
    response: Type.Array(Franchisee),
  }),
  guides: route('console.guides', 'console', 'GET /api/c/guides', 'Guides in my scope', {
    query: Exact({ ...List, storeId: Type.Optional(IdText) }),
    response: Page(ConsoleGuide),
  }),
  guide: route('console.guide', 'console', 'GET /api/c/guides/{id}', 'One guide', {
    params: IdParam,
    response: ConsoleGuide,
  }),
  guideWork: route(
    'console.guideWork',
    'console',
    'GET /api/c/guides/{id}/work',
    'What a guide does today and lately',
    {
      params: IdParam,
      response: GuideWork,
    },
  ),
  products: route('console.products', 'console', 'GET /api/c/products', 'The brand’s catalogue', {
    query: Exact({ ...List, categoryId: Type.Optional(IdText), status: Type.Optional(OneOf(['ON_SALE', 'OFF_SALE'])) }),
    response: Page(ConsoleProduct),
  }),
  updateProduct: route(
    'console.updateProduct',
    'hq',
    'PUT /api/c/products/{id}',
    'Change a product, its list price or its price corridor',
    { params: IdParam, body: ProductUpdate, response: ConsoleProduct },
  ),
  categories: route('console.categories', 'console', 'GET /api/c/categories', 'Categories', {
    response: Type.Array(Type.Object({ id: IdText, name: Type.String() })),
  }),
  listings: route(
    'console.listings',
    'console',
    'GET /api/c/stores/{id}/listings',
    "A store's goods with price and stock per SKU",
    { params: IdParam, query: Exact({ ...List, categoryId: Type.Optional(IdText) }), response: Page(StoreListing) },
  ),
  setListed: route(
    'console.setListed',
    'console',
    'PUT /api/c/stores/{id}/listings/{productId}',
    'List or unlist a product in a store',
    {
      params: Exact({ id: IdText, productId: IdText }),
      body: Exact({ isListed: Type.Boolean() }),
      response: StoreListing,
    },
  ),
  setPrice: route(
    'console.setPrice',
    'console',
    'PUT /api/c/stores/{id}/prices/{skuId}',
    "Set or clear a store's price inside the corridor",
    {
      params: Exact({ id: IdText, skuId: IdText }),
      body: Exact({ priceFen: Nullable(PriceFen) }),
      response: StoreListing,
    },
  ),
  setStock: route(
    'console.setStock',
    'console',
    'PUT /api/c/stores/{id}/stock/{skuId}',
    'Count the stock (on hand) or set the safety stock',
    {
      params: Exact({ id: IdText, skuId: IdText }),
      body: Exact({
        onHand: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
        safety: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
        reason: Text(60, 2),
      }),
      response: StoreListing,
    },
  ),
  orders: route('console.orders', 'console', 'GET /api/c/orders', 'Orders in my scope', {
    query: Exact({
      ...List,
      storeId: Type.Optional(IdText),
      memberId: Type.Optional(IdText),
      state: Type.Optional(OneOf(ORDER_STATES)),
      channel: Type.Optional(OneOf(CHANNELS)),
      from: Type.Optional(Day),
      to: Type.Optional(Day),
    }),
    response: Page(
      Type.Composite([
        OrderSummary,
        Type.Object({
          memberName: Nullable(Type.String()),
          guideName: Nullable(Type.String()),
          paidAt: Nullable(Instant),
          refundedFen: FenInt,
        }),
      ]),
    ),
  }),
  order: route('console.order', 'console', 'GET /api/c/orders/{id}', 'One order', {
    params: IdParam,
    response: OrderDetail,
  }),
  shipOrder: route('console.shipOrder', 'console', 'POST /api/c/orders/{id}/ship', 'Ship', {
    params: IdParam,
    body: ShipInput,
    response: OrderDetail,
  }),
  refundOrder: route(
    'console.refundOrder',
    'console',
    'POST /api/c/orders/{id}/refund',
    'Refund on behalf of the consumer',
    { params: IdParam, body: RefundInput, response: RefundInfo },
    { idempotent: true },
  ),
  splits: route('console.splits', 'console', 'GET /api/c/splits', 'Splits with per-receiver states', {
    query: Exact({
      ...List,
      storeId: Type.Optional(IdText),
      state: Type.Optional(OneOf(SPLIT_STATES)),
      from: Type.Optional(Day),
      to: Type.Optional(Day),
    }),
    response: Page(SplitRow),
  }),
  orderSplit: route(
    'console.orderSplit',
    'console',
    'GET /api/c/orders/{id}/split',
    'How every fen of an order was split (E2)',
    { params: IdParam, response: OrderSplit },
  ),
  splitRules: route('console.splitRules', 'hq', 'GET /api/c/split-rules', 'All versions of the split rules', {
    response: Type.Array(SplitRuleView),
  }),
  createSplitRule: route('console.createSplitRule', 'hq', 'POST /api/c/split-rules', 'Draft a new version', {
    body: SplitRuleInput,
    response: SplitRuleView,
  }),
  checkSplitRule: route(
    'console.checkSplitRule',
    'hq',
    'POST /api/c/split-rules/check',
    'Worst case against the channel’s cap',
    { body: SplitRuleInput, response: SplitRuleCheck },
  ),
  publishSplitRule: route(
    'console.publishSplitRule',
    'hq',
    'POST /api/c/split-rules/{version}/publish',
    'Publish; refused when the worst case breaks the cap (S1)',
    { params: VersionParam, response: SplitRuleView },
  ),
  statements: route('console.statements', 'console', 'GET /api/c/statements', "Franchisees' statements by day", {
    query: Exact({
      franchiseeId: Type.Optional(IdText),
      state: Type.Optional(OneOf(STATEMENT_STATES)),
      from: Type.Optional(Day),
      to: Type.Optional(Day),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(StatementView),
  }),
  statement: route(
    'console.statement',
    'console',
    'GET /api/c/statements/{franchiseeId}/{day}',
    'One statement with its lines',
    { params: Exact({ franchiseeId: IdText, day: Day }), response: StatementDetail },
  ),
  proof: route(
    'console.proof',
    'console',
    'GET /api/c/statements/{franchiseeId}/{day}/proof',
    'The proof file for the offline verifier (S4)',
    {
      params: Exact({ franchiseeId: IdText, day: Day }),
      response: Type.Object({
        fileName: Type.String(),
        text: Type.String({ description: 'JSON lines, exactly as to be saved' }),
      }),
    },
  ),
  tasks: route('console.tasks', 'hq', 'GET /api/c/tasks', 'Tasks and their effect', {
    query: Exact({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
    response: Page(TaskView),
  }),
  createTask: route('console.createTask', 'hq', 'POST /api/c/tasks', 'Draft a task', {
    body: TaskInput,
    response: TaskView,
  }),
  publishTask: route('console.publishTask', 'hq', 'POST /api/c/tasks/{id}/publish', 'Publish to the guides', {
    params: IdParam,
    response: TaskView,
  }),
  taskEffect: route('console.taskEffect', 'hq', 'GET /api/c/tasks/{id}', 'A task’s effect by guide', {
    params: IdParam,
    response: Type.Object({ task: TaskView, guides: Type.Array(TaskGuideRow) }),
  }),
  invariants: route('console.invariants', 'console', 'GET /api/c/invariants', 'Are the books balanced? (S8)', {
    response: Type.Array(InvariantView),
  }),
  runInvariants: route('console.runInvariants', 'hq', 'POST /api/c/invariants/run', 'Check all now', {
    response: Type.Array(InvariantView),
  }),
  imports: route('console.imports', 'hq', 'GET /api/c/imports', 'POS imports', { response: Type.Array(ImportView) }),
  importErrors: route(
    'console.importErrors',
    'hq',
    'GET /api/c/imports/{id}/errors',
    'Rows that could not be imported',
    {
      params: IdParam,
      query: Exact({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
      response: Page(Type.Object({ row: Type.Integer(), text: Type.String(), problem: Type.String() })),
    },
  ),
  ok: route('console.logout', 'console', 'POST /api/c/logout', 'Forget this session', { response: Ok }),
  ...consoleCouponRoutes,
  ...consoleAfterSaleRoutes,
  ...consoleReviewRoutes,
  ...consoleMemberRoutes,
  ...consolePromotionRoutes,
  ...consoleAssetRoutes,
  ...consoleNoticeRoutes,
  ...consoleImportRoutes,
  ...consoleFinanceRoutes,
  ...consoleTillRoutes,
} as const;
