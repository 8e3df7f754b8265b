import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { ClearingModule } from '../clearing/index.js';
import { ConnectorsModule } from '../connectors/index.js';
import { CouponsModule } from '../coupons/index.js';
import { MembersModule } from '../members/index.js';
import { OrganizationModule } from '../organization/index.js';
import { PricingModule } from '../pricing/index.js';
import { DeviceRows } from './application/device-rows.js';
import { Devices } from './application/devices.js';
import { TillAssets, TillDesk, TillParts } from './application/till-desk.js';
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
  controllers: [TillsController],
  providers: [Devices, TillAssets, TillParts, TillDesk, DeviceRows],
})
export class TillsModule {}
