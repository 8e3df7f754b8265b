import { Type } from '@sinclair/typebox';
import { Exact, IdText, Nullable, OneOf, Text } from './fields.js';
import { route } from './route.js';

/** Stock from points of sale and ERP: full counts and changes, numbered without gaps per store and source. */
export const posStockRoutes = {
  pushStock: route(
    'pos.pushStock',
    'pos',
    'POST /api/pos/stock',
    'A full count or changes of a store’s stock; repeated and older numbers are no-ops, a gap is answered and waits for a count',
    {
      body: Exact({
        storeCode: Text(20, 1),
        sequence: Type.Integer({ minimum: 1, maximum: 9_000_000_000_000 }),
        kind: OneOf(['SNAPSHOT', 'DELTA']),
        rows: Type.Array(
          Exact({ skuCode: Text(40, 1), qty: Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 }) }),
          { minItems: 1, maxItems: 2000 },
        ),
      }),
      response: Type.Object({
        result: OneOf(['APPLIED', 'REPEATED', 'GAP']),
        storeId: IdText,
        expected: Nullable(Type.Integer({ description: 'with GAP: the number that is missing' })),
        applied: Type.Integer(),
        unknownSkus: Type.Array(Type.String()),
        driftPieces: Type.Integer(),
      }),
    },
  ),
} as const;
