export { AssetOrdersModule } from './asset-orders.module.js';
