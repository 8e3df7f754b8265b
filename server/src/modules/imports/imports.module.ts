import { Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { AssetsModule } from '../assets/index.js';
import { CatalogModule } from '../catalog/index.js';
import { ConnectorsModule } from '../connectors/index.js';
import { InventoryModule } from '../inventory/index.js';
import { MembersModule } from '../members/index.js';
import { OrganizationModule } from '../organization/index.js';
import { ImportDesk } from './application/import-desk.js';
import { ImportParts } from './application/import-parts.js';
import { JobFiles } from './application/job-files.js';
import { BalancesPlan } from './application/plans/balances-plan.js';
import { MembersPlan } from './application/plans/members-plan.js';
import { OrdersPlan } from './application/plans/orders-plan.js';
import { PastPoints } from './application/plans/past-points.js';
import { ProductsPlan } from './application/plans/products-plan.js';
import { StockPlan } from './application/plans/stock-plan.js';
import { Plans } from './application/plans.js';
import { ReadHead } from './application/read-head.js';
import { RunImports } from './application/run-imports.js';
import { UploadImport } from './application/upload-import.js';
import { ImportsController } from './http/imports.controller.js';
import { importInvariants } from './imports.invariants.js';

@Module({
  imports: [OrganizationModule, MembersModule, CatalogModule, InventoryModule, AssetsModule, ConnectorsModule],
  controllers: [ImportsController],
  providers: [
    PastPoints,
    MembersPlan,
    OrdersPlan,
    ProductsPlan,
    StockPlan,
    BalancesPlan,
    Plans,
    JobFiles,
    RunImports,
    ImportParts,
    UploadImport,
    ReadHead,
    ImportDesk,
  ],
})
export class ImportsModule implements OnModuleInit {
  onModuleInit(): void {
    registerInvariants(importInvariants);
  }
}
