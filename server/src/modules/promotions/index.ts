export { Activities } from './application/activities.js';
export type { ActivityBuyer } from './application/activity-prices.js';
export { Promotions } from './application/promotions.js';
export { Seckills, type SeckillTicket, type SeckillWish } from './application/seckills.js';
export type { OrderUses, UseLedger } from './application/use-ledger.js';
export type { PaymentSchedule } from './domain/presale-schedule.js';
export type { LivePromotion, Promotion, PromotionId } from './domain/promotion.js';
export { PromotionsModule } from './promotions.module.js';
