export { AfterHandOver } from './application/after-hand-over.js';
export { newPickupCode } from './application/compose-order.js';
export { refuseOrder } from './application/order-errors.js';
export { type OrderEventPayload, type OrderEventType, orderEvent } from './application/order-events.js';
export { type OrderHold, OrderHolds } from './application/order-holds.js';
export { OrderPayment, type OrderPaymentPort } from './application/order-payment.js';
export { type DeskOrder, OrderQueries, type Page } from './application/order-queries.js';
export { type OrderReturn, OrderReturns } from './application/order-returns.js';
export { type RefundRow, refundView } from './application/order-view.js';
export { Orders } from './application/orders.js';
export { PickupPlaces } from './application/pickup-place.js';
export { RecentOrders } from './application/recent-orders.js';
export { SubmitOrder } from './application/submit-order.js';
export {
  type Applied,
  type Attribution,
  cashFreightFen,
  duePayment,
  type Fulfil,
  goodsWords,
  isGift,
  isTakenInStore,
  type Order,
  type OrderDelivery,
  type OrderLineRow,
  type OrderPresale,
} from './domain/order.js';
export { nextState, type OrderState, PAID_STATES, stateText } from './domain/order-state.js';
export { OrdersModule } from './orders.module.js';
export type { OrderFilter } from './persistence/order-list.store.js';
export { ShippingStore, type ShippingUpload } from './persistence/shipping.store.js';
