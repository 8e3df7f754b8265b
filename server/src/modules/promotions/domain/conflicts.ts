import type { PromotionCheck } from '@shuke/shared/contracts';
import { inScope } from '@shuke/shared/rules';
import { ACTIVITY_KINDS, playOf } from './plays/all-plays.js';
import { type Promotion, reaches, type StoreFacts, scopeOf, stackingOf } from './promotion.js';

type Conflict = PromotionCheck['conflicts'][number];
export interface ShelfGoods {
  skuId: string;
  productId: string;
  categoryId: string;
}

/** What two promotions do to the same goods: both count, or only one of them. */
function effectOf(a: Promotion, b: Promotion): { effect: Conflict['effect']; why: string } {
  const [stageA, stageB] = [playOf(a.kind).stage, playOf(b.kind).stage];
  const [stackA, stackB] = [stackingOf(a), stackingOf(b)];
  if (ACTIVITY_KINDS.has(a.kind) || ACTIVITY_KINDS.has(b.kind))
    return { effect: 'EXCLUDES', why: '拼团、砍价、预售单独下单，不和别的活动叠加' };
  if (stageA === 'UNIT' && stageB === 'UNIT') return { effect: 'EXCLUDES', why: '同一件商品按更低的活动价算' };
  if (stageA !== 'ORDER' && stageB !== 'ORDER') return { effect: 'EXCLUDES', why: '同一件商品只能算进其中一个活动' };
  if (stackA.mode === 'EXCLUSIVE' || stackB.mode === 'EXCLUSIVE')
    return { effect: 'EXCLUDES', why: '有一个活动不和别的活动叠加' };
  if (stageA === 'ORDER' && stageB === 'ORDER' && stackA.group === stackB.group)
    return { effect: 'EXCLUDES', why: '同一组的活动只算优惠最大的一个' };
  return { effect: 'STACKS', why: '两个优惠会叠加在同一件商品上' };
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);
const sooner = (a: Date, b: Date): Date => (a < b ? a : b);

/**
 * The promotions that meet a draft on the same goods, in the same stores, at the same time, and what happens there.
 * @param shelf the goods that exist, so that a category and a list of SKUs can be compared
 */
export function conflictsOf(
  draft: Promotion,
  others: readonly Promotion[],
  shelf: readonly ShelfGoods[],
  stores: readonly StoreFacts[],
): Conflict[] {
  const mine = shelf.filter((goods) => inScope(scopeOf(draft), goods));
  const here = stores.filter((store) => reaches(draft, store));
  return others.flatMap((other): Conflict[] => {
    if (other.id === draft.id || other.startsAt >= draft.endsAt || draft.startsAt >= other.endsAt) return [];
    const scope = scopeOf(other);
    const skuCount = mine.filter((goods) => inScope(scope, goods)).length;
    const storeCount = here.filter((store) => reaches(other, store)).length;
    if (skuCount === 0 || storeCount === 0) return [];
    const { effect, why } = effectOf(draft, other);
    const isWarning = effect === 'STACKS' || other.kind === draft.kind;
    return [
      {
        promotionId: other.id,
        name: other.name,
        label: playOf(other.kind).label,
        effect,
        severity: isWarning ? 'WARN' : 'INFO',
        text: `和「${other.name}」有 ${skuCount} 款商品、${storeCount} 家门店重叠：${why}`,
        skuCount,
        storeCount,
        fromAt: later(draft.startsAt, other.startsAt).toISOString(),
        untilAt: sooner(draft.endsAt, other.endsAt).toISOString(),
      },
    ];
  });
}
