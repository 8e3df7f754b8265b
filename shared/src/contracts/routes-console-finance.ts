import { Type } from '@sinclair/typebox';
import { BillDayView, BillDifference, BillDifferenceDetail, DIFFERENCE_CLASSES, DIFFERENCE_STATES } from './bill.js';
import { Cursor, Day, Exact, IdParam, IdText, OneOf, Page, PageSize, Text } from './fields.js';
import { Payable, PayableDay, PayoutView } from './payout.js';
import { route } from './route.js';
import { StatementDetail } from './settlement.js';

const StatementParam = Exact({ franchiseeId: IdText, day: Day });
const LineRef = Exact({ storeId: IdText, seq: Type.Integer({ minimum: 1, maximum: 2 ** 51 }) });

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
  withdrawStatement: route(
    'console.withdrawStatement',
    'franchisee',
    'POST /api/c/statements/{franchiseeId}/{day}/withdraw',
    'The franchisee takes its confirmation back while the statement is not locked',
    { params: StatementParam, response: StatementDetail },
  ),
  disputeStatement: route(
    'console.disputeStatement',
    'franchisee',
    'POST /api/c/statements/{franchiseeId}/{day}/dispute',
    'The franchisee does not agree with some lines and says why; without lines it means the whole day',
    {
      params: StatementParam,
      body: Exact({
        note: Text(200, 4),
        lines: Type.Optional(Type.Array(LineRef, { minItems: 1, maxItems: 200, uniqueItems: true })),
      }),
      response: StatementDetail,
    },
  ),
  answerStatement: route(
    'console.answerStatement',
    'hq',
    'POST /api/c/statements/{franchiseeId}/{day}/answer',
    'Headquarters answers a disputed line, or all that wait for an answer; the franchisee confirms when it agrees',
    {
      params: StatementParam,
      body: Exact({ note: Text(200, 2), line: Type.Optional(LineRef) }),
      response: StatementDetail,
    },
  ),
  payables: route(
    'console.payables',
    'console',
    'GET /api/c/payables',
    'What the brand owes franchisees outside the channel, by franchisee; a franchisee sees its own',
    { query: Exact({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }), response: Page(Payable) },
  ),
  payableDays: route(
    'console.payableDays',
    'console',
    'GET /api/c/payables/{franchiseeId}',
    "The days of which a franchisee's money is still to be paid, oldest first",
    { params: Exact({ franchiseeId: IdText }), response: Type.Array(PayableDay) },
  ),
  payouts: route(
    'console.payouts',
    'console',
    'GET /api/c/payouts',
    'What was paid to franchisees outside the channel, newest first',
    {
      query: Exact({
        franchiseeId: Type.Optional(IdText),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(PageSize),
      }),
      response: Page(PayoutView),
    },
  ),
  recordPayout: route(
    'console.recordPayout',
    'hq',
    'POST /api/c/payouts',
    'Record one bank transfer that pays whole days; refused when the amount is not exactly what they still cost',
    {
      body: Exact({
        franchiseeId: IdText,
        days: Type.Array(Day, { minItems: 1, maxItems: 400, uniqueItems: true }),
        amountFen: Type.Integer({ minimum: 1, maximum: 2 ** 51 }),
        paidOn: Day,
        reference: Text(64, 4),
        note: Type.Optional(Text(200)),
      }),
      response: PayoutView,
    },
  ),
  cancelPayout: route(
    'console.cancelPayout',
    'hq',
    'POST /api/c/payouts/{id}/cancel',
    'Take back a payout that was recorded by mistake: its days wait to be paid again',
    { params: IdParam, body: Exact({ reason: Text(200, 4) }), response: PayoutView },
  ),
} as const;
