export { Activities, type ActivityBuyer, type PaymentSchedule } from './application/activities.js';
export { type OrderUses, Promotions } from './application/promotions.js';
export type { LivePromotion, Promotion, PromotionId } from './domain/promotion.js';
export { PromotionsModule } from './promotions.module.js';
