import { Type } from '@sinclair/typebox';
import { Category, PRODUCT_SORTS, ProductCard, ProductDetail } from './catalog.js';
import {
  Cursor,
  Exact,
  FenInt,
  IdParam,
  IdText,
  Latitude,
  Longitude,
  Nullable,
  Ok,
  OneOf,
  Page,
  PageSize,
  Quantity,
  Text,
} from './fields.js';
import { MemberProfile, MyHome } from './member.js';
import { BrandInfo, GuideCard, StoreCard, StoreResolution } from './organization.js';
import { CheckoutActivity } from './promotion.js';
import { route } from './route.js';
import { mallAfterSaleRoutes } from './routes-mall-after-sales.js';
import { mallAssetRoutes } from './routes-mall-assets.js';
import { mallCouponRoutes } from './routes-mall-coupons.js';
import { myDataRoutes } from './routes-mall-my-data.js';
import { mallNoticeRoutes } from './routes-mall-notices.js';
import { mallPromotionRoutes } from './routes-mall-promotions.js';
import { mallReviewRoutes } from './routes-mall-reviews.js';
import { mallStoreRoutes } from './routes-mall-store.js';
import {
  Address,
  AddressInput,
  Cart,
  CHANNELS,
  CheckoutPreview,
  CheckoutWish,
  DeliveryWish,
  FULFIL_TYPES,
  OrderDetail,
  OrderSummary,
  PayParams,
  RefundInfo,
  RefundInput,
  ScannedItem,
  SubmittedOrder,
  WantedLine,
} from './sales.js';

const Position = { latitude: Type.Optional(Latitude), longitude: Type.Optional(Longitude) };
const GuideCode = Type.String({ pattern: '^[0-9A-Za-z]{4,16}$' });

/** The consumer's end: the mini-program's routes. Browsing works for guests; owning anything needs a login. */
export const mallRoutes = {
  ...mallStoreRoutes,
  login: route(
    'mall.login',
    'public',
    'POST /api/m/login',
    'Log in with the code of wx.login; makes the member on first sight',
    {
      body: Exact({
        code: Text(256, 1),
        nickname: Type.Optional(Text(40)),
        avatarUrl: Type.Optional(Text(300)),
        guideCode: Type.Optional(GuideCode),
      }),
      response: Type.Object({ token: Type.String(), isNew: Type.Boolean(), profile: MemberProfile }),
    },
  ),
  phone: route(
    'mall.phone',
    'consumer',
    'POST /api/m/phone',
    'Verify the phone number with the code of getPhoneNumber',
    {
      body: Exact({ code: Text(256, 1) }),
      response: MemberProfile,
    },
  ),
  me: route('mall.me', 'consumer', 'GET /api/m/me', 'My card, my guide, my order counts', { response: MyHome }),
  updateMe: route('mall.updateMe', 'consumer', 'PUT /api/m/me', 'Change my nickname or avatar', {
    body: Exact({ nickname: Type.Optional(Text(20, 1)), avatarUrl: Type.Optional(Text(300, 1)) }),
    response: MemberProfile,
  }),
  brand: route('mall.brand', 'public', 'GET /api/m/brand', 'Brand name, logo and theme', { response: BrandInfo }),
  enter: route('mall.enter', 'public', 'GET /api/m/enter', 'Resolve one store and say why (M2)', {
    query: Exact({
      storeId: Type.Optional(IdText),
      scene: Type.Optional(Text(64)),
      guideCode: Type.Optional(GuideCode),
      ...Position,
      isFuzzy: Type.Optional(Type.Boolean()),
      accuracyM: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000, description: 'radius of uncertainty' })),
      mall: Type.Optional(OneOf(['BRAND', 'STORE'])),
    }),
    response: Type.Object({ resolution: StoreResolution, guide: Nullable(GuideCard) }),
  }),
  stores: route('mall.stores', 'public', 'GET /api/m/stores', 'Stores near a position or in a city', {
    query: Exact({
      ...Position,
      city: Type.Optional(Text(30)),
      q: Type.Optional(Text(30)),
      limit: Type.Optional(PageSize),
    }),
    response: Type.Object({
      items: Type.Array(StoreCard),
      cities: Type.Array(Type.Object({ name: Type.String(), count: Type.Integer() })),
    }),
  }),
  chooseStore: route(
    'mall.chooseStore',
    'consumer',
    'POST /api/m/stores/{id}/choose',
    'Remember the store the consumer chose',
    { params: IdParam, response: StoreCard },
  ),
  home: route('mall.home', 'public', 'GET /api/m/home', "A store's home page", {
    query: Exact({ storeId: IdText }),
    response: Type.Object({
      store: StoreCard,
      banners: Type.Array(
        Type.Object({
          imageUrl: Type.String(),
          title: Type.String(),
          subtitle: Type.String(),
          productId: Nullable(IdText),
        }),
      ),
      categories: Type.Array(Category),
      newArrivals: Type.Array(ProductCard),
      recommended: Type.Array(ProductCard),
    }),
  }),
  categories: route('mall.categories', 'public', 'GET /api/m/categories', 'Categories with what this store lists', {
    query: Exact({ storeId: IdText }),
    response: Type.Array(Category),
  }),
  products: route('mall.products', 'public', 'GET /api/m/products', "A page of a store's products (24 by default)", {
    query: Exact({
      storeId: IdText,
      categoryId: Type.Optional(IdText),
      q: Type.Optional(Text(40)),
      sort: Type.Optional(OneOf(PRODUCT_SORTS)),
      inStockOnly: Type.Optional(Type.Boolean()),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(ProductCard),
  }),
  product: route(
    'mall.product',
    'public',
    'GET /api/m/products/{id}',
    'Product detail with this store’s price and stock',
    {
      params: IdParam,
      query: Exact({ storeId: IdText }),
      response: ProductDetail,
    },
  ),
  looks: route(
    'mall.looks',
    'public',
    'GET /api/m/products/{id}/looks',
    'What the brand wears this product with, of what this store has now',
    {
      params: IdParam,
      query: Exact({ storeId: IdText }),
      response: Type.Object({ items: Type.Array(ProductCard) }),
    },
  ),
  track: route('mall.track', 'public', 'POST /api/m/events', 'Browse events in batches; a repeated key counts once', {
    body: Exact({
      anonymousId: Text(64, 8),
      events: Type.Array(
        Exact({
          key: Text(64, 8),
          type: OneOf(['VIEW', 'ADD_CART', 'SHARE_OPEN', 'SEARCH']),
          productId: Type.Optional(IdText),
          storeId: Type.Optional(IdText),
          guideCode: Type.Optional(GuideCode),
          sendId: Type.Optional(IdText),
          text: Type.Optional(Text(60)),
          dwellMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 3_600_000 })),
          agoMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400_000 })),
        }),
        { minItems: 1, maxItems: 50 },
      ),
    }),
    response: Type.Object({ accepted: Type.Integer() }),
  }),
  guideCard: route('mall.guideCard', 'public', 'GET /api/m/guide-card', "A guide's card from its scene or code", {
    query: Exact({ scene: Type.Optional(Text(64)), code: Type.Optional(GuideCode) }),
    response: GuideCard,
  }),
  cart: route('mall.cart', 'consumer', 'GET /api/m/cart', 'My cart as this store prices it', {
    query: Exact({ storeId: IdText }),
    response: Cart,
  }),
  addToCart: route('mall.addToCart', 'consumer', 'POST /api/m/cart/lines', 'Put pieces into the cart', {
    body: Exact({ storeId: IdText, skuId: IdText, qty: Quantity }),
    response: Cart,
  }),
  setCartLine: route(
    'mall.setCartLine',
    'consumer',
    'PUT /api/m/cart/lines/{id}',
    'Set quantity (0 removes) or selection of a SKU',
    {
      params: IdParam,
      body: Exact({
        storeId: IdText,
        qty: Type.Optional(Type.Integer({ minimum: 0, maximum: 999 })),
        isSelected: Type.Optional(Type.Boolean()),
      }),
      response: Cart,
    },
  ),
  addresses: route('mall.addresses', 'consumer', 'GET /api/m/addresses', 'My addresses', {
    response: Type.Array(Address),
  }),
  addAddress: route('mall.addAddress', 'consumer', 'POST /api/m/addresses', 'Add an address', {
    body: AddressInput,
    response: Address,
  }),
  updateAddress: route('mall.updateAddress', 'consumer', 'PUT /api/m/addresses/{id}', 'Change an address', {
    params: IdParam,
    body: AddressInput,
    response: Address,
  }),
  deleteAddress: route('mall.deleteAddress', 'consumer', 'DELETE /api/m/addresses/{id}', 'Remove an address', {
    params: IdParam,
    response: Ok,
  }),
  preview: route(
    'mall.preview',
    'consumer',
    'POST /api/m/checkout/preview',
    'Price the wanted lines, explained line by line',
    {
      body: Exact({
        storeId: IdText,
        lines: Type.Array(WantedLine, { minItems: 1, maxItems: 50 }),
        fulfil: OneOf(FULFIL_TYPES),
        addressId: Type.Optional(IdText),
        ...CheckoutWish,
        /** The order of a group, a bargain or a presale. */
        activity: Type.Optional(CheckoutActivity),
        /** Also say which coupons, points and wallet money could be used. */
        withOffers: Type.Optional(Type.Boolean()),
        /** For a local delivery. */
        delivery: Type.Optional(DeliveryWish),
        /** The consumer does not want the presents. */
        noGifts: Type.Optional(Type.Boolean()),
      }),
      response: CheckoutPreview,
    },
  ),
  submitOrder: route(
    'mall.submitOrder',
    'consumer',
    'POST /api/m/orders',
    'Submit an order; refused with the difference when the price is no longer the expected one',
    {
      body: Exact({
        storeId: IdText,
        lines: Type.Array(WantedLine, { minItems: 1, maxItems: 50 }),
        fulfil: OneOf(FULFIL_TYPES),
        addressId: Type.Optional(IdText),
        expectedTotalFen: FenInt,
        ...CheckoutWish,
        /** The order of a group, a bargain or a presale. */
        activity: Type.Optional(CheckoutActivity),
        /** What the consumer saw as left for WeChat Pay, where points or the wallet pay too. */
        expectedCashFen: Type.Optional(FenInt),
        /** For a local delivery, with its slot. */
        delivery: Type.Optional(DeliveryWish),
        noGifts: Type.Optional(Type.Boolean()),
        /** Bought out of the cart, which loses these pieces then; what is bought at once leaves the cart alone. */
        fromCart: Type.Optional(Type.Boolean()),
        /** Needed when the wallet pays more than its limit. */
        walletPin: Type.Optional(Type.String({ pattern: '^\\d{6}$' })),
        guideCode: Type.Optional(GuideCode),
        sendId: Type.Optional(IdText),
        remark: Type.Optional(Text(100)),
        /** Begins to pay at once, which saves a way there and back; without an answer from WeChat Pay, `pay` tries again. */
        startPayment: Type.Optional(Type.Boolean()),
      }),
      response: SubmittedOrder,
    },
    { idempotent: true },
  ),
  scanItem: route(
    'mall.scanItem',
    'consumer',
    'GET /api/m/stores/{id}/scan/{code}',
    'The piece behind a code on its tag, in the store where I stand',
    {
      params: Exact({ id: IdText, code: Type.String({ minLength: 1, maxLength: 40, pattern: '^[0-9A-Za-z._-]+$' }) }),
      response: ScannedItem,
    },
  ),
  orders: route('mall.orders', 'consumer', 'GET /api/m/orders', 'My orders of all channels', {
    query: Exact({
      tab: Type.Optional(OneOf(['ALL', 'PENDING_PAY', 'TO_SHIP', 'TO_RECEIVE', 'TO_PICKUP', 'DONE'])),
      channel: Type.Optional(OneOf(CHANNELS)),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(OrderSummary),
  }),
  order: route('mall.order', 'consumer', 'GET /api/m/orders/{id}', 'One of my orders', {
    params: IdParam,
    response: OrderDetail,
  }),
  pay: route('mall.pay', 'consumer', 'POST /api/m/orders/{id}/pay', 'Parameters for wx.requestPayment', {
    params: IdParam,
    response: PayParams,
  }),
  checkPayment: route(
    'mall.checkPayment',
    'consumer',
    'POST /api/m/orders/{id}/check-payment',
    'Ask WeChat Pay for the truth now (the client’s answer is only a hint)',
    { params: IdParam, response: OrderDetail },
  ),
  cancelOrder: route('mall.cancelOrder', 'consumer', 'POST /api/m/orders/{id}/cancel', 'Cancel an unpaid order', {
    params: IdParam,
    response: OrderDetail,
  }),
  confirmReceipt: route('mall.confirmReceipt', 'consumer', 'POST /api/m/orders/{id}/receive', 'Confirm receipt', {
    params: IdParam,
    response: OrderDetail,
  }),
  requestRefund: route(
    'mall.requestRefund',
    'consumer',
    'POST /api/m/orders/{id}/refund',
    'Refund the whole order or some pieces',
    { params: IdParam, body: RefundInput, response: RefundInfo },
    { idempotent: true },
  ),
  ...mallCouponRoutes,
  ...mallAfterSaleRoutes,
  ...mallReviewRoutes,
  ...myDataRoutes,
  ...mallPromotionRoutes,
  ...mallAssetRoutes,
  ...mallNoticeRoutes,
} as const;
