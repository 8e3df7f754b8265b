import { Type } from '@sinclair/typebox';
import { Cursor, Exact, IdParam, IdText, Latitude, Longitude, Ok, Page, PageSize, PriceFen } from './fields.js';
import { ArrivalNotice, FulfilOptions, PickupMove, SoldOutOptions } from './mall-store.js';
import { route } from './route.js';

const Position = { latitude: Type.Optional(Latitude), longitude: Type.Optional(Longitude) };

/** The consumer's end of the store mall: ways to get the goods, what to do when they are sold out, moved pickups. */
export const mallStoreRoutes = {
  fulfilOptions: route(
    'mall.fulfilOptions',
    'public',
    'GET /api/m/stores/{id}/fulfil',
    'Ways to get goods from this store now: parcel, pickup (today or tomorrow), local delivery with slots',
    {
      params: IdParam,
      query: Exact({ ...Position, goodsFen: Type.Optional(PriceFen) }),
      response: FulfilOptions,
    },
  ),
  soldOut: route(
    'mall.soldOut',
    'public',
    'GET /api/m/skus/{id}/elsewhere',
    'Where a SKU that is sold out here can be had: other stores, pickup, a notice on arrival',
    { params: IdParam, query: Exact({ storeId: IdText, ...Position }), response: SoldOutOptions },
  ),
  arrivalNotices: route('mall.arrivalNotices', 'consumer', 'GET /api/m/arrival-notices', 'Arrivals I wait for', {
    query: Exact({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
    response: Page(ArrivalNotice),
  }),
  askArrival: route('mall.askArrival', 'consumer', 'POST /api/m/arrival-notices', 'Tell me when it is back', {
    body: Exact({ storeId: IdText, skuId: IdText }),
    response: ArrivalNotice,
  }),
  forgetArrival: route('mall.forgetArrival', 'consumer', 'DELETE /api/m/arrival-notices/{id}', 'No longer wait', {
    params: IdParam,
    response: Ok,
  }),
  pickupMoves: route(
    'mall.pickupMoves',
    'consumer',
    'GET /api/m/pickup-moves',
    'My pickups of a closing store that may move to another store',
    { response: Type.Array(PickupMove) },
  ),
  answerPickupMove: route(
    'mall.answerPickupMove',
    'consumer',
    'POST /api/m/pickup-moves/{id}/answer',
    'Fetch it in the other store, or have the money back',
    { params: IdParam, body: Exact({ isAccepted: Type.Boolean() }), response: PickupMove },
  ),
} as const;
