import { Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { AssetsModule } from '../assets/index.js';
import { CouponsModule } from '../coupons/index.js';
import { HandOversModule } from '../hand-overs/index.js';
import { MembersModule } from '../members/index.js';
import { OrganizationModule } from '../organization/index.js';
import { ExchangeParts, ExchangePoints } from './application/exchange-points.js';
import { PointsMallPages } from './application/points-mall-pages.js';
import { WaitingPresents } from './application/waiting-presents.js';
import { MallPointsController, StaffPointsController } from './http/points-mall.controllers.js';
import { registerExchangeRows } from './persistence/member-rows.js';
import { pointsMallInvariants } from './points-mall.invariants.js';

@Module({
  imports: [AssetsModule, CouponsModule, HandOversModule, MembersModule, OrganizationModule],
  controllers: [MallPointsController, StaffPointsController],
  providers: [ExchangeParts, ExchangePoints, PointsMallPages, WaitingPresents],
  exports: [PointsMallPages, ExchangePoints, WaitingPresents],
})
export class PointsMallModule implements OnModuleInit {
  onModuleInit(): void {
    registerInvariants(pointsMallInvariants);
    registerExchangeRows();
  }
}
