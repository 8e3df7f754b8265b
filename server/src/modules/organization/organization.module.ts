import { Module, type OnModuleInit } from '@nestjs/common';
import { ChooseStore } from './application/choose-store.js';
import { ConsoleGuides } from './application/console-guides.js';
import { ConsoleStores } from './application/console-stores.js';
import { CounterRules } from './application/counter-rules.js';
import { Deliveries } from './application/deliveries.js';
import { Enter } from './application/enter.js';
import { FindGuide } from './application/find-guide.js';
import { ShowFulfilOptions } from './application/fulfil-options.js';
import { ListStores } from './application/list-stores.js';
import { MallDesk } from './application/mall-desk.js';
import { Organization } from './application/organization.js';
import { KeepStoreService } from './application/store-service.js';
import { UpdateStore } from './application/update-store.js';
import { ConsoleMallController } from './http/console-mall.controller.js';
import { ConsoleOrganizationController } from './http/console-organization.controller.js';
import { MallStoresController } from './http/mall-stores.controller.js';
import { registerHomeStoreRows } from './persistence/member-rows.js';

@Module({
  controllers: [MallStoresController, ConsoleOrganizationController, ConsoleMallController],
  providers: [
    Organization,
    Enter,
    ListStores,
    ChooseStore,
    FindGuide,
    ConsoleStores,
    UpdateStore,
    ConsoleGuides,
    CounterRules,
    Deliveries,
    ShowFulfilOptions,
    MallDesk,
    KeepStoreService,
  ],
  exports: [Organization, Deliveries],
})
export class OrganizationModule implements OnModuleInit {
  onModuleInit(): void {
    registerHomeStoreRows();
  }
}
