import { Type } from '@sinclair/typebox';
import {
  AFTER_SALE_KINDS,
  AFTER_SALE_STATES,
  AfterSaleDeskDetail,
  AfterSaleDeskRow,
  AfterSaleRules,
  AsksEvidence,
} from './after-sale.js';
import { Cursor, Exact, IdParam, IdText, OneOf, Page, PageSize, Text } from './fields.js';
import { route } from './route.js';
import { ShipInput } from './sales.js';

/** After-sale cases at the desk; franchisees see the cases of their own stores. */
export const consoleAfterSaleRoutes = {
  afterSales: route('console.afterSales', 'console', 'GET /api/c/after-sales', 'Cases in my scope', {
    query: Exact({
      q: Type.Optional(Text(40)),
      state: Type.Optional(OneOf(AFTER_SALE_STATES)),
      kind: Type.Optional(OneOf(AFTER_SALE_KINDS)),
      storeId: Type.Optional(IdText),
      orderId: Type.Optional(IdText),
      overdueOnly: Type.Optional(Type.Boolean()),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(AfterSaleDeskRow),
  }),
  afterSale: route('console.afterSale', 'console', 'GET /api/c/after-sales/{id}', 'One case', {
    params: IdParam,
    response: AfterSaleDeskDetail,
  }),
  approveAfterSale: route('console.approveAfterSale', 'console', 'POST /api/c/after-sales/{id}/approve', 'Agree', {
    params: IdParam,
    body: Exact({ text: Type.Optional(Text(300)), isMerchantFault: Type.Optional(Type.Boolean()) }),
    response: AfterSaleDeskDetail,
  }),
  refuseAfterSale: route(
    'console.refuseAfterSale',
    'console',
    'POST /api/c/after-sales/{id}/refuse',
    'Refuse with a reason that the consumer reads; also goods that were received and are not as agreed',
    { params: IdParam, body: Exact({ text: Text(300, 4) }), response: AfterSaleDeskDetail },
  ),
  receiveAfterSale: route(
    'console.receiveAfterSale',
    'console',
    'POST /api/c/after-sales/{id}/receive',
    'The goods are back and checked',
    { params: IdParam, body: Exact({ text: Type.Optional(Text(300)) }), response: AfterSaleDeskDetail },
  ),
  resendAfterSale: route(
    'console.resendAfterSale',
    'console',
    'POST /api/c/after-sales/{id}/resend',
    'The replacement has left',
    { params: IdParam, body: ShipInput, response: AfterSaleDeskDetail },
  ),
  retryAfterSaleRefund: route(
    'console.retryAfterSaleRefund',
    'console',
    'POST /api/c/after-sales/{id}/retry-refund',
    'Try a failed refund again under a new number',
    { params: IdParam, response: AfterSaleDeskDetail },
  ),
  messageAfterSale: route(
    'console.messageAfterSale',
    'console',
    'POST /api/c/after-sales/{id}/messages',
    'Write to the consumer about a case',
    { params: IdParam, body: Exact({ text: Text(300, 1), asksEvidence: AsksEvidence }), response: AfterSaleDeskDetail },
  ),
  afterSaleRules: route('console.afterSaleRules', 'hq', 'GET /api/c/after-sale-rules', 'Switches and deadlines', {
    response: AfterSaleRules,
  }),
  setAfterSaleRules: route('console.setAfterSaleRules', 'hq', 'PUT /api/c/after-sale-rules', 'Change them', {
    body: AfterSaleRules,
    response: AfterSaleRules,
  }),
} as const;
