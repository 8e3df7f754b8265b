import { Type } from '@sinclair/typebox';
import { AFTER_SALE_STATES, AfterSaleDeskDetail, AfterSaleDeskRow, AsksEvidence } from './after-sale.js';
import { Cursor, Exact, IdParam, OneOf, Page, PageSize, Text } from './fields.js';
import { route } from './route.js';
import { ShipInput } from './sales.js';

const ReturnCode = Exact({ code: Type.String({ pattern: '^[0-9A-Z]{8,12}$' }) });

/** After-sale at the counter: cases of the own store, and goods handed in here for any store of the brand. */
export const guideAfterSaleRoutes = {
  afterSales: route('guide.afterSales', 'guide', 'GET /api/g/after-sales', "My store's cases", {
    query: Exact({
      state: Type.Optional(OneOf(AFTER_SALE_STATES)),
      waitingOnly: Type.Optional(Type.Boolean({ description: 'only those in which the store has the next step' })),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(AfterSaleDeskRow),
  }),
  afterSale: route('guide.afterSale', 'guide', 'GET /api/g/after-sales/{id}', 'One case of my store', {
    params: IdParam,
    response: AfterSaleDeskDetail,
  }),
  approveAfterSale: route(
    'guide.approveAfterSale',
    'guide',
    'POST /api/g/after-sales/{id}/approve',
    'Agree (manager)',
    { params: IdParam, body: Exact({ text: Type.Optional(Text(300)) }), response: AfterSaleDeskDetail },
    { managerOnly: true },
  ),
  refuseAfterSale: route(
    'guide.refuseAfterSale',
    'guide',
    'POST /api/g/after-sales/{id}/refuse',
    'Refuse with a reason (manager)',
    { params: IdParam, body: Exact({ text: Text(300, 4) }), response: AfterSaleDeskDetail },
    { managerOnly: true },
  ),
  messageAfterSale: route(
    'guide.messageAfterSale',
    'guide',
    'POST /api/g/after-sales/{id}/messages',
    'Say or ask the consumer something, such as for another picture',
    { params: IdParam, body: Exact({ text: Text(300, 2), asksEvidence: AsksEvidence }), response: AfterSaleDeskDetail },
  ),
  receiveAfterSale: route(
    'guide.receiveAfterSale',
    'guide',
    'POST /api/g/after-sales/{id}/receive',
    'A parcel that was sent back is here and checked',
    { params: IdParam, body: Exact({ text: Type.Optional(Text(300)) }), response: AfterSaleDeskDetail },
  ),
  resendAfterSale: route(
    'guide.resendAfterSale',
    'guide',
    'POST /api/g/after-sales/{id}/resend',
    'The replacement has left my store',
    { params: IdParam, body: ShipInput, response: AfterSaleDeskDetail },
  ),
  lookUpReturn: route('guide.lookUpReturn', 'guide', 'GET /api/g/returns/{code}', 'What is handed in with this code', {
    params: ReturnCode,
    response: AfterSaleDeskDetail,
  }),
  receiveReturn: route(
    'guide.receiveReturn',
    'guide',
    'POST /api/g/returns/{code}/receive',
    'The goods are here and checked; a return of another store makes a clearing entry',
    { params: ReturnCode, body: Exact({ text: Type.Optional(Text(300)) }), response: AfterSaleDeskDetail },
  ),
} as const;
