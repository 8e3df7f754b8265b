import { WHOLE_BP } from '../../kernel/index.js';
import type { SplitInput, SplitLegRule, SplitLine, SplitRule, StoreKind } from './split-types.js';

function specificity(leg: SplitLegRule): number {
  return (leg.categoryIds ? 2 : 0) + (leg.storeKinds ? 1 : 0);
}

function matches(leg: SplitLegRule, storeKind: StoreKind, categoryId: string): boolean {
  if (leg.storeKinds && !leg.storeKinds.includes(storeKind)) return false;
  return !leg.categoryIds || leg.categoryIds.includes(categoryId);
}

/**
 * The ratio of a party for goods of a category in a kind of store: of the legs that match, the most specific one, and
 * among equals the first. No leg means zero.
 */
export function ratioFor(rule: SplitRule, party: 'BRAND' | 'GUIDE', storeKind: StoreKind, categoryId: string): number {
  let best: SplitLegRule | null = null;
  for (const leg of rule.legs) {
    if (leg.party !== party || !matches(leg, storeKind, categoryId)) continue;
    if (best === null || specificity(leg) > specificity(best)) best = leg;
  }
  return best?.ratioBp ?? 0;
}

/** The ratio of a party for one line of an order; who does not take part has none. */
export function lineRatio(rule: SplitRule, input: SplitInput, party: 'BRAND' | 'GUIDE', line: SplitLine): number {
  if (party === 'GUIDE' && input.guide === null) return 0;
  // In a self-run store the brand is the owner and gets the rest; a leg for it would count it twice.
  if (party === 'BRAND' && input.owner.party === 'BRAND') return 0;
  return ratioFor(rule, party, input.storeKind, line.categoryId);
}

export interface RuleCheck {
  isAcceptable: boolean;
  worstCaseBp: number;
  capBp: number;
  problems: string[];
}

/**
 * Worst case of a rule against the channel's cap (product.md S1). In store-collect mode what brand and guide get leaves
 * the franchisee's merchant number by profit sharing, so together they may take at most the cap of what is left after
 * the channel's fee, for any mix of goods. Source of the cap and of the safe base: reference/wechat-pay.md §5.3–5.4.
 *
 * @param channelCapBp the ratio that the channel allows, 3,000 by default
 * @param feeBp the channel's fee
 */
export function checkRule(rule: SplitRule, channelCapBp: number, feeBp: number): RuleCheck {
  const capBp = Math.floor((channelCapBp * (WHOLE_BP - feeBp)) / WHOLE_BP);
  const categories = new Set(['', ...rule.legs.flatMap((leg) => leg.categoryIds ?? [])]);
  const problems: string[] = [];
  let worstCaseBp = 0;
  for (const storeKind of ['FRANCHISE', 'SELF'] as const) {
    for (const categoryId of categories) {
      const brand = storeKind === 'SELF' ? 0 : ratioFor(rule, 'BRAND', storeKind, categoryId);
      const total = brand + ratioFor(rule, 'GUIDE', storeKind, categoryId);
      worstCaseBp = Math.max(worstCaseBp, total);
    }
  }
  if (worstCaseBp > capBp) {
    problems.push(
      `最坏情况下品牌和导购合计分走 ${percent(worstCaseBp)}，超过微信支付分账上限 ${percent(channelCapBp)}（扣除 ${percent(feeBp)} 手续费后可分 ${percent(capBp)}）`,
    );
  }
  const seen = new Set<string>();
  for (const leg of rule.legs) {
    const key = JSON.stringify([leg.party, [...(leg.storeKinds ?? [])].sort(), [...(leg.categoryIds ?? [])].sort()]);
    if (seen.has(key))
      problems.push(`有两条条件完全相同的${leg.party === 'BRAND' ? '品牌' : '导购'}规则，后一条永远不会生效`);
    seen.add(key);
  }
  return { isAcceptable: problems.length === 0, worstCaseBp, capBp, problems };
}

/** 1250 → "12.5%", by digits only. */
export function percent(bp: number): string {
  const whole = Math.floor(bp / 100);
  const rest = String(bp % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${whole}${rest === '' ? '' : `.${rest}`}%`;
}
