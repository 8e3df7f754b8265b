import { Inject, Injectable } from '@nestjs/common';
import type { Id } from '@shuke/shared/kernel';
import type { ActivityFacts } from '@shuke/shared/rules';
import type { Consumer } from '../../../platform/access/actor.js';
import type { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { CONFIG } from '../../../platform/platform.module.js';
import type { AddressId } from '../../carts/index.js';
import { Organization, pickupOffer, type Store } from '../../organization/index.js';
import { isOffered, type Quote } from '../../pricing/index.js';
import { isTakenInStore, type Order, type OrderAddress } from '../domain/order.js';
import { composeOrder, type OrderWish } from './compose-order.js';
import { OrderAssets } from './order-assets.js';
import { refuseOrder } from './order-errors.js';
import { SubmitParts } from './submit-parts.js';

/** An order that is ready to be written, and what it was made of. */
export interface OrderDraft {
  order: Order;
  quote: Quote;
  payPlan: string | null;
  activity: ActivityFacts | null;
  /** What the cart loses with this order. */
  fromCart: readonly Id<'sku'>[];
}

/** Turns a wish into an order that only has to be written, or says exactly why not. */
@Injectable()
export class DraftOrder {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(SubmitParts) private readonly parts: SubmitParts,
    @Inject(OrderAssets) private readonly assets: OrderAssets,
  ) {}

  /**
   * Everything of an order before it is written.
   * @throws AppError PRICE_CHANGED, NOT_SELLABLE, STORE_NOT_SERVING, FULFIL_NOT_OFFERED, ADDRESS_NEEDED
   */
  async run(actor: Consumer, wish: OrderWish): Promise<OrderDraft> {
    // Also asks whether the brand's isolation lets this consumer buy here.
    const store = await this.organization.requireStore(actor, wish.storeId as Store['id']);
    if (store?.status !== 'OPEN') throw refuseOrder('STORE_NOT_SERVING');
    const buyer = { brandId: actor.brandId, memberId: actor.memberId, storeId: store.id };
    const activity = await this.assets.facts(buyer, wish.activity, wish.lines);
    const [quote, address, attribution] = await Promise.all([
      this.quote(actor, store, wish, activity),
      this.address(actor, wish),
      this.parts.attributions.of(actor, wish),
    ]);
    const payMinutes = await this.assets.payMinutes(actor.brandId, quote.priced, this.config.PAY_DEADLINE_MINUTES);
    const pieces = quote.lines.reduce((sum, line) => sum + line.qty, 0);
    const schedule = await this.assets.scheduleOf(buyer, activity, pieces, quote.priced.cashFen);
    const presale = schedule && {
      ...schedule,
      tailFrom: schedule.tailFrom.toISOString(),
      tailUntil: schedule.tailUntil.toISOString(),
    };
    const facts = { actor, store, wish, quote, address, attribution, payMinutes, presale };
    const order = composeOrder(this.ids, this.parts.clock.now(), facts);
    const { payment } = this.parts;
    const payPlan = order.cashFen === 0 ? null : await payment.get().plan(order, actor.openid);
    const fromCart = wish.fromCart ? quote.lines.map((line) => line.skuId) : [];
    return { order, quote, payPlan, activity, fromCart };
  }

  private async quote(actor: Consumer, store: Store, wish: OrderWish, activity: ActivityFacts | null): Promise<Quote> {
    if (!isOffered(store, wish.fulfil)) throw refuseOrder('FULFIL_NOT_OFFERED');
    if (wish.fulfil === 'DELIVERY' && !wish.delivery?.slot) throw refuseOrder('SLOT_NEEDED');
    if (wish.fulfil === 'PICKUP') await this.requirePickupNow(store);
    const quote = await this.parts.pricing.price(this.database, {
      brandId: store.brandId,
      store,
      lines: wish.lines.map((line) => ({ ...line, skuId: line.skuId as Id<'sku'> })),
      fulfil: wish.fulfil,
      ...(activity ? { activity } : {}),
      delivery: wish.delivery,
      noGifts: wish.noGifts,
      buyer: {
        memberId: actor.memberId,
        couponIds: wish.couponIds ?? [],
        points: wish.points ?? 0,
        walletFen: wish.walletFen ?? 0,
      },
    });
    const [problem] = quote.problems;
    if (problem)
      throw refuseOrder(
        problem.kind === 'NOT_ENOUGH' || problem.kind === 'OUT_OF_STOCK' ? 'SOLD_OUT' : 'NOT_SELLABLE',
        { problems: quote.problems },
      );
    const { cashFen } = quote.priced;
    if (quote.totalFen !== wish.expectedTotalFen || cashFen !== (wish.expectedCashFen ?? cashFen))
      throw refuseOrder('PRICE_CHANGED', {
        expectedFen: wish.expectedTotalFen,
        totalFen: quote.totalFen,
        cashFen,
        steps: quote.steps,
      });
    return quote;
  }

  /** The checkout may have stood open until the store shut: a brand without orders for the next day takes none then. */
  private async requirePickupNow(store: Store): Promise<void> {
    const { canPreorderPickup } = (await this.organization.brand(store.brandId)).mall;
    const offer = pickupOffer(store, this.parts.clock.now(), canPreorderPickup);
    if (!offer.isOffered) throw refuseOrder('FULFIL_NOT_OFFERED', undefined, offer.text);
  }

  private async address(actor: Consumer, wish: OrderWish): Promise<OrderAddress | null> {
    if (isTakenInStore(wish.fulfil)) return null;
    const { brandId, memberId } = actor;
    const saved = wish.addressId && (await this.parts.carts.address(brandId, memberId, wish.addressId as AddressId));
    if (!saved) throw refuseOrder('ADDRESS_NEEDED');
    return { ...saved, isDefault: false };
  }
}
