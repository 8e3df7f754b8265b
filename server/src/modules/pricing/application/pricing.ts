import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, type Fen, fen, type Id, minFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { ActivityFacts } from '@shuke/shared/rules';
import type { Queryable } from '../../../platform/database/database.js';
import { AppError, refusals } from '../../../platform/errors/app-error.js';
import { Catalog, type Offer } from '../../catalog/index.js';
import { Organization, type Store } from '../../organization/index.js';
import { type BestCoupons, bestCoupons } from '../domain/best-coupons.js';
import { lineProblem, type ProblemKind, problemText } from '../domain/line-problem.js';
import type { Fulfil, LinePrice, PriceStep } from '../domain/price-order.js';
import { type PipelineInput, type PricedOrder, type PricedOrderLine, pricePipeline } from '../domain/price-pipeline.js';
import { type BuyerTerms, BuyerTermsReader, type BuyerWish } from './buyer-terms.js';

type SkuId = Id<'sku'>;

/** What somebody would like to buy in a store. */
export interface PriceRequest {
  brandId: BrandId;
  store: Store;
  lines: readonly { skuId: SkuId; qty: number }[];
  fulfil: Fulfil;
  /** Who buys and with what; without it only the store's prices count. */
  buyer?: BuyerWish;
  /** A group's, bargain's or presale's agreed price. */
  activity?: ActivityFacts;
}

/** A priced line with what an order keeps of it. */
export interface QuoteLine extends LinePrice {
  skuId: SkuId;
  skuCode: string;
  productId: Id<'product'>;
  categoryId: Id<'category'>;
  name: string;
  colour: string;
  size: string;
  imageUrl: string;
  qty: number;
  unitPriceFen: Fen;
  /** The part of what the line has to pay that the wallet pays. */
  walletFen: Fen;
  /** Its shares of discounts, with who bears them. */
  applied: PricedOrder['lines'][number]['applied'];
}

/** What a checkout page offers besides WeChat Pay. */
export interface Offers {
  coupons: BestCoupons;
  points: { available: number; usable: number; usableFen: Fen };
  wallet: { availableFen: Fen; usableFen: Fen };
}

/** Why a line cannot be sold as wanted. */
export interface LineProblem {
  skuId: SkuId;
  kind: ProblemKind;
  available: number;
  text: string;
}

export interface Quote {
  /** Wanted lines in the order asked, the same SKU once; a SKU that the brand does not know is missing. */
  lines: QuoteLine[];
  goodsFen: Fen;
  freightFen: Fen;
  /** What the consumer owes: goods less discounts, plus freight. */
  totalFen: Fen;
  steps: PriceStep[];
  problems: LineProblem[];
  /** Everything that the pipeline says: discounts, uses, wallet and cash. */
  priced: PricedOrder;
  /** Presents of promotions that the store has on the shelf, at no price; the order takes them along. */
  gifts: QuoteLine[];
  offers: Offers | null;
}

const refusePrice = refusals({
  LINES_NOT_SELLABLE: [409, '有商品暂时不能购买'],
  STORE_NOT_SELLING: [409, '这家店暂时不营业，换一家店看看吧'],
  FULFIL_NOT_OFFERED: [409, '这家店不支持这种取货方式'],
});

/** The door to prices. Prices are always decided here from the store's rows, never taken from a client. */
@Injectable()
export class Pricing {
  constructor(
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(BuyerTermsReader) private readonly terms: BuyerTermsReader,
  ) {}

  /**
   * Prices wanted lines and explains the total; one statement, and more only for what the buyer wishes to use.
   * @param on the transaction of an order being submitted, else the database
   * @throws AppError STORE_NOT_SELLING for a store that is not open for business, FULFIL_NOT_OFFERED
   */
  async price(on: Queryable, request: PriceRequest): Promise<Quote> {
    const { brandId, store, fulfil } = request;
    if (store.status !== 'OPEN') throw refusePrice('STORE_NOT_SELLING');
    if (!(fulfil === 'SHIP' ? store.canShip : store.canPickup)) throw refusePrice('FULFIL_NOT_OFFERED');
    const wanted = new Map<SkuId, number>();
    for (const { skuId, qty } of request.lines) wanted.set(skuId, (wanted.get(skuId) ?? 0) + qty);
    const offers = new Map(
      (await this.catalog.offers(on, brandId, store.id, [...wanted.keys()])).map((offer) => [offer.skuId, offer]),
    );
    const known = [...wanted].flatMap(([skuId, qty]) => {
      const offer = offers.get(skuId);
      return offer ? [{ offer, qty }] : [];
    });
    const input = await this.input(on, request, known);
    const buyer = request.buyer;
    const chosen = new Set(buyer?.couponIds ?? []);
    const priced = pricePipeline({ ...input, coupons: input.coupons.filter((one) => chosen.has(one.couponId)) });
    const { goodsFen, freightFen, totalFen, steps } = priced;
    return {
      ...{ goodsFen, freightFen, totalFen, steps, priced },
      lines: known.map(({ offer, qty }, at) => quoteLine(offer, qty, priced.lines[at] as PricedOrderLine)),
      problems: [...wanted].flatMap(([skuId, qty]) => problemOf(skuId, offers.get(skuId) ?? null, qty)),
      gifts: priced.gifts.length > 0 ? await this.gifts(on, request, priced.gifts) : [],
      offers: buyer?.withOffers ? offersOf(input, priced) : null,
    };
  }

  /** A present that has run out is left out: the goods are still sold. */
  private async gifts(on: Queryable, { brandId, store }: PriceRequest, gifts: PricedOrder['gifts']) {
    const skuIds = [...new Set(gifts.map((gift) => gift.skuId as SkuId))];
    const offers = new Map(
      (await this.catalog.offers(on, brandId, store.id, skuIds)).map((offer) => [offer.skuId as string, offer]),
    );
    return gifts.flatMap(({ skuId, qty }) => {
      const offer = offers.get(skuId);
      if (!offer || offer.available < qty) return [];
      const free = { skuId, amountFen: ZERO_FEN, payableFen: ZERO_FEN, walletFen: ZERO_FEN, applied: [] };
      return [{ ...quoteLine(offer, qty, free), unitPriceFen: ZERO_FEN }];
    });
  }

  private async input(
    on: Queryable,
    { brandId, store, fulfil, buyer, activity }: PriceRequest,
    known: readonly { offer: Offer; qty: number }[],
  ): Promise<PipelineInput> {
    const { settings } = await this.organization.brand(brandId);
    const { deliveryFeeFen } = store;
    const terms = buyer ? await this.terms.read(on, brandId, store.id, buyer) : NOBODY;
    const isCharged = buyer !== undefined && fulfil === 'SHIP' && deliveryFeeFen > 0;
    const freeForLevel = isCharged ? await this.terms.freeFreightLevel(on, brandId, buyer.memberId) : null;
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
      buyer: { isNewMember: terms.isNewMember, isPickup: fulfil === 'PICKUP', usedCounts: terms.usedCounts },
      activity: activity ?? null,
      coupons: terms.coupons,
      points: terms.points && { ...terms.points, points: buyer?.points ?? 0 },
      freight: { deliveryFeeFen, freeFromFen: settings.freeFreightFromFen, freeForLevel },
      walletWishFen: fen(buyer?.walletFen ?? 0),
      walletBalanceFen: terms.walletFen,
    };
  }
}

const NOBODY: BuyerTerms = {
  promotions: [],
  isNewMember: false,
  usedCounts: new Map(),
  coupons: [],
  points: null,
  walletFen: ZERO_FEN,
};

const offersOf = (input: PipelineInput, priced: PricedOrder): Offers => ({
  coupons: bestCoupons(input),
  points: { available: input.points?.available ?? 0, usable: priced.pointsUsable, usableFen: priced.pointsUsableFen },
  wallet: { availableFen: input.walletBalanceFen, usableFen: minFen(input.walletBalanceFen, priced.totalFen) },
});

function quoteLine(offer: Offer, qty: number, price: PricedOrderLine): QuoteLine {
  const { skuId, skuCode, productId, categoryId, name, colour, size, imageUrl, priceFen } = offer;
  const { amountFen, payableFen, walletFen, applied } = price;
  return {
    ...{ skuId, skuCode, productId, categoryId, name, colour, size, imageUrl, qty, unitPriceFen: priceFen },
    ...{ amountFen, payableFen, walletFen, applied },
  };
}

function problemOf(skuId: SkuId, offer: Offer | null, qty: number): LineProblem[] {
  const kind = lineProblem(offer, qty);
  const available = offer?.available ?? 0;
  return kind ? [{ skuId, kind, available, text: problemText(kind, available) }] : [];
}

/** The refusal for a quote with problems: LINES_NOT_SELLABLE, its message the first problem, its detail all of them. */
export const refuseProblems = (problems: readonly LineProblem[]): AppError =>
  refusePrice('LINES_NOT_SELLABLE', { problems }, problems[0]?.text);
