export { PickupDesk } from './pickup-desk';
export { StoreOrdersPage } from './store-orders-page';
