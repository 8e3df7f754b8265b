import { Module } from '@nestjs/common';
import { OrganizationModule } from '../organization/index.js';
import { Analytics } from './application/analytics.js';
import { MallEventsController } from './http/mall-events.controller.js';

@Module({
  imports: [OrganizationModule],
  controllers: [MallEventsController],
  providers: [Analytics],
  exports: [Analytics],
})
export class AnalyticsModule {}
