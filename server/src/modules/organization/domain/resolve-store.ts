import type { StoreId } from '@shuke/shared/kernel';
import type { Guide, Store, StoreAt } from './types.js';

export type ResolveRule = 'LINK' | 'GUIDE' | 'LAST_CHOSEN' | 'SERVICE_AREA' | 'NEAREST' | 'CITY_LIST';

/** Everything the rule looks at. */
export interface ResolveFacts {
  /** The store of an explicit link or scene code, whatever its status; null when there is none. */
  linked: StoreAt | null;
  /** The guide of the link, else the consumer's exclusive guide, with the guide's store. */
  guide: { guide: Pick<Guide, 'name' | 'status'>; at: StoreAt; isExclusive: boolean } | null;
  lastChosen: StoreAt | null;
  /** Open stores by distance, nearest first; empty when the position is not known. */
  nearest: readonly { store: Store; distanceM: number }[];
  /** How far the true position may be from the given one, in metres: 0 when exact. */
  uncertaintyM: number;
}

export interface Resolution {
  store: StoreAt | null;
  rule: ResolveRule;
  /** The deciding rule in plain words for the consumer. */
  reason: string;
  isUncertain: boolean;
  candidates: readonly StoreAt[];
}

/** wx.getFuzzyLocation blurs a position to a grid of a few kilometres (developers.weixin.qq.com, getFuzzyLocation). */
export const FUZZY_UNCERTAINTY_M = 3000;
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

/**
 * Decides which store a consumer enters (product.md M2): explicit link → guide's store → last chosen → nearest open
 * store whose service area holds the position → nearest → list by city. Stores that are not open are skipped, except
 * for an explicit link, which says so. When the position is fuzzy and a second store may as well be the nearest, the
 * person is asked and nothing is guessed.
 */
export function resolveStore(facts: ResolveFacts): Resolution {
  const others = (chosen: StoreId) => facts.nearest.filter((one) => one.store.id !== chosen).slice(0, CANDIDATES_MAX);
  const decided = (store: StoreAt, rule: ResolveRule, reason: string): Resolution => ({
    store,
    rule,
    reason,
    isUncertain: false,
    candidates: others(store.store.id),
  });
  const { linked, guide, lastChosen } = facts;
  if (linked && linked.store.status !== 'DRAFT') return decided(linked, 'LINK', linkReason(linked.store));
  if (guide && guide.guide.status === 'ACTIVE' && sells(guide.at)) {
    const who = guide.isExclusive ? '你的专属导购' : '导购';
    return decided(guide.at, 'GUIDE', `${who} ${guide.guide.name} 所在门店`);
  }
  if (sells(lastChosen)) return decided(lastChosen, 'LAST_CHOSEN', '你上次逛的就是这家');
  return byPosition(facts, decided);
}

function byPosition(
  facts: ResolveFacts,
  decided: (store: StoreAt, rule: ResolveRule, reason: string) => Resolution,
): Resolution {
  const best = facts.nearest[0];
  if (!best) {
    const reason = '还不知道你在哪里，选一家常去的店吧';
    return { store: null, rule: 'CITY_LIST', reason, isUncertain: false, candidates: [] };
  }
  const serving = facts.nearest.find((one) => one.distanceM <= one.store.serviceRadiusM);
  const chosen = serving ?? best;
  const rule = serving ? 'SERVICE_AREA' : 'NEAREST';
  const rivals = facts.nearest.filter((one) => one.distanceM - best.distanceM <= facts.uncertaintyM);
  if (facts.uncertaintyM > 0 && rivals.length > 1) {
    const reason = `你附近有 ${rivals.length > CANDIDATES_MAX ? '好几' : rivals.length} 家店差不多远，想逛哪一家？`;
    return { store: null, rule, reason, isUncertain: true, candidates: rivals.slice(0, CANDIDATES_MAX) };
  }
  const far = distanceText(chosen.distanceM);
  return serving
    ? decided(chosen, rule, chosen === best ? `离你最近 ${far}` : `离你 ${far}，送货范围能到你这里`)
    : decided(chosen, rule, `附近还没有门店，最近的一家离你 ${far}`);
}
