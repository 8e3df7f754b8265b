import { Inject, Injectable } from '@nestjs/common';
import { type Fen, fen, type Id, minFen, mulFen, type StoreId, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { PricedPromotion } from '@shuke/shared/rules';
import type { Queryable } from '../../../platform/database/database.js';
import { AppError, refusals } from '../../../platform/errors/app-error.js';
import { Catalog, type Offer } from '../../catalog/index.js';
import { CrossStore } from '../../inventory/index.js';
import { Deliveries, deliveryText, Organization, type Store } from '../../organization/index.js';
import { bestCoupons } from '../domain/best-coupons.js';
import { lineProblem } from '../domain/line-problem.js';
import { presentShares } from '../domain/present-shares.js';
import type { Fulfil } from '../domain/price-line.js';
import { type PipelineInput, type PricedOrder, type PricedOrderLine, pricePipeline } from '../domain/price-pipeline.js';
import { sliceUses, withSlice } from '../domain/slices.js';
import { type BuyerTerms, BuyerTermsReader } from './buyer-terms.js';
import type { LineProblem, Offers, PriceRequest, Quote } from './quote.js';
import { nameOf, problemOf, quoteLine } from './quote-line.js';

type SkuId = Id<'sku'>;

const refusePrice = refusals({
  LINES_NOT_SELLABLE: [409, '有商品暂时不能购买'],
  STORE_NOT_SELLING: [409, '这家店暂时不营业，换一家店看看吧'],
  DELIVERY_NOT_OFFERED: [409, '现在不能同城配送到这里'],
  FULFIL_NOT_OFFERED: [409, '这家店不支持这种取货方式'],
});

/** The door to prices. Prices are always decided here from the store's rows, never taken from a client. */
@Injectable()
export class Pricing {
  constructor(
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(BuyerTermsReader) private readonly terms: BuyerTermsReader,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(CrossStore) private readonly crossStore: CrossStore,
  ) {}

  /**
   * Prices wanted lines and explains the total; one statement, and more only for what the buyer wishes to use.
   * @param on the transaction of an order being submitted, else the database
   * @throws AppError STORE_NOT_SELLING for a store that is not open for business, FULFIL_NOT_OFFERED, DELIVERY_NOT_OFFERED
   */
  async price(on: Queryable, request: PriceRequest): Promise<Quote> {
    const { brandId, store, fulfil } = request;
    if (store.status !== 'OPEN') throw refusePrice('STORE_NOT_SELLING');
    if (!isOffered(store, fulfil)) throw refusePrice('FULFIL_NOT_OFFERED');
    const wanted = new Map<SkuId, number>();
    for (const { skuId, qty } of request.lines) wanted.set(skuId, (wanted.get(skuId) ?? 0) + qty);
    const offers = new Map(
      (await this.catalog.offers(on, brandId, store.id, [...wanted.keys()])).map((offer) => [offer.skuId, offer]),
    );
    const known = [...wanted].flatMap(([skuId, qty]) => {
      const offer = offers.get(skuId);
      return offer ? [{ offer, qty }] : [];
    });
    const local = fulfil === 'DELIVERY' ? await this.local(request, known) : null;
    const input = await this.input(on, request, known, local?.feeFen ?? null);
    const buyer = request.buyer;
    const chosen = new Set(buyer?.couponIds ?? []);
    const priced = pricePipeline({ ...input, coupons: input.coupons.filter((one) => chosen.has(one.couponId)) });
    const { goodsFen, freightFen, totalFen, steps } = priced;
    const slices = sliceUses(input.promotions, priced);
    const reach = (offer: Offer) => withSlice(offer, slices.get(offer.skuId) ?? 0);
    const elsewhere = await this.elsewhere(on, request, known, slices);
    const wishes = request.noGifts ? [] : priced.gifts;
    const { gifts, goneGifts } = await this.gifts(on, request, wishes, { wanted, promotions: input.promotions });
    return {
      goodsFen,
      freightFen,
      totalFen,
      steps,
      priced,
      gifts,
      goneGifts,
      lines: known.map(({ offer, qty }, at) => ({
        ...quoteLine(offer, qty, priced.lines[at] as PricedOrderLine),
        fromSlice: slices.get(offer.skuId) ?? 0,
      })),
      problems: [...wanted].flatMap(([skuId, qty]) => {
        const offer = offers.get(skuId);
        return elsewhere.has(skuId) ? [] : problemOf(skuId, offer ? reach(offer) : null, qty);
      }),
      elsewhere,
      distanceM: local?.distanceM ?? null,
      offers: buyer?.withOffers ? offersOf(input, priced) : null,
    };
  }

  /** Which lines another store sends, where the brand lets goods be sent across; read only when something has run out. */
  private async elsewhere(
    on: Queryable,
    { brandId, store, fulfil }: PriceRequest,
    known: readonly { offer: Offer; qty: number }[],
    slices: ReadonlyMap<string, number>,
  ): Promise<ReadonlyMap<string, StoreId>> {
    const short = known.filter(({ offer, qty }) => {
      // What is set aside in this store cannot come from another.
      if (slices.has(offer.skuId)) return false;
      const kind = lineProblem(offer, qty);
      return kind === 'OUT_OF_STOCK' || kind === 'NOT_ENOUGH';
    });
    if (short.length === 0 || fulfil !== 'SHIP') return new Map();
    return this.crossStore.covering(
      on,
      brandId,
      store.id,
      short.map(({ offer, qty }) => ({ skuId: offer.skuId, qty })),
    );
  }

  /** Fee and distance of a local delivery. @throws AppError DELIVERY_NOT_OFFERED with the problem in its detail */
  private async local({ brandId, store, delivery }: PriceRequest, known: readonly { offer: Offer; qty: number }[]) {
    if (!delivery) throw refusePrice('DELIVERY_NOT_OFFERED', { problem: 'NO_POSITION' });
    const goods = sumFen(known.map(({ offer, qty }) => mulFen(offer.priceFen, qty)));
    const { problem, distanceM } = await this.deliveries.quote(brandId, store.id, delivery, goods);
    const { feeFen } = await this.deliveries.quote(brandId, store.id, delivery, ZERO_FEN);
    if (problem || feeFen === null) {
      const why = deliveryText(problem ?? 'TOO_FAR', store, distanceM);
      throw refusePrice('DELIVERY_NOT_OFFERED', { problem: problem ?? 'TOO_FAR' }, why);
    }
    return { feeFen, distanceM };
  }

  /** A present that has run out, or cannot go the way that the goods go, is left out: the goods are still sold. */
  private async gifts(
    on: Queryable,
    { brandId, store, fulfil }: PriceRequest,
    promised: PricedOrder['gifts'],
    { wanted, promotions }: { wanted: ReadonlyMap<SkuId, number>; promotions: readonly PricedPromotion[] },
  ): Promise<Pick<Quote, 'gifts' | 'goneGifts'>> {
    if (promised.length === 0) return { gifts: [], goneGifts: [] };
    const qtyOf = new Map<SkuId, number>();
    for (const { skuId, qty } of promised) qtyOf.set(skuId as SkuId, (qtyOf.get(skuId as SkuId) ?? 0) + qty);
    const offers = await this.catalog.offers(on, brandId, store.id, [...qtyOf.keys()]);
    const isThere = (offer: Offer) =>
      // What is bought of the same SKU goes first.
      offer.available - (wanted.get(offer.skuId) ?? 0) >= (qtyOf.get(offer.skuId) ?? 0) &&
      (fulfil === 'SHIP' || fulfil === 'DELIVERY' ? offer.forDelivery : offer.forPickup);
    const free = { amountFen: ZERO_FEN, payableFen: ZERO_FEN, walletFen: ZERO_FEN };
    return {
      gifts: offers.filter(isThere).map((offer) => ({
        ...quoteLine(offer, qtyOf.get(offer.skuId) ?? 1, {
          skuId: offer.skuId,
          ...free,
          applied: presentShares({ skuId: offer.skuId, unitPriceFen: offer.priceFen }, promised, promotions),
        }),
        unitPriceFen: ZERO_FEN,
      })),
      goneGifts: offers
        .filter((offer) => !isThere(offer))
        .map((offer) => ({ skuId: offer.skuId, name: nameOf(offer) })),
    };
  }

  private async input(
    on: Queryable,
    { brandId, store, fulfil, buyer, activity }: PriceRequest,
    known: readonly { offer: Offer; qty: number }[],
    localFeeFen: Fen | null,
  ): Promise<PipelineInput & Pick<BuyerTerms, 'promotions'>> {
    const { settings } = await this.organization.brand(brandId);
    const skuIds = known.map(({ offer }) => offer.skuId);
    const terms = buyer ? await this.terms.read(on, brandId, store.id, buyer, skuIds) : NOBODY;
    const freeForLevel = terms.level?.isFreightFree ? terms.level.name : null;
    const freight =
      localFeeFen === null
        ? { deliveryFeeFen: store.deliveryFeeFen, freeFromFen: settings.freeFreightFromFen, freeForLevel }
        : { deliveryFeeFen: localFeeFen, freeFromFen: store.setup.service.delivery.freeFromFen, freeForLevel };
    return {
      storeName: store.name,
      fulfil,
      lines: known.map(({ offer, qty }) => ({
        skuId: offer.skuId,
        productId: offer.productId,
        categoryId: offer.categoryId,
        qty,
        unitPriceFen: offer.priceFen,
        listPriceFen: offer.listPriceFen,
      })),
      promotions: terms.promotions,
      buyer: {
        isNewMember: terms.isNewMember,
        isPickup: fulfil === 'PICKUP' || fulfil === 'SCAN_AND_GO',
        usedCounts: terms.usedCounts,
      },
      level: terms.level,
      activity: activity ?? null,
      coupons: terms.coupons,
      points: terms.points && { ...terms.points, points: buyer?.points ?? 0 },
      freight,
      walletWishFen: fen(buyer?.walletFen ?? 0),
      walletBalanceFen: terms.walletFen,
    };
  }
}

const NOBODY: BuyerTerms = {
  promotions: [],
  isNewMember: false,
  usedCounts: new Map(),
  level: null,
  coupons: [],
  points: null,
  walletFen: ZERO_FEN,
};

/** Whether a store gives goods away in this way at all; a local delivery has more conditions of its own. */
export const isOffered = (store: Store, fulfil: Fulfil): boolean => {
  if (fulfil === 'SHIP') return store.canShip;
  return fulfil === 'DELIVERY' ? store.setup.service.delivery.isOn : store.canPickup;
};

const offersOf = (input: PipelineInput, priced: PricedOrder): Offers => ({
  coupons: bestCoupons(input),
  points: { available: input.points?.available ?? 0, usable: priced.pointsUsable, usableFen: priced.pointsUsableFen },
  wallet: { availableFen: input.walletBalanceFen, usableFen: minFen(input.walletBalanceFen, priced.totalFen) },
});

/** The refusal for a quote with problems: LINES_NOT_SELLABLE, its message the first problem, its detail all of them. */
export const refuseProblems = (problems: readonly LineProblem[]): AppError =>
  refusePrice('LINES_NOT_SELLABLE', { problems }, problems[0]?.text);
