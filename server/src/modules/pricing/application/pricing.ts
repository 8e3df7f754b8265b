import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Fen, Id } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import { AppError, refusals } from '../../../platform/errors/app-error.js';
import { Catalog, type Offer } from '../../catalog/index.js';
import { Organization, type Store } from '../../organization/index.js';
import { lineProblem, type ProblemKind, problemText } from '../domain/line-problem.js';
import { type Fulfil, type LinePrice, type PriceStep, priceOrder } from '../domain/price-order.js';

type SkuId = Id<'sku'>;

/** What somebody would like to buy in a store. */
export interface PriceRequest {
  brandId: BrandId;
  store: Store;
  lines: readonly { skuId: SkuId; qty: number }[];
  fulfil: Fulfil;
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
  /** What the consumer pays: goods plus freight. */
  totalFen: Fen;
  steps: PriceStep[];
  problems: LineProblem[];
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
  ) {}

  /**
   * Prices wanted lines in one statement and explains the total.
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
    const { settings } = await this.organization.brand(brandId);
    const priced = priceOrder(
      known.map(({ offer, qty }) => ({ skuId: offer.skuId, qty, unitPriceFen: offer.priceFen })),
      store.name,
      fulfil,
      { deliveryFeeFen: store.deliveryFeeFen, freeFromFen: settings.freeFreightFromFen },
    );
    return {
      ...priced,
      lines: known.map(({ offer, qty }, at) => quoteLine(offer, qty, priced.lines[at] as LinePrice)),
      problems: [...wanted].flatMap(([skuId, qty]) => problemOf(skuId, offers.get(skuId) ?? null, qty)),
    };
  }
}

function quoteLine(offer: Offer, qty: number, price: LinePrice): QuoteLine {
  const { skuId, skuCode, productId, categoryId, name, colour, size, imageUrl, priceFen } = offer;
  return { skuId, skuCode, productId, categoryId, name, colour, size, imageUrl, qty, unitPriceFen: priceFen, ...price };
}

function problemOf(skuId: SkuId, offer: Offer | null, qty: number): LineProblem[] {
  const kind = lineProblem(offer, qty);
  const available = offer?.available ?? 0;
  return kind ? [{ skuId, kind, available, text: problemText(kind, available) }] : [];
}

/** The refusal for a quote with problems: LINES_NOT_SELLABLE, its message the first problem, its detail all of them. */
export const refuseProblems = (problems: readonly LineProblem[]): AppError =>
  refusePrice('LINES_NOT_SELLABLE', { problems }, problems[0]?.text);
