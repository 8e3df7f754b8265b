import { type Static, Type } from '@sinclair/typebox';
import {
  ASSET_KINDS,
  AssetEntry,
  AssetLot,
  CONSUMPTION_POLICIES,
  InStorePayment,
  LevelSchemeInput,
  LevelSchemeView,
  MyLevel,
  MyPoints,
  MyWallet,
  PointsExchange,
  PointsGood,
  PointsGoodInput,
  PointsRuleInput,
  PointsRuleView,
  TOP_UP_STATES,
  TopUpBonus,
  TopUpView,
  WALLET_REFUND_STATES,
  WalletRefundView,
} from './assets.js';
import {
  Cursor,
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
import { route } from './route.js';

const List = { q: Type.Optional(Text(40)), cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) };

const TierInput = Exact({
  payFen: Type.Integer({ minimum: 100, maximum: 100_000_000 }),
  ...TopUpBonus.properties,
  bonusDays: Nullable(Type.Integer({ minimum: 1, maximum: 3660 })),
});
export const TopUpActivityInput = Exact({
  name: Text(40, 1),
  startsAt: Instant,
  endsAt: Nullable(Instant),
  storeIds: Nullable(Type.Array(IdText, { maxItems: 2000 })),
  perMemberTimes: Nullable(Type.Integer({ minimum: 1, maximum: 1000 })),
  perMemberDays: Nullable(
    Type.Integer({ minimum: 1, maximum: 3660, description: 'the times count over so many days' }),
  ),
  tiers: Type.Array(TierInput, { minItems: 1, maxItems: 12 }),
});
export type TopUpActivityInput = Static<typeof TopUpActivityInput>;
export const TopUpActivityView = Type.Object({
  id: IdText,
  version: Type.Integer(),
  ...TopUpActivityInput.properties,
  tiers: Type.Array(Type.Object({ id: IdText, ...TierInput.properties, text: Type.String() })),
  state: OneOf(['RUNNING', 'WAITING', 'ENDED', 'STOPPED']),
  topUpCount: Type.Integer(),
  topUpFen: FenInt,
});

const SettingsFields = {
  policy: OneOf(CONSUMPTION_POLICIES),
  balanceCapFen: PriceFen,
  dailyCapFen: PriceFen,
  customMinFen: PriceFen,
  pinAboveFen: PriceFen,
  originalRouteDays: Type.Integer({ minimum: 1, maximum: 365 }),
  lawName: Text(60, 1),
  lawText: Text(1000, 1),
  agreementText: Text(5000, 1),
};
export const WalletSettingsInput = Exact(SettingsFields);
export type WalletSettingsInput = Static<typeof WalletSettingsInput>;
export const WalletSettingsView = Type.Object({ version: Type.Integer(), ...SettingsFields });

export const ADJUSTMENT_STATES = ['WAITING', 'APPROVED', 'REFUSED'] as const;
export const AdjustmentView = Type.Object({
  id: IdText,
  memberId: IdText,
  nickname: Type.String(),
  asset: OneOf(ASSET_KINDS),
  amount: Type.Integer(),
  reason: Type.String(),
  state: OneOf(ADJUSTMENT_STATES),
  requestedBy: Type.String(),
  requestedAt: Instant,
  decidedBy: Nullable(Type.String()),
  decidedAt: Nullable(Instant),
  note: Nullable(Type.String()),
  isMine: Type.Boolean({ description: 'I asked for it, so somebody else decides' }),
});

/** Wallet, points and levels at the desk. Franchisees see what happened in their own stores. */
export const consoleAssetRoutes = {
  assetSummary: route('console.assetSummary', 'hq', 'GET /api/c/assets/summary', 'What the brand owes its members', {
    response: Type.Object({
      walletCount: Type.Integer(),
      principalFen: FenInt,
      bonusFen: FenInt,
      heldFen: FenInt,
      points: Type.Integer(),
      pendingPoints: Type.Integer(),
      owedPoints: Type.Integer(),
      pointsWorthFen: FenInt,
      topUpTodayFen: FenInt,
      spentTodayFen: FenInt,
      waitingAdjustments: Type.Integer(),
      waitingRefunds: Type.Integer(),
    }),
  }),
  memberAssets: route('console.memberAssets', 'hq', 'GET /api/c/members/{id}/assets', 'All a member owns, by lots', {
    params: IdParam,
    response: Type.Object({
      wallet: MyWallet,
      points: MyPoints,
      pointsLots: Type.Array(AssetLot),
      level: MyLevel,
    }),
  }),
  memberAssetEntries: route(
    'console.memberAssetEntries',
    'hq',
    'GET /api/c/members/{id}/asset-entries',
    "An account's full ledger",
    {
      params: IdParam,
      query: Exact({ asset: OneOf(ASSET_KINDS), cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
      response: Page(AssetEntry),
    },
  ),
  freezeAsset: route(
    'console.freezeAsset',
    'hq',
    'POST /api/c/members/{id}/freeze-asset',
    'Freeze an account, or free it',
    {
      params: IdParam,
      body: Exact({ asset: OneOf(['WALLET', 'POINTS']), isFrozen: Type.Boolean(), reason: Text(60, 1) }),
      response: Ok,
    },
  ),
  grantLevel: route('console.grantLevel', 'hq', 'POST /api/c/members/{id}/level-grant', 'Grant a level until a day', {
    params: IdParam,
    body: Exact({ level: Type.Integer({ minimum: 1, maximum: 20 }), until: Instant, reason: Text(60, 1) }),
    response: MyLevel,
  }),
  adjustments: route('console.assetAdjustments', 'hq', 'GET /api/c/asset-adjustments', 'Corrections by hand', {
    query: Exact({
      state: Type.Optional(OneOf(ADJUSTMENT_STATES)),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(AdjustmentView),
  }),
  requestAdjustment: route(
    'console.requestAdjustment',
    'hq',
    'POST /api/c/asset-adjustments',
    'Ask for a correction with its reason; somebody else approves it',
    {
      body: Exact({
        memberId: IdText,
        asset: OneOf(['POINTS', 'GROWTH', 'WALLET']),
        amount: Type.Integer({ minimum: -10_000_000, maximum: 10_000_000 }),
        reason: Text(100, 2),
        expiresAt: Type.Optional(Instant),
      }),
      response: AdjustmentView,
    },
    { idempotent: true },
  ),
  decideAdjustment: route(
    'console.decideAdjustment',
    'hq',
    'POST /api/c/asset-adjustments/{id}/decide',
    'Approve or refuse a correction that somebody else asked for',
    {
      params: IdParam,
      body: Exact({ isApproved: Type.Boolean(), note: Type.Optional(Text(100)) }),
      response: AdjustmentView,
    },
  ),
  walletSettings: route('console.walletSettings', 'hq', 'GET /api/c/wallet-settings', 'Policy, caps and agreement', {
    response: WalletSettingsView,
  }),
  setWalletSettings: route('console.setWalletSettings', 'hq', 'PUT /api/c/wallet-settings', 'Publish a new version', {
    body: WalletSettingsInput,
    response: WalletSettingsView,
  }),
  topUpActivities: route('console.topUpActivities', 'hq', 'GET /api/c/top-up-activities', 'Top-up activities', {
    response: Type.Array(TopUpActivityView),
  }),
  createTopUpActivity: route(
    'console.createTopUpActivity',
    'hq',
    'POST /api/c/top-up-activities',
    'Start an activity',
    {
      body: TopUpActivityInput,
      response: TopUpActivityView,
    },
  ),
  changeTopUpActivity: route(
    'console.changeTopUpActivity',
    'hq',
    'PUT /api/c/top-up-activities/{id}',
    'Change an activity: a new version; top-ups keep the version they were made under',
    { params: IdParam, body: TopUpActivityInput, response: TopUpActivityView },
  ),
  stopTopUpActivity: route(
    'console.stopTopUpActivity',
    'hq',
    'POST /api/c/top-up-activities/{id}/stop',
    'Stop it now',
    {
      params: IdParam,
      response: TopUpActivityView,
    },
  ),
  topUps: route('console.topUps', 'console', 'GET /api/c/top-ups', 'Top-ups sold in my stores', {
    query: Exact({
      state: Type.Optional(OneOf(TOP_UP_STATES)),
      storeId: Type.Optional(IdText),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(TopUpView),
  }),
  inStorePayments: route(
    'console.inStorePayments',
    'console',
    'GET /api/c/in-store-payments',
    'Wallet payments in stores',
    {
      query: Exact({ storeId: Type.Optional(IdText), cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
      response: Page(InStorePayment),
    },
  ),
  walletRefunds: route('console.walletRefunds', 'hq', 'GET /api/c/wallet-refunds', 'Refunds of balances', {
    query: Exact({
      state: Type.Optional(OneOf(WALLET_REFUND_STATES)),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(WalletRefundView),
  }),
  decideWalletRefund: route(
    'console.decideWalletRefund',
    'hq',
    'POST /api/c/wallet-refunds/{id}/decide',
    'Confirm a bank transfer that was made, or refuse and give the balance back',
    { params: IdParam, body: Exact({ isPaid: Type.Boolean(), note: Text(100, 1) }), response: WalletRefundView },
  ),
  pointsRule: route('console.pointsRule', 'hq', 'GET /api/c/points-rule', 'How points are earned and used', {
    response: PointsRuleView,
  }),
  setPointsRule: route('console.setPointsRule', 'hq', 'PUT /api/c/points-rule', 'Publish a new version', {
    body: PointsRuleInput,
    response: PointsRuleView,
  }),
  pointsGoods: route('console.pointsGoods', 'hq', 'GET /api/c/points-goods', 'Goods of the points mall', {
    query: Exact(List),
    response: Page(PointsGood),
  }),
  createPointsGood: route('console.createPointsGood', 'hq', 'POST /api/c/points-goods', 'Add a good', {
    body: PointsGoodInput,
    response: PointsGood,
  }),
  changePointsGood: route('console.changePointsGood', 'hq', 'PUT /api/c/points-goods/{id}', 'Change a good', {
    params: IdParam,
    body: PointsGoodInput,
    response: PointsGood,
  }),
  pointsExchanges: route('console.pointsExchanges', 'console', 'GET /api/c/points-exchanges', 'Exchanges', {
    query: Exact(List),
    response: Page(PointsExchange),
  }),
  cancelPointsExchange: route(
    'console.cancelPointsExchange',
    'hq',
    'POST /api/c/points-exchanges/{id}/cancel',
    'Cancel an exchange that was not picked up; the points go back to their lots',
    { params: IdParam, response: PointsExchange },
  ),
  levelScheme: route('console.levelScheme', 'hq', 'GET /api/c/level-scheme', 'Levels, benefits and period', {
    response: LevelSchemeView,
  }),
  setLevelScheme: route('console.setLevelScheme', 'hq', 'PUT /api/c/level-scheme', 'Publish a new version', {
    body: LevelSchemeInput,
    response: LevelSchemeView,
  }),
  rebuildLevels: route(
    'console.rebuildLevels',
    'hq',
    'POST /api/c/levels/rebuild',
    'Compute growth and level anew from the orders; says how many differed',
    {
      body: Exact({ memberId: Type.Optional(IdText), cursor: Type.Optional(Cursor) }),
      response: Type.Object({ members: Type.Integer(), changed: Type.Integer(), nextCursor: Nullable(Type.String()) }),
    },
  ),
} as const;
