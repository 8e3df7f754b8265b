import { Module, type OnModuleInit } from '@nestjs/common';
import { BulkWriter } from '../../platform/database/bulk-writer.js';
import { Database } from '../../platform/database/database.js';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { MembersModule } from '../members/index.js';
import { OrganizationModule } from '../organization/index.js';
import { ConsoleImports } from './application/console-imports.js';
import { ImportHistory } from './application/import-history.js';
import { OfflineSales } from './application/offline-sales.js';
import { PushOrders } from './application/push-orders.js';
import { PushedReturns } from './application/pushed-returns.js';
import { SaleOfReturn } from './application/sale-of-return.js';
import { connectorInvariants } from './connectors.invariants.js';
import { ConnectorsController } from './http/connectors.controller.js';

@Module({
  imports: [OrganizationModule, MembersModule],
  controllers: [ConnectorsController],
  providers: [
    { provide: BulkWriter, inject: [Database], useFactory: (database: Database) => new BulkWriter(database) },
    ImportHistory,
    PushOrders,
    PushedReturns,
    SaleOfReturn,
    ConsoleImports,
    OfflineSales,
  ],
  exports: [ImportHistory, OfflineSales],
})
export class ConnectorsModule implements OnModuleInit {
  onModuleInit(): void {
    registerInvariants(connectorInvariants);
  }
}
