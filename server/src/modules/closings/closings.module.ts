import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { InventoryModule } from '../inventory/index.js';
import { OrdersModule, PickupPlaces } from '../orders/index.js';
import { OrganizationModule } from '../organization/index.js';
import { PaymentsModule } from '../payments/index.js';
import { PointsMallModule } from '../points-mall/index.js';
import { CloseStore } from './application/close-store.js';
import { ProgressClosings } from './application/progress-closings.js';
import { ClosingsController } from './http/closings.controller.js';
import { ClosingStore } from './persistence/closing.store.js';
import { registerClosingRows } from './persistence/member-rows.js';

const SWEEP_MS = 2000;

@Module({
  imports: [OrganizationModule, InventoryModule, OrdersModule, PaymentsModule, PointsMallModule],
  controllers: [ClosingsController],
  providers: [CloseStore, ProgressClosings],
})
export class ClosingsModule implements OnModuleInit {
  constructor(
    @Inject(ProgressClosings) private readonly progress: ProgressClosings,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    registerClosingRows();
    const rows = new ClosingStore();
    PickupPlaces.register((on, brandId, orderId) => rows.placeOf(on, brandId, orderId));
    registerSweep({
      name: 'closings.progress',
      everyMs: SWEEP_MS,
      run: () => this.progress.sweep(this.clock.date()),
    });
  }
}
