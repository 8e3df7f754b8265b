import type { StoreId } from '@shuke/shared/kernel';
import { isWithin, type Reach } from './isolation.js';
import { serves } from './service-area.js';
import type { Guide, Position, Store, StoreAt } from './types.js';

export type ResolveRule =
  | 'LINK'
  | 'GUIDE'
  | 'LAST_CHOSEN'
  | 'SERVICE_AREA'
  | 'NEAREST'
  | 'CITY_LIST'
  | 'BRAND_MALL'
  | 'ISOLATED';

/** Everything the rule looks at. */
export interface ResolveFacts {
  /** The store behind the brand mall when that is what was asked for. */
  brandMall: StoreAt | null;
  /**
   * The store of an explicit link or scene code, whatever its status; null when there is none. A guide's link and a
   * scanned code win over isolation, an address that merely names a store does not.
   */
  linked: StoreAt | null;
  linkWins: boolean;
  /** The guide of the link, else the consumer's exclusive guide, with the guide's store. */
  guide: { guide: Pick<Guide, 'name' | 'status'>; at: StoreAt; isExclusive: boolean } | null;
  lastChosen: StoreAt | null;
  position: Position | null;
  /** Stores that serve now by distance, nearest first; empty when the position is not known. */
  nearest: readonly { store: Store; distanceM: number }[];
  /** How far the true position may be from the given one, in metres: 0 when exact. */
  uncertaintyM: number;
  reach: Reach;
}

export interface Resolution {
  store: StoreAt | null;
  rule: ResolveRule;
  /** The deciding rule in plain words for the consumer. */
  reason: string;
  /** What decided between stores whose areas both hold the position. */
  tieBreak: 'DISTANCE' | 'PRIORITY' | null;
  isUncertain: boolean;
  candidates: readonly StoreAt[];
}

/** wx.getFuzzyLocation blurs a position to a grid of a few kilometres (developers.weixin.qq.com, getFuzzyLocation). */
export const FUZZY_UNCERTAINTY_M = 3000;
/** Nearer to the truth than this a position counts as exact. */
export const EXACT_M = 100;
/** Stores whose distances differ by less are equally far: then headquarters' priority decides. */
export const TIE_M = 50;
const CANDIDATES_MAX = 5;

/** 「1.2km」, 「350m」. */
export function distanceText(metres: number): string {
  if (metres < 1000) return `${Math.max(10, Math.round(metres / 10) * 10)}m`;
  const km = metres / 1000;
  return km < 100 ? `${km.toFixed(1)}km` : `${Math.round(km)}km`;
}

const sells = (at: StoreAt | null): at is StoreAt => at !== null && at.store.status === 'OPEN';

function linkReason(store: Store): string {
  if (store.status === 'PAUSED') return '你打开的这家店暂停营业，可以先逛逛，也可以换一家';
  if (store.status === 'CLOSED') return '你打开的这家店已经停业，换一家看看吧';
  return '你打开的就是这家店的链接';
}

type Decided = (store: StoreAt, rule: ResolveRule, reason: string, tieBreak?: Resolution['tieBreak']) => Resolution;

/**
 * Decides which store a consumer enters (product.md M2): explicit link → guide's store → last chosen → nearest open
 * store whose service area holds the position → nearest → list by city. Stores that do not serve are skipped, except
 * for an explicit link, which says so. When the position is uncertain and a second store may as well be the nearest, the
 * person is asked and nothing is guessed. A brand that keeps areas apart answers within the visitor's reach only.
 */
export function resolveStore(facts: ResolveFacts): Resolution {
  const within = (one: StoreAt): boolean => isWithin(facts.reach, one.store.id);
  const nearest = facts.nearest.filter(within);
  const decided: Decided = (store, rule, reason, tieBreak = null) => ({
    store,
    rule,
    reason,
    tieBreak,
    isUncertain: false,
    candidates: nearest.filter((one) => one.store.id !== store.store.id).slice(0, CANDIDATES_MAX),
  });
  const { brandMall, linked, guide, lastChosen } = facts;
  if (brandMall) return decided(brandMall, 'BRAND_MALL', '你在品牌官方商城');
  const isLinkOpen = linked !== null && linked.store.status !== 'DRAFT';
  if (isLinkOpen && (facts.linkWins || within(linked))) return decided(linked, 'LINK', linkReason(linked.store));
  const found = byPerson(guide, lastChosen, within, decided) ?? byPosition({ ...facts, nearest }, decided);
  // Somebody wanted a store beyond the own area: that is said, and recorded.
  if (isLinkOpen && found.store)
    return { ...found, rule: 'ISOLATED', reason: `你所在的区域由 ${found.store.store.name} 为你服务` };
  return found;
}

function byPerson(
  guide: ResolveFacts['guide'],
  lastChosen: StoreAt | null,
  within: (one: StoreAt) => boolean,
  decided: Decided,
): Resolution | null {
  if (guide && guide.guide.status === 'ACTIVE' && sells(guide.at)) {
    const who = guide.isExclusive ? '你的专属导购' : '导购';
    return decided(guide.at, 'GUIDE', `${who} ${guide.guide.name} 所在门店`);
  }
  if (sells(lastChosen) && within(lastChosen)) return decided(lastChosen, 'LAST_CHOSEN', '你上次逛的就是这家');
  return null;
}

function byPosition(facts: ResolveFacts, decided: Decided): Resolution {
  const best = facts.nearest[0];
  if (!best || !facts.position) {
    const reason = '还不知道你在哪里，选一家常去的店吧';
    return { store: null, rule: 'CITY_LIST', reason, tieBreak: null, isUncertain: false, candidates: [] };
  }
  const position = facts.position;
  const serving = facts.nearest.filter((one) => serves(one.store, position));
  const { chosen, tieBreak } = ofServing(serving);
  const store = chosen ?? best;
  const rule = chosen ? 'SERVICE_AREA' : 'NEAREST';
  const rivals = facts.nearest.filter((one) => one.distanceM - best.distanceM <= facts.uncertaintyM);
  if (facts.uncertaintyM > 0 && rivals.length > 1) {
    const reason = `你附近有 ${rivals.length > CANDIDATES_MAX ? '好几' : rivals.length} 家店差不多远，想逛哪一家？`;
    return {
      store: null,
      rule,
      reason,
      tieBreak: null,
      isUncertain: true,
      candidates: rivals.slice(0, CANDIDATES_MAX),
    };
  }
  const far = distanceText(store.distanceM);
  if (!chosen) return decided(store, rule, `附近还没有门店，最近的一家离你 ${far}`);
  return decided(store, rule, chosen === best ? `离你最近 ${far}` : `离你 ${far}，送货范围能到你这里`, tieBreak);
}

/** Among stores that serve the position the nearest wins; among equally near ones headquarters' priority. */
function ofServing(serving: ResolveFacts['nearest']): {
  chosen: ResolveFacts['nearest'][number] | undefined;
  tieBreak: Resolution['tieBreak'];
} {
  const first = serving[0];
  if (!first || serving.length === 1) return { chosen: first, tieBreak: null };
  const even = serving.filter((one) => one.distanceM - first.distanceM <= TIE_M);
  const [best] = [...even].sort(
    (a, b) => b.store.setup.priority - a.store.setup.priority || a.distanceM - b.distanceM || order(a, b),
  );
  const byPriority = best !== undefined && even.some((one) => one.store.setup.priority !== best.store.setup.priority);
  return { chosen: best, tieBreak: byPriority ? 'PRIORITY' : 'DISTANCE' };
}

const order = (a: { store: { id: StoreId } }, b: { store: { id: StoreId } }): number =>
  a.store.id < b.store.id ? -1 : 1;
