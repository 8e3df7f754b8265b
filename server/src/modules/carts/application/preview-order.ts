import { Inject, Injectable } from '@nestjs/common';
import type { CheckoutActivity, CheckoutPreview } from '@shuke/shared/contracts';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { ActivityFacts } from '@shuke/shared/rules';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { WalletPins } from '../../assets/index.js';
import { Organization, type Store } from '../../organization/index.js';
import {
  type Fulfil,
  type Offers,
  Pricing,
  type Quote,
  type QuoteLine,
  refuseProblems,
  savedText,
} from '../../pricing/index.js';
import { Activities } from '../../promotions/index.js';
import type { AddressId } from '../domain/types.js';
import { Carts } from './carts.js';

export interface PreviewRequest {
  storeId: string;
  lines: readonly { skuId: string; qty: number }[];
  fulfil: Fulfil;
  addressId?: string;
  couponIds?: readonly string[] | undefined;
  points?: number | undefined;
  walletFen?: number | undefined;
  withOffers?: boolean | undefined;
  activity?: CheckoutActivity | undefined;
  delivery?: { latitude: number; longitude: number } | undefined;
  noGifts?: boolean | undefined;
}

const pickupHint = (store: Store): string =>
  `付款后店里会为你备货，凭取货码到 ${store.name} 领取 · 每天 ${store.setup.service.pickup.from}–${store.setup.service.pickup.to}`;

/** Shows what an order would cost before it is submitted. */
@Injectable()
export class PreviewOrder {
  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Pricing) private readonly pricing: Pricing,
    @Inject(Carts) private readonly carts: Carts,
    @Inject(Database) private readonly database: Database,
    @Inject(Activities) private readonly activities: Activities,
    @Inject(WalletPins) private readonly pins: WalletPins,
  ) {}

  /** @throws AppError NOT_FOUND for an unknown store or a foreign address; LINES_NOT_SELLABLE; and those of Pricing.price */
  async run(actor: Consumer, request: PreviewRequest): Promise<CheckoutPreview> {
    const { brandId, memberId } = actor;
    const { fulfil } = request;
    const store = await this.organization.requireStore(actor, request.storeId as StoreId);
    const lines = request.lines.map(({ skuId, qty }) => ({ skuId: skuId as Id<'sku'>, qty }));
    const { couponIds, points, walletFen, withOffers } = request;
    const buyer = { memberId, couponIds, points, walletFen, withOffers };
    const activity = request.activity
      ? await this.activities.facts({ brandId, memberId, storeId: store.id }, request.activity, lines)
      : undefined;
    const quote = await this.pricing.price(this.database, {
      brandId,
      store,
      lines,
      fulfil,
      buyer,
      delivery: request.delivery,
      noGifts: request.noGifts,
      ...(activity ? { activity } : {}),
    });
    if (quote.problems.length > 0) throw refuseProblems(quote.problems);
    const isShipped = fulfil === 'SHIP' || fulfil === 'DELIVERY';
    const [address, visitor] = await Promise.all([
      isShipped ? this.carts.addressFor(brandId, memberId, request.addressId as AddressId | undefined) : null,
      this.organization.visitorOf(this.database, brandId, memberId),
    ]);
    const guide = visitor.guideId ? await this.organization.guide(brandId, visitor.guideId) : null;
    return {
      store: this.organization.storeCard(store),
      fulfil,
      lines: quote.lines.map(lineView),
      steps: quote.steps,
      goodsFen: quote.goodsFen,
      freightFen: quote.freightFen,
      totalFen: quote.totalFen,
      address,
      pickupHint: fulfil === 'PICKUP' ? pickupHint(store) : null,
      guideName: guide?.status === 'ACTIVE' ? guide.name : null,
      ...moneyView(quote),
      ...(await this.extras(actor, store, quote, activity)),
    };
  }

  /** What only some orders have: a local delivery, goods of another store, two payments, a PIN. */
  private async extras(
    actor: Consumer,
    store: Store,
    quote: Quote,
    activity: ActivityFacts | undefined,
  ): Promise<Partial<CheckoutPreview>> {
    const { brandId, memberId } = actor;
    const { cashFen, walletFen } = quote.priced;
    const schedule = activity
      ? await this.activities.planOf({
          brandId,
          memberId,
          storeId: store.id,
          activity,
          qty: lineCount(quote),
          totalFen: cashFen,
        })
      : null;
    const elsewhere = await Promise.all(
      [...quote.elsewhere].map(async ([skuId, storeId]) => ({
        skuId,
        storeName: (await this.organization.store(brandId, storeId))?.name ?? '',
      })),
    );
    return {
      ...(quote.distanceM === null ? {} : { delivery: { feeFen: quote.freightFen, distanceM: quote.distanceM } }),
      ...(elsewhere.length > 0 ? { fromElsewhere: elsewhere } : {}),
      ...(schedule
        ? {
            presale: {
              ...schedule,
              tailFrom: schedule.tailFrom.toISOString(),
              tailUntil: schedule.tailUntil.toISOString(),
            },
          }
        : {}),
      ...((await this.pins.isNeeded(actor, walletFen))
        ? { needsWalletPin: true, hasWalletPin: await this.pins.isSet(actor) }
        : {}),
    };
  }
}

const lineCount = (quote: Quote): number => quote.lines.reduce((sum, line) => sum + line.qty, 0);

function moneyView({ priced, gifts, goneGifts, offers }: Quote): Partial<CheckoutPreview> {
  const { promotionFen, couponFen, pointsFen, pointsUsed, walletFen, cashFen } = priced;
  return {
    money: { promotionFen, couponFen, pointsFen, pointsUsed, walletFen, cashFen },
    unusedCoupons: priced.unusedCoupons.map(({ couponId, name, failing }) => ({ couponId, name, failing })),
    gifts: gifts.map(({ skuId, name, colour, size, imageUrl, qty }) => ({
      skuId,
      name,
      spec: `${colour} ${size}`,
      imageUrl,
      qty,
    })),
    ...(goneGifts.length > 0 ? { goneGifts } : {}),
    savedText: savedText(priced),
    ...(offers ? { offers: { ...offersView(offers), nearPromotions: priced.unusedPromotions } } : {}),
  };
}

const offersView = ({ coupons, points, wallet }: Offers): NonNullable<CheckoutPreview['offers']> => ({
  coupons: {
    bestIds: coupons.couponIds,
    bestFen: coupons.fen,
    reason: coupons.reason,
    usable: coupons.usable,
    unusable: coupons.unusable,
  },
  points,
  wallet,
});

const lineView = (line: QuoteLine): CheckoutPreview['lines'][number] => ({
  skuId: line.skuId,
  productId: line.productId,
  name: line.name,
  colour: line.colour,
  size: line.size,
  imageUrl: line.imageUrl,
  qty: line.qty,
  unitPriceFen: line.unitPriceFen,
  amountFen: line.amountFen,
  payableFen: line.payableFen,
});
