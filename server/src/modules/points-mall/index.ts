export { ExchangePoints } from './application/exchange-points.js';
export { PointsMallPages } from './application/points-mall-pages.js';
export { PointsMallModule } from './points-mall.module.js';
