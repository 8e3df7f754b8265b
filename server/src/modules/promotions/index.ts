export { Activities, type ActivityBuyer, type PaymentSchedule } from './application/activities.js';
export { Promotions } from './application/promotions.js';
export { Seckills, type SeckillTicket, type SeckillWish } from './application/seckills.js';
export type { OrderUses, UseLedger } from './application/use-ledger.js';
export type { LivePromotion, Promotion, PromotionId } from './domain/promotion.js';
export { PromotionsModule } from './promotions.module.js';
