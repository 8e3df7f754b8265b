import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { ClearingModule } from '../clearing/index.js';
import { OrdersModule } from '../orders/index.js';
import { OrganizationModule } from '../organization/index.js';
import { PaymentsModule } from '../payments/index.js';
import { PointsOfOrders } from './points-of-orders.js';

@Module({
  imports: [AssetsModule, ClearingModule, OrdersModule, OrganizationModule, PaymentsModule],
  providers: [PointsOfOrders],
})
export class AssetOrdersModule {}
