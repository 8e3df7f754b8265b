import { Module } from '@nestjs/common';
import { OrganizationModule } from '../organization/index.js';
import { Earnings } from './application/earnings.js';
import { Overview } from './application/overview.js';
import { WatchInvariants } from './application/watch-invariants.js';
import { DashboardsController } from './http/dashboards.controllers.js';

@Module({
  imports: [OrganizationModule],
  controllers: [DashboardsController],
  providers: [Overview, Earnings, WatchInvariants],
})
export class DashboardsModule {}
