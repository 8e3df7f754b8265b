import type { GuideCard, StoreCard, StoreResolution } from '@shuke/shared/contracts';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { type Trouble, troubleOf } from '@/lib/errors';
import { cell, useCell } from '@/lib/state';
import { toast } from '@/lib/toast';
import { readJson, writeJson } from '@/platform/storage';
import { wx } from '@/platform/wx';
import type { Position } from '@/platform/wx-types';
import { session } from './session';
import { visit } from './visit';

export interface CurrentStore {
  /** ask: two stores are about as near, the person decides; list: no position, choose by city. */
  status: 'resolving' | 'ready' | 'ask' | 'list' | 'failed';
  store: StoreCard | null;
  rule: StoreResolution['rule'] | null;
  reason: string;
  candidates: StoreCard[];
  guide: GuideCard | null;
  isLocationRefused: boolean;
  position: Position | null;
  trouble: Trouble | null;
  /** When the shown store comes from the last visit because the network is away: the instant of that visit. */
  cachedAt: number | null;
  /** False: the brand keeps areas apart, and this store serves the person. */
  canSwitch: boolean;
  /** The store of before, when this visit was brought elsewhere; to be said aloud. */
  movedFrom: string | null;
}

const KEY = 'store';
interface Remembered {
  store: StoreCard;
  at: number;
  isChosen: boolean;
}

export const currentStore = cell<CurrentStore>({
  status: 'resolving',
  store: null,
  rule: null,
  reason: '',
  candidates: [],
  guide: null,
  isLocationRefused: false,
  position: null,
  trouble: null,
  cachedAt: null,
  canSwitch: true,
  movedFrom: null,
});

/** The store shown to the person, with the reason why. */
export const useCurrentStore = (): CurrentStore => useCell(currentStore);

/** What the resolution asks of the screen. */
export function statusOf(resolution: StoreResolution): CurrentStore['status'] {
  if (resolution.isUncertain && resolution.candidates.length > 1) return 'ask';
  return resolution.store ? 'ready' : 'list';
}

/** Whether a better answer needs the person's position: nothing stronger decided. */
export const wantsPosition = (rule: StoreResolution['rule']): boolean =>
  rule === 'NEAREST' || rule === 'CITY_LIST' || rule === 'SERVICE_AREA';

function take(resolution: StoreResolution, guide: GuideCard | null, position: Position | null): void {
  const status = statusOf(resolution);
  currentStore.patch({
    status,
    store: status === 'ready' ? resolution.store : null,
    rule: resolution.rule,
    reason: resolution.reason,
    candidates: resolution.candidates,
    guide,
    position,
    trouble: null,
    cachedAt: null,
    canSwitch: resolution.canSwitch ?? true,
    movedFrom: resolution.movedFrom?.storeName ?? null,
  });
  if (status === 'ready' && resolution.store) remember(resolution.store, false);
}

function remember(store: StoreCard, isChosen: boolean): void {
  const before = readJson<Remembered>(KEY);
  writeJson(KEY, { store, at: clock.now(), isChosen: isChosen || (before?.isChosen && before.store.id === store.id) });
}

const enterQuery = () => {
  const { guideCode, storeId, scene } = visit.get();
  return { ...(guideCode ? { guideCode } : {}), ...(storeId ? { storeId } : {}), ...(scene ? { scene } : {}) };
};

async function enterWith(position: Position | null): Promise<void> {
  const where = position ? { ...position, isFuzzy: true } : {};
  const { resolution, guide } = await api.mall.enter({ query: { ...enterQuery(), ...where } });
  take(resolution, guide, position);
  if (position || !wantsPosition(resolution.rule) || !wx.isAvailable) return;
  // Who has refused it under "my data" is not asked again by itself; a tap on the position is a new answer.
  const here = resolution.refusesPosition ? null : await wx.fuzzyLocation().catch(() => null);
  if (here) await enterWith(here);
  else currentStore.patch({ isLocationRefused: true });
}

/** The store chosen during this visit; it outlasts a refresh, whatever link or guide the visit came with. */
let chosenId: string | null = null;

/** A new launch is a new question. */
export function forgetChoice(): void {
  chosenId = null;
}

async function enterChosen(): Promise<boolean> {
  if (chosenId === null) return false;
  const { guideCode } = visit.get();
  const { resolution, guide } = await api.mall.enter({
    query: { storeId: chosenId, ...(guideCode ? { guideCode } : {}) },
  });
  take({ ...resolution, rule: 'LAST_CHOSEN', reason: '你刚刚选了这家店' }, guide, currentStore.get().position);
  return resolution.store !== null;
}

/** A guest's own choice is known only here; the server remembers it for members. */
async function enterAsGuest(): Promise<boolean> {
  const last = readJson<Remembered>(KEY);
  const { guideCode, storeId, scene } = visit.get();
  if (session.get().status === 'member' || !last?.isChosen || guideCode || storeId || scene) return false;
  const { resolution, guide } = await api.mall.enter({ query: { storeId: last.store.id } });
  take({ ...resolution, rule: 'LAST_CHOSEN', reason: '你上次选的就是这家店' }, guide, null);
  return resolution.store !== null;
}

let running: Promise<void> | null = null;

/** Resolves the store of this visit (product.md M2). Shared by all pages of a visit; never rejects. */
export function resolveStore(): Promise<void> {
  running ??= (async () => {
    currentStore.patch({ status: currentStore.get().store ? 'ready' : 'resolving', trouble: null });
    try {
      if (!(await enterChosen()) && !(await enterAsGuest())) await enterWith(null);
    } catch (reason) {
      const last = readJson<Remembered>(KEY);
      currentStore.patch({
        trouble: troubleOf(reason),
        status: last ? 'ready' : 'failed',
        store: last?.store ?? null,
        reason: '网络不太顺畅，先带你到上次的门店',
        cachedAt: last?.at ?? null,
      });
    }
  })().finally(() => {
    running = null;
  });
  return running;
}

/** Learns the position, for distances in lists; the current store stays. */
export async function locate(): Promise<void> {
  const { latitude, longitude } = await wx.fuzzyLocation();
  currentStore.patch({ isLocationRefused: false, position: { latitude, longitude } });
}

/** Asks for the position again or takes a place the person picked on the map. */
export async function resolveNear(pick: 'fuzzy' | 'choose'): Promise<void> {
  const position = pick === 'fuzzy' ? await wx.fuzzyLocation() : await wx.chooseLocation();
  currentStore.patch({ isLocationRefused: false });
  forgetChoice();
  const { latitude, longitude } = position;
  const { resolution, guide } = await api.mall.enter({
    query: { latitude, longitude, isFuzzy: pick === 'fuzzy' },
  });
  take(resolution, guide, { latitude, longitude });
}

/** The person has read that the store changed. */
export const forgetMove = (): void => currentStore.patch({ movedFrom: null });

/**
 * One tap switches; the server is told when it knows who chose. Where the brand keeps areas apart and refuses, the store
 * of before stays, with the reason.
 */
export function chooseStore(store: StoreCard): void {
  const before = currentStore.get();
  const beforeId = chosenId;
  chosenId = store.id;
  currentStore.patch({
    status: 'ready',
    store,
    rule: 'LAST_CHOSEN',
    reason: '你刚刚选了这家店',
    cachedAt: null,
    movedFrom: null,
  });
  remember(store, true);
  if (session.get().status !== 'member') return;
  void api.mall.chooseStore({ params: { id: store.id } }).catch((reason: unknown) => {
    const { code, message } = troubleOf(reason);
    if (code !== 'STORE_OUT_OF_REACH' || currentStore.get().store?.id !== store.id) return;
    chosenId = beforeId;
    currentStore.set({ ...before, canSwitch: false });
    if (before.store) remember(before.store, false);
    toast(message);
  });
}

/** Leaves a store that does not serve the person for the one that does. */
export function goWhereServed(): Promise<void> {
  forgetChoice();
  const { guideCode } = visit.get();
  visit.set(guideCode ? { guideCode } : {});
  writeJson(KEY, null);
  return resolveStore();
}
