export { StoreOrdersPage } from './store-orders-page';
