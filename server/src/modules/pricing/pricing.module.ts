import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { CatalogModule } from '../catalog/index.js';
import { CouponsModule } from '../coupons/index.js';
import { InventoryModule } from '../inventory/index.js';
import { LevelsModule } from '../levels/index.js';
import { OrganizationModule } from '../organization/index.js';
import { PromotionsModule } from '../promotions/index.js';
import { BuyerTermsReader } from './application/buyer-terms.js';
import { Pricing } from './application/pricing.js';

@Module({
  imports: [
    CatalogModule,
    OrganizationModule,
    InventoryModule,
    PromotionsModule,
    CouponsModule,
    AssetsModule,
    LevelsModule,
  ],
  providers: [BuyerTermsReader, Pricing],
  exports: [Pricing],
})
export class PricingModule {}
