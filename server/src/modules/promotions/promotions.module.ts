import { Module } from '@nestjs/common';
import { OrganizationModule } from '../organization/index.js';
import { Promotions } from './application/promotions.js';

@Module({
  imports: [OrganizationModule],
  providers: [Promotions],
  exports: [Promotions],
})
export class PromotionsModule {}
