import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/index.js';
import { OrganizationModule } from '../organization/index.js';
import { Activities } from './application/activities.js';
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
import { PromotionTools } from './application/tools.js';
import { ConsolePromotionsController, PromotionEffectsController } from './http/console-promotions.controller.js';
import { MallPromotionsController } from './http/mall-promotions.controller.js';

@Module({
  imports: [OrganizationModule, CatalogModule],
  controllers: [ConsolePromotionsController, PromotionEffectsController, MallPromotionsController],
  providers: [
    PromotionTools,
    Promotions,
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
    MallSessions,
    PromotionSweeps,
    Seckills,
  ],
  exports: [Promotions, Activities, Seckills],
})
export class PromotionsModule {}
