import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/index.js';
import { OrganizationModule } from '../organization/index.js';
import { Pricing } from './application/pricing.js';

@Module({ imports: [CatalogModule, OrganizationModule], providers: [Pricing], exports: [Pricing] })
export class PricingModule {}
