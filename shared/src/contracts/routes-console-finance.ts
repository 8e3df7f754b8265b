import { Type } from '@sinclair/typebox';
import { BillDayView, BillDifference, BillDifferenceDetail, DIFFERENCE_CLASSES, DIFFERENCE_STATES } from './bill.js';
import { Cursor, Day, Exact, IdParam, IdText, OneOf, Page, PageSize, Text } from './fields.js';
import { route } from './route.js';
import { StatementDetail } from './settlement.js';

const StatementParam = Exact({ franchiseeId: IdText, day: Day });

/** Where bills and books differ (S5), and a statement's life after it is published (S6). */
export const consoleFinanceRoutes = {
  billDifferences: route(
    'console.billDifferences',
    'console',
    'GET /api/c/bill-differences',
    "Where the channel's bills and our books differ; a franchisee sees those of its stores' orders",
    {
      query: Exact({
        status: Type.Optional(OneOf(DIFFERENCE_STATES)),
        class: Type.Optional(OneOf(DIFFERENCE_CLASSES)),
        storeId: Type.Optional(IdText),
        isMine: Type.Optional(Type.Boolean()),
        from: Type.Optional(Day),
        to: Type.Optional(Day),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(PageSize),
      }),
      response: Page(BillDifference),
    },
  ),
  billDifference: route(
    'console.billDifference',
    'console',
    'GET /api/c/bill-differences/{id}',
    'One difference with both sides and who did what about it',
    { params: IdParam, response: BillDifferenceDetail },
  ),
  assignBillDifference: route(
    'console.assignBillDifference',
    'hq',
    'POST /api/c/bill-differences/{id}/assign',
    'Give an open difference to a person of headquarters',
    { params: IdParam, body: Exact({ userId: IdText }), response: BillDifferenceDetail },
  ),
  closeBillDifference: route(
    'console.closeBillDifference',
    'hq',
    'POST /api/c/bill-differences/{id}/close',
    'Close a difference with what was found out; no posting changes',
    { params: IdParam, body: Exact({ note: Text(200, 4) }), response: BillDifferenceDetail },
  ),
  billDays: route('console.billDays', 'hq', 'GET /api/c/bill-days', 'The bills of the last two weeks', {
    response: Type.Array(BillDayView),
  }),
  confirmStatement: route(
    'console.confirmStatement',
    'franchisee',
    'POST /api/c/statements/{franchiseeId}/{day}/confirm',
    'The franchisee agrees with a published or disputed statement',
    { params: StatementParam, response: StatementDetail },
  ),
  disputeStatement: route(
    'console.disputeStatement',
    'franchisee',
    'POST /api/c/statements/{franchiseeId}/{day}/dispute',
    'The franchisee does not agree with a published statement and says why',
    { params: StatementParam, body: Exact({ note: Text(200, 4) }), response: StatementDetail },
  ),
  answerStatement: route(
    'console.answerStatement',
    'hq',
    'POST /api/c/statements/{franchiseeId}/{day}/answer',
    'Headquarters answers a dispute; the franchisee confirms when it agrees',
    { params: StatementParam, body: Exact({ note: Text(200, 2) }), response: StatementDetail },
  ),
} as const;
