import { Type } from '@sinclair/typebox';
import {
  AFTER_SALE_STATES,
  AfterSaleDetail,
  AfterSaleInput,
  AfterSaleOptions,
  AfterSalePreview,
  AfterSaleSummary,
  AfterSaleWish,
  PictureInput,
  PictureView,
} from './after-sale.js';
import { Cursor, Exact, IdParam, IdText, Nullable, OneOf, Page, PageSize, Text } from './fields.js';
import { StoreCard } from './organization.js';
import { route } from './route.js';
import { ShipInput } from './sales.js';

/** After-sale cases of one's own orders (product.md M6). */
export const mallAfterSaleRoutes = {
  uploadPicture: route(
    'mall.uploadPicture',
    'consumer',
    'POST /api/m/pictures',
    'Keep a picture (JPEG, PNG or WebP up to 1.4 MB) for a review or a case, whose id is named afterwards, or of myself',
    { body: PictureInput, response: PictureView },
  ),
  myAvatar: route('mall.myAvatar', 'consumer', 'GET /api/m/my-avatar', 'My newest picture of myself and its check', {
    response: Type.Object({ newest: Nullable(PictureView) }),
  }),
  afterSaleOptions: route(
    'mall.afterSaleOptions',
    'consumer',
    'GET /api/m/orders/{id}/after-sale-options',
    'What may be asked for which pieces of an order, and until when',
    { params: IdParam, response: AfterSaleOptions },
  ),
  returnStores: route(
    'mall.returnStores',
    'consumer',
    'GET /api/m/orders/{id}/return-stores',
    'Stores where the goods may be handed in',
    { params: IdParam, response: Type.Object({ items: Type.Array(StoreCard) }) },
  ),
  previewAfterSale: route(
    'mall.previewAfterSale',
    'consumer',
    'POST /api/m/orders/{id}/after-sales/preview',
    'Every consequence before asking: money, wallet, points, coupon, gifts, guide, split',
    { params: IdParam, body: AfterSaleWish, response: AfterSalePreview },
  ),
  requestAfterSale: route(
    'mall.requestAfterSale',
    'consumer',
    'POST /api/m/orders/{id}/after-sales',
    'Ask; refused when the refund is no longer the expected one',
    { params: IdParam, body: AfterSaleInput, response: AfterSaleDetail },
    { idempotent: true },
  ),
  afterSales: route('mall.afterSales', 'consumer', 'GET /api/m/after-sales', 'My cases, newest first', {
    query: Exact({
      orderId: Type.Optional(IdText),
      state: Type.Optional(OneOf(AFTER_SALE_STATES)),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(AfterSaleSummary),
  }),
  afterSale: route('mall.afterSale', 'consumer', 'GET /api/m/after-sales/{id}', 'One of my cases', {
    params: IdParam,
    response: AfterSaleDetail,
  }),
  cancelAfterSale: route('mall.cancelAfterSale', 'consumer', 'POST /api/m/after-sales/{id}/cancel', 'Withdraw a case', {
    params: IdParam,
    response: AfterSaleDetail,
  }),
  sendBack: route(
    'mall.sendBack',
    'consumer',
    'POST /api/m/after-sales/{id}/send-back',
    'The goods are on their way back: carrier and number',
    { params: IdParam, body: ShipInput, response: AfterSaleDetail },
  ),
  confirmResent: route(
    'mall.confirmResent',
    'consumer',
    'POST /api/m/after-sales/{id}/confirm-resent',
    'The replacement has arrived',
    { params: IdParam, response: AfterSaleDetail },
  ),
  messageAfterSale: route(
    'mall.messageAfterSale',
    'consumer',
    'POST /api/m/after-sales/{id}/messages',
    'Write to the merchant about a case',
    {
      params: IdParam,
      body: Exact({ text: Text(300, 1), pictureIds: Type.Optional(Type.Array(IdText, { maxItems: 9 })) }),
      response: AfterSaleDetail,
    },
  ),
} as const;
