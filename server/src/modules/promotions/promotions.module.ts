import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/index.js';
import { OrganizationModule } from '../organization/index.js';
import { Activities } from './application/activities.js';
import { ActivityPrices } from './application/activity-prices.js';
import { Bargains } from './application/bargains.js';
import { CheckPromotion } from './application/check-promotion.js';
import { DeskSessions } from './application/desk-sessions.js';
import { GroupSeats } from './application/group-seats.js';
import { MallPromotions } from './application/mall-promotions.js';
import { MallSessions } from './application/mall-sessions.js';
import { PickGoods } from './application/pick-goods.js';
import { PromotionDesk } from './application/promotion-desk.js';
import { PromotionEffects } from './application/promotion-effect.js';
import { PromotionSweeps } from './application/promotion-sweeps.js';
import { Promotions } from './application/promotions.js';
import { Seckills } from './application/seckills.js';
import { SeePromotions } from './application/see-promotions.js';
import { SessionViews } from './application/session-views.js';
import { PromotionTools } from './application/tools.js';
import { ConsolePromotionsController, PromotionEffectsController } from './http/console-promotions.controller.js';
import { MallPromotionsController } from './http/mall-promotions.controller.js';

@Module({
  imports: [OrganizationModule, CatalogModule],
  controllers: [ConsolePromotionsController, PromotionEffectsController, MallPromotionsController],
  providers: [
    PromotionTools,
    Promotions,
    ActivityPrices,
    Activities,
    GroupSeats,
    Bargains,
    CheckPromotion,
    SeePromotions,
    PromotionDesk,
    PickGoods,
    PromotionEffects,
    DeskSessions,
    MallPromotions,
    SessionViews,
    MallSessions,
    PromotionSweeps,
    Seckills,
  ],
  exports: [Promotions, Activities, Seckills],
})
export class PromotionsModule {}
