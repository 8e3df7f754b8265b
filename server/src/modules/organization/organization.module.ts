import { Module } from '@nestjs/common';
import { ChooseStore } from './application/choose-store.js';
import { ConsoleGuides } from './application/console-guides.js';
import { ConsoleStores } from './application/console-stores.js';
import { Enter } from './application/enter.js';
import { FindGuide } from './application/find-guide.js';
import { ListStores } from './application/list-stores.js';
import { Organization } from './application/organization.js';
import { UpdateStore } from './application/update-store.js';
import { ConsoleOrganizationController } from './http/console-organization.controller.js';
import { MallStoresController } from './http/mall-stores.controller.js';

@Module({
  controllers: [MallStoresController, ConsoleOrganizationController],
  providers: [Organization, Enter, ListStores, ChooseStore, FindGuide, ConsoleStores, UpdateStore, ConsoleGuides],
  exports: [Organization],
})
export class OrganizationModule {}
