import type { Fen } from '../../kernel/index.js';
import type { SetRule } from './piece-sets.js';

/** Who bears a discount, in basis points that sum to 10,000 over all bearers. */
export interface PriceBearer {
  party: string;
  bp: number;
}

/** From how much on a discount holds, and what it is worth there. */
export interface DiscountTier {
  /** Fen or pieces, as the condition counts. */
  at: number;
  /** A fixed cut of the whole order. */
  cutFen?: Fen;
  /** What remains to pay, in basis points. */
  payBp?: number;
  /** What goes along for nothing. */
  gift?: { skuId: string; qty: number };
}

/** A sum or a number of pieces that had to be reached. */
export interface ThresholdCondition {
  /** ADD_ON: a sum of other goods, which lets listed goods be added at a low price. */
  by: 'FEN' | 'PIECES' | 'ADD_ON';
  /** Left out: what was still to pay counted, and not the store's price. */
  basis?: 'LIST';
  /** The tier that was reached and those below it, lowest first. */
  tiers: readonly DiscountTier[];
  /** The one tier counts as often as it fits. */
  isEvery?: boolean;
  /** What this line counted towards it. */
  counted: number;
}

/** Pieces that are put together for one price. */
export interface SetCondition {
  by: 'SETS';
  rule: SetRule;
  /** Pieces of this line that sets could take: those of its sets, and those that no other play had. */
  counted: number;
}

/**
 * What a discount hung on when it was given, kept with each line's share, so that a refund can tell from the order alone
 * whether what stays still earns it.
 */
export type DiscountCondition = ThresholdCondition | SetCondition;

/** A discount that a line has a share in. Stored with the order's line at submission and never computed again. */
export interface AppliedShare {
  kind: 'PROMOTION' | 'LEVEL' | 'COUPON' | 'POINTS';
  id: string;
  name: string;
  fen: Fen;
  bearers: readonly PriceBearer[];
  /** Left out where the discount hangs on no threshold. */
  condition?: DiscountCondition;
  /** Of a present's own line: how many pieces the promotion gave, and what the store asked for one of them then. */
  gift?: { qty: number; unitPriceFen: Fen };
}

/** A wanted SKU with what the plays look at; each SKU comes once. */
export interface BasketLine {
  skuId: string;
  productId: string;
  categoryId: string;
  qty: number;
  /** The store's price. */
  unitPriceFen: Fen;
  /** Headquarters' list price. */
  listPriceFen: Fen;
}

/** Which goods take part; compiled once, asked for every line. */
export interface GoodsScope {
  kind: 'ALL' | 'CATEGORIES' | 'PRODUCTS' | 'SKUS';
  ids: ReadonlySet<string>;
  exceptProductIds: ReadonlySet<string>;
}

/** JOINT promotions of one group: the best of them counts. EXCLUSIVE: no other promotion of the whole order on its goods. */
export interface Stacking {
  mode: 'JOINT' | 'EXCLUSIVE';
  group: string;
  allowsCoupons: boolean;
  allowsPoints: boolean;
}

/** Facts about who buys. `isNewMember` is decided by One ID, over all of a person's identities and channels. */
export interface BuyerFacts {
  isNewMember: boolean;
  /** The goods are fetched in the store. */
  isPickup?: boolean;
  /** How often the buyer has used promotions that limit it; a missing one counts as never. */
  usedCounts?: ReadonlyMap<string, number>;
}

/** The order belongs to a group, a bargain or a presale, whose price for the SKU was agreed elsewhere. */
export interface ActivityFacts {
  promotionId: string;
  sessionId: string | null;
  skuId: string;
  unitPriceFen: Fen;
}

/** A line as a play sees it: pieces that no other play has claimed, and money that this play may still lower. */
export interface PlayLine extends BasketLine {
  /** Where the line stands in the basket; cuts name it. */
  at: number;
  freeQty: number;
  openFen: Fen;
}

export interface PlayView {
  lines: readonly PlayLine[];
  buyer: BuyerFacts;
  activity: ActivityFacts | null;
}

export interface Gift {
  promotionId: string;
  skuId: string;
  name: string;
  qty: number;
  /** The consumer may leave it. */
  isOptional: boolean;
}

/** The condition of an offer before it is known what each line counts. */
export type OfferCondition = Omit<ThresholdCondition, 'counted' | 'basis'> & { basis: 'PAID' | 'LIST' };

/** What a play gives: cuts of pieces (UNIT and ITEM plays) or one amount over its goods (ORDER plays). */
export interface PlayOffer {
  cuts: readonly { at: number; qty: number; fen: Fen }[];
  spreadFen: Fen;
  gifts: readonly Omit<Gift, 'promotionId'>[];
  explain: string;
  /** Of an ORDER play: from which sum on it holds. */
  condition?: OfferCondition;
  /** Of an ITEM play: what it hangs on, for each line that has a part in that, also where the cut falls on others. */
  hangsOn?: readonly { at: number; condition: DiscountCondition }[];
}

/** Why a play gives nothing, in plain words; `lackFen` says how much more would be enough. */
export interface PlayRefusal {
  failing: string;
  lackFen: Fen | null;
  /** False when there is nothing to tell the consumer: the basket holds none of its goods. */
  isNear: boolean;
}

/** A promotion ready to price: its rule is a function, everything else plain data. */
export interface PricedPromotion {
  id: string;
  /** Word of the play in Chinese: 「满减」 */
  label: string;
  name: string;
  /** UNIT sets the price of pieces (the lowest wins), ITEM combines pieces, ORDER looks at the sum. */
  stage: 'UNIT' | 'ITEM' | 'ORDER';
  /** Order within a stage by play, then higher priority, then id. */
  rank: number;
  priority: number;
  scope: GoodsScope;
  stacking: Stacking;
  bearers: readonly PriceBearer[];
  memberLimit: number | null;
  /** Of promotions on the price of pieces that name the same here, an order takes one: the one that saves most. */
  onlyOneOf?: string;
  /** What is left of its budget, as far as known; the use is checked again when the order is submitted. */
  budgetLeftFen: Fen | null;
  price(view: PlayView): PlayOffer | PlayRefusal;
}

/** A promotion that counts, as the order records it: pieces, money, and for a SKU's own slice the SKU. */
export interface PromotionUse {
  promotionId: string;
  skuId: string | null;
  qty: number;
  fen: Fen;
}

export interface PriceStepText {
  label: string;
  /** Negative for a discount; all steps sum to the total. */
  amountFen: Fen;
  explain: string;
}

export interface UnusedPromotion {
  promotionId: string;
  label: string;
  name: string;
  failing: string;
  lackFen: Fen | null;
}

export const isRefusal = (answer: PlayOffer | PlayRefusal): answer is PlayRefusal => 'failing' in answer;

/** True when the scope holds the goods. */
export function inScope(scope: GoodsScope, line: Pick<BasketLine, 'skuId' | 'productId' | 'categoryId'>): boolean {
  if (scope.exceptProductIds.has(line.productId)) return false;
  switch (scope.kind) {
    case 'ALL':
      return true;
    case 'CATEGORIES':
      return scope.ids.has(line.categoryId);
    case 'PRODUCTS':
      return scope.ids.has(line.productId);
    case 'SKUS':
      return scope.ids.has(line.skuId);
  }
}
