import type { BrandId, Fen, Id, StoreId } from '@shuke/shared/kernel';
import type { ActivityFacts } from '@shuke/shared/rules';
import type { Position, Store } from '../../organization/index.js';
import type { BestCoupons } from '../domain/best-coupons.js';
import type { ProblemKind } from '../domain/line-problem.js';
import type { Fulfil, LinePrice, PriceStep } from '../domain/price-line.js';
import type { PricedOrder } from '../domain/price-pipeline.js';
import type { BuyerWish } from './buyer-terms.js';

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
  /** Where a local delivery goes. */
  delivery?: Position | undefined;
  /** The buyer does not want the presents. */
  noGifts?: boolean | undefined;
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
  /** Pieces that come from a slice which a promotion has set aside. */
  fromSlice: number;
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
  /** What the SKU is called, colour and size included; empty for one that the brand does not know. */
  name: string;
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
  /** Presents that were promised and have run out; the order goes on without them. */
  goneGifts: { skuId: SkuId; name: string }[];
  offers: Offers | null;
  /** How far a local delivery goes. */
  distanceM: number | null;
  /** What another store sends, because this one has run out; by SKU. */
  elsewhere: ReadonlyMap<string, StoreId>;
}
