import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type BrandId, type OrderId, type StoreId, sumFen } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { registerHandler } from '../../../platform/outbox/registry.js';
import { OfflineSales, worthOfReturned } from '../../connectors/index.js';
import { offlineKey, type RedemptionName, ReturnedRedemptions } from '../../coupons/index.js';
import type { Bare } from './device-batch.js';
import { Devices } from './devices.js';

/** The coupons that lowered a till's sale, when its goods come back, whoever tells of the return. */
@Injectable()
export class SaleCoupons implements OnModuleInit {
  constructor(
    @Inject(Devices) private readonly devices: Devices,
    @Inject(OfflineSales) private readonly sales: OfflineSales,
    @Inject(ReturnedRedemptions) private readonly redemptions: ReturnedRedemptions,
  ) {}

  onModuleInit(): void {
    registerHandler({
      name: 'tills.coupons-of-returns',
      type: 'pos.order.returned',
      handle: (tx, event) => this.settle(tx, event.brandId, (event.payload as { orderId: OrderId }).orderId),
    });
  }

  /** Takes back what the bearers of a sale's coupons bear of the goods that came back so far; repeating it changes nothing. */
  async settle(tx: Tx, brandId: BrandId, saleId: OrderId): Promise<void> {
    const used = await this.used(tx, brandId, saleId);
    if (used.length === 0) return;
    await this.sales.lock(tx, brandId, [saleId]);
    const sold = (await this.sales.soldLines(tx, brandId, [saleId])).get(saleId) ?? [];
    const back = new Map<string, number>();
    const returns = (await this.sales.returnsOf(tx, brandId, [saleId])).map(({ returnId, pieces }) => {
      for (const [code, qty] of pieces) back.set(code, (back.get(code) ?? 0) + qty);
      return { id: returnId, soFarFen: worthOfReturned(sold, back) };
    });
    const wholeFen = sumFen(sold.map((line) => line.amountFen));
    for (const redemption of used) await this.redemptions.takeBack(tx, { brandId, redemption, wholeFen, returns });
  }

  /** Coupons that a sale names as its payment, and signed ones that came along with it. */
  private async used(tx: Tx, brandId: BrandId, saleId: OrderId): Promise<RedemptionName[]> {
    const { rows } = this.devices;
    const acts = await rows.ofOrder(tx, brandId, saleId);
    if (acts.length === 0) return [];
    const storeId = (await rows.storeOf(tx, brandId, saleId)) as StoreId;
    return acts.flatMap(({ kind, subjectId, deviceId, sequence, body }): RedemptionName[] => {
      if (kind === 'COUPON' && subjectId) return [{ id: subjectId }];
      const isSigned = kind === 'SALE' && body !== null && (JSON.parse(body) as Bare).coupon !== undefined;
      return isSigned ? [{ clientKey: offlineKey(storeId, `${deviceId}:${sequence}`) }] : [];
    });
  }
}
