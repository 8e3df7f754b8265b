import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { ClearingModule } from '../clearing/index.js';
import { ConnectorsModule } from '../connectors/index.js';
import { CouponsModule } from '../coupons/index.js';
import { MembersModule } from '../members/index.js';
import { OrganizationModule } from '../organization/index.js';
import { PricingModule } from '../pricing/index.js';
import { BatchReader } from './application/batch-reader.js';
import { DeskTills } from './application/desk-tills.js';
import { DeviceRows } from './application/device-rows.js';
import { Devices } from './application/devices.js';
import { SaleCoupons } from './application/sale-coupons.js';
import { TillDesk } from './application/till-desk.js';
import { TillAssets, TillParts } from './application/till-parts.js';
import { TillQuestions } from './application/till-questions.js';
import { VoidedSales } from './application/voided-sales.js';
import { WaitingRows } from './application/waiting-rows.js';
import { DeskTillsController } from './http/desk-tills.controller.js';
import { TillsController } from './http/tills.controller.js';

@Module({
  imports: [
    OrganizationModule,
    MembersModule,
    AssetsModule,
    ClearingModule,
    CouponsModule,
    PricingModule,
    ConnectorsModule,
  ],
  controllers: [TillsController, DeskTillsController],
  providers: [
    Devices,
    DeskTills,
    TillAssets,
    TillParts,
    TillQuestions,
    TillDesk,
    BatchReader,
    SaleCoupons,
    WaitingRows,
    VoidedSales,
    DeviceRows,
  ],
})
export class TillsModule {}
