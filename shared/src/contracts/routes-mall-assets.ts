import { Type } from '@sinclair/typebox';
import {
  AssetEntry,
  BalanceRefundPreview,
  DynamicCode,
  InStorePayment,
  LawText,
  MyLevel,
  MyPoints,
  MyWallet,
  PointsExchange,
  PointsGood,
  TopUpTier,
  TopUpView,
  WalletRefundView,
} from './assets.js';
import { Cursor, Exact, FenInt, IdParam, IdText, Nullable, Ok, Page, PageSize, PriceFen, Text } from './fields.js';
import { route } from './route.js';
import { PayParams } from './sales.js';

const List = { cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) };
const Pin = Type.String({ pattern: '^\\d{6}$' });

/** What a consumer owns: wallet, points, level, and the codes shown in a store (product.md A3–A5). */
export const mallAssetRoutes = {
  wallet: route('mall.wallet', 'consumer', 'GET /api/m/wallet', 'My wallet and its lots', { response: MyWallet }),
  walletEntries: route('mall.walletEntries', 'consumer', 'GET /api/m/wallet/entries', "My wallet's full ledger", {
    query: Exact(List),
    response: Page(AssetEntry),
  }),
  topUpTiers: route('mall.topUpTiers', 'consumer', 'GET /api/m/wallet/tiers', 'What I may top up and what it adds', {
    query: Exact({ storeId: Type.Optional(IdText) }),
    response: Type.Object({
      items: Type.Array(TopUpTier),
      customMinFen: FenInt,
      customMaxFen: FenInt,
      capText: Type.String(),
      agreement: Type.Object({ version: Type.Integer(), text: Type.String() }),
      law: LawText,
    }),
  }),
  topUp: route(
    'mall.topUp',
    'consumer',
    'POST /api/m/wallet/top-ups',
    'Top up by a tier, or by an amount of my own without a bonus; the promise is frozen now',
    {
      body: Exact({
        storeId: IdText,
        tierId: Type.Optional(IdText),
        amountFen: Type.Optional(PriceFen),
        agreementVersion: Type.Integer({ minimum: 1 }),
        guideCode: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z]{4,16}$' })),
      }),
      response: TopUpView,
    },
    { idempotent: true },
  ),
  topUps: route('mall.topUps', 'consumer', 'GET /api/m/wallet/top-ups', 'My top-ups', {
    query: Exact(List),
    response: Page(TopUpView),
  }),
  topUpOne: route('mall.topUpOne', 'consumer', 'GET /api/m/wallet/top-ups/{id}', 'One of my top-ups', {
    params: IdParam,
    response: TopUpView,
  }),
  payTopUp: route(
    'mall.payTopUp',
    'consumer',
    'POST /api/m/wallet/top-ups/{id}/pay',
    'Parameters for wx.requestPayment',
    { params: IdParam, response: PayParams },
  ),
  checkTopUp: route(
    'mall.checkTopUp',
    'consumer',
    'POST /api/m/wallet/top-ups/{id}/check-payment',
    'Ask WeChat Pay for the truth now',
    { params: IdParam, response: TopUpView },
  ),
  balanceRefundPreview: route(
    'mall.balanceRefundPreview',
    'consumer',
    'GET /api/m/wallet/refund-preview',
    'What I get back when I give up my balance, computed per top-up',
    { response: BalanceRefundPreview },
  ),
  requestBalanceRefund: route(
    'mall.requestBalanceRefund',
    'consumer',
    'POST /api/m/wallet/refunds',
    'Give up my balance; refused with the difference when it is no longer the expected amount',
    {
      body: Exact({ expectedFen: FenInt, reason: Type.Optional(Text(80)) }),
      response: Type.Object({ items: Type.Array(WalletRefundView) }),
    },
    { idempotent: true },
  ),
  walletRefunds: route('mall.walletRefunds', 'consumer', 'GET /api/m/wallet/refunds', 'Refunds of my balance', {
    query: Exact(List),
    response: Page(WalletRefundView),
  }),
  setWalletPin: route('mall.setWalletPin', 'consumer', 'PUT /api/m/wallet/pin', 'Set or change my six-digit PIN', {
    body: Exact({ pin: Pin, oldPin: Type.Optional(Pin) }),
    response: Ok,
  }),
  resetWalletPin: route(
    'mall.resetWalletPin',
    'consumer',
    'POST /api/m/wallet/pin/reset',
    'Set a new PIN instead of a forgotten one, with fresh codes of wx.login and of the phone button as proof',
    { body: Exact({ pin: Pin, loginCode: Text(256, 1), phoneCode: Text(256, 1) }), response: Ok },
  ),
  payCode: route('mall.payCode', 'consumer', 'POST /api/m/pay-code', 'A fresh pay code for the store: a minute, once', {
    response: DynamicCode,
  }),
  memberCode: route('mall.memberCode', 'consumer', 'POST /api/m/member-code', 'A fresh code that only says who I am', {
    response: DynamicCode,
  }),
  payCodeState: route(
    'mall.payCodeState',
    'consumer',
    'GET /api/m/pay-code/{code}',
    'What became of the code that I show: the payment that waits for my confirmation or is done',
    {
      params: Exact({ code: Type.String({ pattern: '^\\d{18}$' }) }),
      response: Type.Object({ isUsed: Type.Boolean(), isExpired: Type.Boolean(), payment: Nullable(InStorePayment) }),
    },
  ),
  confirmInStore: route(
    'mall.confirmInStore',
    'consumer',
    'POST /api/m/in-store-payments/{id}/confirm',
    'Confirm the amount with my PIN',
    { params: IdParam, body: Exact({ pin: Pin, amountFen: PriceFen }), response: InStorePayment },
  ),
  refuseInStore: route(
    'mall.refuseInStore',
    'consumer',
    'POST /api/m/in-store-payments/{id}/refuse',
    'Refuse the amount; what was held is free again',
    { params: IdParam, response: InStorePayment },
  ),
  points: route('mall.points', 'consumer', 'GET /api/m/points', 'My points: usable, pending, expiring soon', {
    response: MyPoints,
  }),
  pointsEntries: route('mall.pointsEntries', 'consumer', 'GET /api/m/points/entries', "My points' full ledger", {
    query: Exact(List),
    response: Page(AssetEntry),
  }),
  pointsMall: route('mall.pointsMall', 'consumer', 'GET /api/m/points-mall', 'What points can be exchanged for', {
    query: Exact(List),
    response: Page(PointsGood),
  }),
  pointsGood: route('mall.pointsGood', 'consumer', 'GET /api/m/points-mall/{id}', 'One good of the points mall', {
    params: IdParam,
    response: PointsGood,
  }),
  redeemPoints: route(
    'mall.redeemPoints',
    'consumer',
    'POST /api/m/points-mall/{id}/redeem',
    'Exchange points; refused when they are no longer the expected ones; goods are picked up in the chosen store with a code',
    {
      params: IdParam,
      body: Exact({
        qty: Type.Integer({ minimum: 1, maximum: 99 }),
        storeId: Type.Optional(IdText),
        expectedPoints: Type.Optional(
          Type.Integer({ minimum: 0, description: 'What all pieces together cost when the consumer looked' }),
        ),
      }),
      response: PointsExchange,
    },
    { idempotent: true },
  ),
  pointsExchanges: route('mall.pointsExchanges', 'consumer', 'GET /api/m/points-exchanges', 'My exchanges', {
    query: Exact(List),
    response: Page(PointsExchange),
  }),
  pointsExchange: route('mall.pointsExchange', 'consumer', 'GET /api/m/points-exchanges/{id}', 'One of my exchanges', {
    params: IdParam,
    response: PointsExchange,
  }),
  level: route('mall.level', 'consumer', 'GET /api/m/level', 'My level, its period and benefits, and all levels', {
    response: MyLevel,
  }),
  growthEntries: route('mall.growthEntries', 'consumer', 'GET /api/m/level/entries', "My growth's full ledger", {
    query: Exact(List),
    response: Page(AssetEntry),
  }),
} as const;
