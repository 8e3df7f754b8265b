import { Inject, Injectable } from '@nestjs/common';
import { buildShippingInfo, MiniappError } from '../../../gateways/wechat-miniapp/index.js';
import { MiniappGateways } from '../../../gateways.module.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { log } from '../../../platform/observability/log.js';
import { isTakenInStore, type Order, Orders, ShippingStore, type ShippingUpload } from '../../orders/index.js';
import { Organization } from '../../organization/index.js';
import { PaymentStore } from '../persistence/payment.store.js';

/** Right after the payment WeChat may not know the order yet (10060001): 10 s, 30 s, 2 min, 10 min, then hourly. */
const RETRY_SECONDS = [10, 30, 120, 600, 3600];

/** Carriers as people name them, with their code in WeChat's list. */
const CARRIERS: readonly [name: string, code: string][] = [
  ['顺丰', 'SF'],
  ['中通', 'ZTO'],
  ['圆通', 'YTO'],
  ['申通', 'STO'],
  ['韵达', 'YD'],
  ['京东', 'JD'],
  ['极兔', 'JTSD'],
  ['EMS', 'EMS'],
];
const carrierCode = (name: string): string =>
  CARRIERS.find(([one]) => name.toUpperCase().includes(one))?.[1] ?? 'OTHERS';
const maskPhone = (phone: string | undefined): string | undefined =>
  phone ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : undefined;

/** Tells the mini-program platform that goods have left, without which it does not settle the money (product.md M5). */
@Injectable()
export class UploadShipping {
  private readonly uploads = new ShippingStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(PaymentStore) private readonly payments: PaymentStore,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(MiniappGateways) private readonly miniapps: MiniappGateways,
  ) {}

  async runDue(limit = 30): Promise<number> {
    const rows = await this.uploads.due(this.database, this.clock.date(), limit);
    for (const row of rows) await this.upload(row);
    return rows.length;
  }

  private async upload(row: ShippingUpload): Promise<void> {
    try {
      await this.send(row);
      await this.note(row, 'DONE', null, 0);
    } catch (error) {
      const isFinal = error instanceof MiniappError && error.kind === 'DATA' && row.attempts > 8;
      const pause = RETRY_SECONDS[Math.min(row.attempts, RETRY_SECONDS.length - 1)] ?? 3600;
      await this.note(row, isFinal ? 'FAILED' : 'OPEN', (error as Error).message, pause);
      log.warn({ order: row.orderId, problem: (error as Error).message }, 'shipping information was not taken yet');
    }
  }

  private async send(row: ShippingUpload): Promise<void> {
    const order = await this.orders.store.find(this.database, row.brandId, row.orderId);
    const payment = await this.payments.ofOrder(this.database, row.brandId, row.orderId);
    const brand = await this.organization.brand(row.brandId);
    if (!order || !payment?.transactionId || !brand) return;
    const description = order.lines
      .map((line) => `${line.name} ×${line.qty}`)
      .join('，')
      .slice(0, 120);
    const parcel =
      order.shipping && order.fulfil === 'SHIP'
        ? {
            description,
            trackingNo: order.shipping.trackingNo,
            carrier: carrierCode(order.shipping.company),
            maskedPhone: maskPhone(order.address?.phone),
          }
        : { description };
    const info = buildShippingInfo({
      order: { transactionId: payment.transactionId },
      logistics: logisticsOf(order.fulfil),
      parcels: [parcel],
      shippedAtMs: (order.shippedAt ?? order.receivedAt ?? this.clock.date()).getTime(),
      openid: payment.openid,
    });
    await this.miniapps.of(brand.appid).uploadShippingInfo(info);
  }

  private async note(
    row: ShippingUpload,
    state: 'OPEN' | 'DONE' | 'FAILED',
    problem: string | null,
    pauseSeconds: number,
  ): Promise<void> {
    const nextAt = new Date(this.clock.now() + pauseSeconds * 1000);
    await this.uploads.note(this.database, row, { state, problem, nextAt });
  }
}

/** How WeChat calls the way in which goods reach the consumer. */
const logisticsOf = (fulfil: Order['fulfil']): 'pickup' | 'sameCity' | 'express' => {
  if (isTakenInStore(fulfil)) return 'pickup';
  return fulfil === 'DELIVERY' ? 'sameCity' : 'express';
};
