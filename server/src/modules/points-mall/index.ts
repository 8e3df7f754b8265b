export { ExchangePoints } from './application/exchange-points.js';
export { PointsMallPages } from './application/points-mall-pages.js';
export { WaitingPresents } from './application/waiting-presents.js';
export { PointsMallModule } from './points-mall.module.js';
