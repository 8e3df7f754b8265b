import type { CollectMode, Store } from './types.js';

export type StoreProblem = 'COLLECT_NEEDS_MERCHANT' | 'SELF_COLLECTS_BY_BRAND' | 'HOURS';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * What is wrong with a store's settings, or null. A store's own merchant number may only collect for a franchise store:
 * the money of a self-run store is the brand's (reference/wechat-pay.md, collect modes).
 */
export function storeProblem(store: {
  kind: Store['kind'];
  collectMode: CollectMode;
  subMchid: string | null;
  openAt: string;
  closeAt: string;
}): StoreProblem | null {
  if (store.collectMode === 'STORE' && store.kind !== 'FRANCHISE') return 'SELF_COLLECTS_BY_BRAND';
  if (store.collectMode === 'STORE' && !store.subMchid) return 'COLLECT_NEEDS_MERCHANT';
  if (!TIME.test(store.openAt) || !TIME.test(store.closeAt)) return 'HOURS';
  return null;
}
