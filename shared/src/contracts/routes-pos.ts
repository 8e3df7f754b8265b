import { Type } from '@sinclair/typebox';
import { Exact, IdText, Instant, PriceFen, Text } from './fields.js';
import { route } from './route.js';
import { posStockRoutes } from './routes-pos-stock.js';
import { posTillRoutes } from './routes-pos-till.js';

/** Point-of-sale systems of stores, authenticated by an API key per connector. */
export const posRoutes = {
  ...posStockRoutes,
  ...posTillRoutes,
  pushOrders: route(
    'pos.pushOrders',
    'pos',
    'POST /api/pos/orders',
    'Offline sales and returns; a repeated external number is a no-op',
    {
      body: Exact({
        orders: Type.Array(
          Exact({
            externalNo: Type.String({ pattern: '^\\S+$', maxLength: 40 }),
            kind: Type.Union([Type.Literal('SALE'), Type.Literal('RETURN')]),
            storeCode: Text(20, 1),
            ofExternalNo: Type.Optional(
              Type.String({
                pattern: '^\\S+$',
                maxLength: 40,
                description:
                  'Of a RETURN: the number of its sale. Goods then come back at what was paid for them, with the points that they earned; a return that comes before its sale waits for it',
              }),
            ),
            soldAt: Instant,
            phone: Type.Optional(Type.String({ pattern: '^1\\d{10}$' })),
            cardNo: Type.Optional(Text(40, 1)),
            guideUserid: Type.Optional(Text(64, 1)),
            lines: Type.Array(
              Exact({
                skuCode: Text(40, 1),
                name: Text(100, 1),
                qty: Type.Integer({ minimum: 1, maximum: 100_000 }),
                unitPriceFen: PriceFen,
              }),
              { minItems: 1, maxItems: 500 },
            ),
          }),
          { minItems: 1, maxItems: 200 },
        ),
      }),
      response: Type.Object({
        results: Type.Array(
          Type.Object({
            externalNo: Type.String(),
            result: Type.Union([
              Type.Literal('CREATED'),
              Type.Literal('EXISTS'),
              Type.Literal('REFUSED'),
              Type.Literal('WAITING', { description: 'only of a return that names a sale that has not come yet' }),
            ]),
            problem: Type.Optional(Type.String()),
            orderId: Type.Optional(IdText),
          }),
        ),
      }),
    },
  ),
} as const;
