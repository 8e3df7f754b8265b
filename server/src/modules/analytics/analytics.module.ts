import { Module, type OnModuleInit } from '@nestjs/common';
import { OrganizationModule } from '../organization/index.js';
import { Analytics } from './application/analytics.js';
import { MallEventsController } from './http/mall-events.controller.js';
import { registerTrailRows } from './persistence/member-rows.js';

@Module({
  imports: [OrganizationModule],
  controllers: [MallEventsController],
  providers: [Analytics],
  exports: [Analytics],
})
export class AnalyticsModule implements OnModuleInit {
  onModuleInit(): void {
    registerTrailRows();
  }
}
