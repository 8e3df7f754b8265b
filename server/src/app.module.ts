import { type DynamicModule, Module } from '@nestjs/common';
import { GatewaysModule } from './gateways.module.js';
import { AfterSalesModule } from './modules/after-sales/index.js';
import { AnalyticsModule } from './modules/analytics/index.js';
import { AssetOrdersModule } from './modules/asset-orders/index.js';
import { AssetsModule } from './modules/assets/index.js';
import { CartsModule } from './modules/carts/index.js';
import { CatalogModule } from './modules/catalog/index.js';
import { ClearingModule } from './modules/clearing/index.js';
import { ClosingsModule } from './modules/closings/index.js';
import { ConnectorsModule } from './modules/connectors/index.js';
import { ContactsModule } from './modules/contacts/index.js';
import { CouponsModule } from './modules/coupons/index.js';
import { DashboardsModule } from './modules/dashboards/index.js';
import { GuidesModule } from './modules/guides/index.js';
import { HandOversModule } from './modules/hand-overs/index.js';
import { IdentityModule } from './modules/identity/index.js';
import { ImportsModule } from './modules/imports/index.js';
import { InsightsModule } from './modules/insights/index.js';
import { InventoryModule } from './modules/inventory/index.js';
import { LevelsModule } from './modules/levels/index.js';
import { MembersModule } from './modules/members/index.js';
import { MyDataModule } from './modules/my-data/index.js';
import { NoticesModule } from './modules/notices/index.js';
import { OrdersModule } from './modules/orders/index.js';
import { OrganizationModule } from './modules/organization/index.js';
import { PaymentsModule } from './modules/payments/index.js';
import { PicturesModule } from './modules/pictures/index.js';
import { PointsMallModule } from './modules/points-mall/index.js';
import { PricingModule } from './modules/pricing/index.js';
import { PromotionsModule } from './modules/promotions/index.js';
import { ReviewsModule } from './modules/reviews/index.js';
import { SettlementModule } from './modules/settlement/index.js';
import { TagsModule } from './modules/tags/index.js';
import { TasksModule } from './modules/tasks/index.js';
import { TillsModule } from './modules/tills/index.js';
import { TopUpsModule } from './modules/top-ups/index.js';
import { OpsModule } from './ops.module.js';
import type { Clock } from './platform/clock/clock.js';
import type { Config } from './platform/config/config.js';
import { PlatformModule } from './platform/platform.module.js';

/** The module tree; each business module is one line. */
@Module({})
export class AppModule {
  static with(config: Config, clock?: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(config, clock),
        GatewaysModule,
        OpsModule,
        IdentityModule,
        OrganizationModule,
        CatalogModule,
        PricingModule,
        PromotionsModule,
        CartsModule,
        InventoryModule,
        GuidesModule,
        LevelsModule,
        AssetsModule,
        AssetOrdersModule,
        TopUpsModule,
        PointsMallModule,
        HandOversModule,
        MembersModule,
        MyDataModule,
        ClearingModule,
        CouponsModule,
        ConnectorsModule,
        ImportsModule,
        TillsModule,
        InsightsModule,
        TasksModule,
        TagsModule,
        AnalyticsModule,
        DashboardsModule,
        OrdersModule,
        PaymentsModule,
        ClosingsModule,
        SettlementModule,
        ContactsModule,
        PicturesModule,
        AfterSalesModule,
        ReviewsModule,
        NoticesModule,
      ],
    };
  }
}
