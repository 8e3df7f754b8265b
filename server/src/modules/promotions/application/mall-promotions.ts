import { Inject, Injectable } from '@nestjs/common';
import type { mallRoutes, PromotionCard, PromotionItem, QueryOf, ResponseOf } from '@shuke/shared/contracts';
import { type BrandId, DAY_MS, type Fen, type Id, type StoreId } from '@shuke/shared/kernel';
import { inScope } from '@shuke/shared/rules';
import type { Actor } from '../../../platform/access/actor.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Catalog, type Offer, type SkuId } from '../../catalog/index.js';
import { Organization } from '../../organization/index.js';
import { leftOf } from '../domain/open-slices.js';
import { playOf } from '../domain/plays/all-plays.js';
import { type LivePromotion, type Promotion, scopeOf, stateAt } from '../domain/promotion.js';
import type { SliceRow } from '../persistence/counter-rows.js';
import { ShelfStore } from '../persistence/shelf.store.js';
import { SliceStore } from '../persistence/slice.store.js';
import { Promotions } from './promotions.js';
import { PromotionTools } from './tools.js';

const AHEAD_MS = 2 * DAY_MS;
const MOST_ITEMS = 60;

/** What a SKU costs in a promotion, as the mall shows it; null when the store does not sell it. */
export function itemOf(
  promotion: Promotion,
  offer: Offer | undefined,
  slices: ReadonlyMap<string, SliceRow>,
): PromotionItem | null {
  if (!offer) return null;
  const play = playOf(promotion.kind);
  const isSliced = play.sliceQty(promotion.terms, offer.skuId) !== null;
  const slice = slices.get(`${promotion.id}:${offer.skuId}`);
  const priceFen: Fen = play.skuPriceFen(promotion.terms, offer.skuId, offer.priceFen) ?? offer.priceFen;
  // What the slice was given here, which may be less than was planned for it.
  const sliceQty = isSliced ? (slice?.held ?? 0) : null;
  const leftQty = isSliced ? (slice ? leftOf(slice) : 0) : null;
  return {
    skuId: offer.skuId,
    productId: offer.productId,
    name: offer.name,
    spec: `${offer.colour} ${offer.size}`.trim(),
    imageUrl: offer.imageUrl,
    shelfPriceFen: offer.priceFen,
    priceFen,
    leftQty,
    sliceQty,
    isHere: leftQty === null ? offer.available > 0 : leftQty > 0,
  };
}

/** Promotions as consumers see them. */
@Injectable()
export class MallPromotions {
  private readonly slices = new SliceStore();
  private readonly shelf = new ShelfStore();

  constructor(
    @Inject(PromotionTools) private readonly tools: PromotionTools,
    @Inject(Promotions) private readonly promotions: Promotions,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Catalog) private readonly catalog: Catalog,
  ) {}

  /** A store's live promotions and those that begin within two days; three statements at most. */
  async list(
    actor: Actor,
    query: QueryOf<typeof mallRoutes.promotions>,
  ): Promise<ResponseOf<typeof mallRoutes.promotions>> {
    const store = await this.organization.requireStore(actor, query.storeId as StoreId);
    const soon = new Date(this.tools.clock.now() + AHEAD_MS);
    const all = await this.promotions.published(actor.brandId, store.id);
    const wanted = all.filter(
      ({ promotion }) => promotion.startsAt <= soon && (!query.kind || promotion.kind === query.kind),
    );
    const cards = await this.cards(actor.brandId, store.id, wanted);
    if (!query.productId) return { items: cards };
    const of = await this.productFacts(actor.brandId, query.productId as Id<'product'>, store.id);
    return {
      items: cards.filter((card) => {
        const promotion = wanted.find((one) => one.id === card.id);
        return (
          card.items.some((item) => item.productId === query.productId) ||
          (promotion && of && inScope(scopeOf(promotion.promotion), of))
        );
      }),
    };
  }

  /** @throws AppError NOT_FOUND for one that is not published or does not reach the store */
  async one(actor: Actor, id: Id, storeId: StoreId): Promise<PromotionCard> {
    const store = await this.organization.requireStore(actor, storeId);
    const found = (await this.promotions.published(actor.brandId, store.id)).find((one) => one.id === id);
    if (!found) throw refuse('NOT_FOUND');
    const [card] = await this.cards(actor.brandId, store.id, [found]);
    if (!card) throw refuse('NOT_FOUND');
    return card;
  }

  private async cards(brandId: BrandId, storeId: StoreId, list: readonly LivePromotion[]): Promise<PromotionCard[]> {
    const { database, clock } = this.tools;
    const named = list.map(({ promotion }) => playOf(promotion.kind).skuIds(promotion.terms).slice(0, MOST_ITEMS));
    const skuIds = [...new Set(named.flat())] as SkuId[];
    const sliced = list.filter(({ promotion }) => promotion.kind === 'SECKILL').map((one) => one.id);
    const [offers, rows] = await Promise.all([
      skuIds.length > 0 ? this.catalog.offers(database, brandId, storeId, skuIds) : [],
      this.slices.of(database, brandId, sliced, storeId),
    ]);
    const slices = new Map(rows.map((row) => [`${row.promotionId}:${row.skuId}`, row]));
    const bySku = new Map<string, Offer>(offers.map((offer) => [offer.skuId, offer]));
    return list.map(({ promotion }, at) => {
      const play = playOf(promotion.kind);
      const scope = scopeOf(promotion);
      return {
        id: promotion.id,
        kind: promotion.kind,
        label: play.label,
        name: promotion.name,
        text: play.text(promotion.terms),
        startsAt: promotion.startsAt.toISOString(),
        endsAt: promotion.endsAt.toISOString(),
        state: stateAt(promotion, clock.date()) as PromotionCard['state'],
        rules: play.rules(promotion.terms),
        productIds: scope.kind === 'PRODUCTS' ? [...scope.ids].slice(0, 100) : [],
        // What the store has comes first: a plan names sizes that may have run out here.
        items: (named[at] ?? [])
          .flatMap((skuId) => itemOf(promotion, bySku.get(skuId), slices) ?? [])
          .sort((a, b) => Number(b.isHere) - Number(a.isHere)),
      };
    });
  }

  /** The category of a product, to find promotions of whole categories. */
  private async productFacts(brandId: BrandId, productId: Id<'product'>, storeId: StoreId) {
    const categoryId = await this.shelf.categoryOf(this.tools.database, brandId, storeId, productId);
    return categoryId ? { skuId: '', productId, categoryId } : null;
  }
}
