import { describe, expect, it } from '@jest/globals';
import type { StoreId } from '@shuke/shared/kernel';
import { openingState } from './opening.js';
import { FUZZY_UNCERTAINTY_M, type ResolveFacts, resolveStore } from './resolve-store.js';
import { readScene, writeScene } from './scene.js';
import { storeProblem } from './store-rules.js';
import type { Store, StoreAt } from './types.js';

const store = (id: string, more: Partial<Store> = {}) =>
  ({
    id: id as StoreId,
    name: `店${id}`,
    status: 'OPEN',
    serviceRadiusM: 3000,
    latitude: 30,
    longitude: 120,
    setup: { areaKind: 'RADIUS', polygon: null, priority: 0 },
    ...more,
  }) as Store;
/** A store so many metres north of the visitor. */
const away = (id: string, distanceM: number, more: Partial<Store> = {}) => ({
  store: store(id, { latitude: 30 + distanceM / 111_195, ...more }),
  distanceM,
});
const at = (id: string, distanceM: number | null = null, more: Partial<Store> = {}): StoreAt => ({
  store: store(id, more),
  distanceM,
});
const near = (...list: [id: string, distanceM: number][]) => list.map(([id, distanceM]) => away(id, distanceM));
const nothing: ResolveFacts = {
  brandMall: null,
  linked: null,
  linkWins: false,
  guide: null,
  lastChosen: null,
  position: { latitude: 30, longitude: 120 },
  nearest: [],
  uncertaintyM: 0,
  reach: 'ALL',
};
const guide = (place: StoreAt, isExclusive = false, status: 'ACTIVE' | 'LEFT' = 'ACTIVE') => ({
  guide: { name: '林静', status },
  at: place,
  isExclusive,
});

describe('entering a store', () => {
  it('follows an explicit link before everything else', () => {
    const facts = {
      ...nothing,
      linked: at('1'),
      guide: guide(at('2')),
      lastChosen: at('3'),
      nearest: near(['4', 100]),
    };
    expect(resolveStore(facts)).toMatchObject({ rule: 'LINK', store: { store: { id: '1' } }, isUncertain: false });
  });

  it('enters a paused store by its link and says that it is paused', () => {
    const found = resolveStore({ ...nothing, linked: at('1', null, { status: 'PAUSED' }) });
    expect(found.store?.store.id).toBe('1');
    expect(found.reason).toContain('暂停营业');
  });

  it('does not show a store that is still being prepared, even by its link', () => {
    const facts = { ...nothing, linked: at('1', null, { status: 'DRAFT' }), lastChosen: at('3') };
    expect(resolveStore(facts)).toMatchObject({ rule: 'LAST_CHOSEN', store: { store: { id: '3' } } });
  });

  it('takes the guide’s store before the last chosen and names the guide', () => {
    const found = resolveStore({ ...nothing, guide: guide(at('2')), lastChosen: at('3') });
    expect(found).toMatchObject({ rule: 'GUIDE', reason: '导购 林静 所在门店' });
    expect(resolveStore({ ...nothing, guide: guide(at('2'), true) }).reason).toBe('你的专属导购 林静 所在门店');
  });

  it('skips a guide who left and a guide whose store is closed', () => {
    const lastChosen = at('3');
    expect(resolveStore({ ...nothing, guide: guide(at('2'), true, 'LEFT'), lastChosen }).rule).toBe('LAST_CHOSEN');
    const closed = guide(at('2', null, { status: 'CLOSED' }));
    expect(resolveStore({ ...nothing, guide: closed, lastChosen }).reason).toBe('你上次逛的就是这家');
  });

  it('skips a last chosen store that has closed since', () => {
    const lastChosen = at('3', null, { status: 'CLOSED' });
    expect(resolveStore({ ...nothing, lastChosen, nearest: near(['4', 1234]) })).toMatchObject({
      rule: 'SERVICE_AREA',
      reason: '离你最近 1.2km',
    });
  });

  it('prefers the nearest store that serves the position over a nearer one that does not', () => {
    const nearest = [away('4', 900, { serviceRadiusM: 500 }), away('5', 1500)];
    expect(resolveStore({ ...nothing, nearest })).toMatchObject({
      rule: 'SERVICE_AREA',
      store: { store: { id: '5' } },
    });
  });

  it('falls back to the nearest store and, without a position, to the list by city', () => {
    expect(resolveStore({ ...nothing, nearest: near(['4', 158_000]) })).toMatchObject({
      rule: 'NEAREST',
      reason: '附近还没有门店，最近的一家离你 158km',
    });
    expect(resolveStore(nothing)).toMatchObject({ rule: 'CITY_LIST', store: null, isUncertain: false });
  });

  it('asks and never guesses when a fuzzy position leaves two stores about as near', () => {
    const nearest = near(['4', 400], ['5', 1800], ['6', 9000]);
    const found = resolveStore({ ...nothing, nearest, uncertaintyM: FUZZY_UNCERTAINTY_M });
    expect(found).toMatchObject({ store: null, isUncertain: true });
    expect(found.candidates.map((one) => one.store.id)).toEqual(['4', '5']);
  });

  it('decides by a fuzzy position when the second store is clearly farther, and by an exact one always', () => {
    const nearest = near(['4', 400], ['5', 3500]);
    expect(resolveStore({ ...nothing, nearest, uncertaintyM: FUZZY_UNCERTAINTY_M }).store?.store.id).toBe('4');
    expect(resolveStore({ ...nothing, nearest: near(['4', 400], ['5', 401]) }).store?.store.id).toBe('4');
  });
});

describe('a tie between service areas', () => {
  const setup = (priority: number) => ({ areaKind: 'RADIUS', polygon: null, priority }) as Store['setup'];

  it('goes to the nearer store, whatever the priority, and says that distance decided', () => {
    const nearest = [away('4', 400), away('5', 900, { setup: setup(9) })];
    expect(resolveStore({ ...nothing, nearest })).toMatchObject({
      store: { store: { id: '4' } },
      tieBreak: 'DISTANCE',
    });
  });

  it('goes by headquarters’ priority between stores that are equally far, and says so', () => {
    const nearest = [away('4', 400), away('5', 430, { setup: setup(9) })];
    expect(resolveStore({ ...nothing, nearest })).toMatchObject({
      store: { store: { id: '5' } },
      tieBreak: 'PRIORITY',
    });
  });

  it('is no tie when one area alone holds the position', () => {
    const nearest = [away('4', 400), away('5', 4000)];
    expect(resolveStore({ ...nothing, nearest }).tieBreak).toBeNull();
  });
});

describe('a brand that keeps areas apart', () => {
  const reach = new Set(['1' as StoreId]);

  it('keeps a bare address of another store out and says whose area it is', () => {
    const found = resolveStore({ ...nothing, linked: at('2'), lastChosen: at('1'), reach });
    expect(found).toMatchObject({ rule: 'ISOLATED', store: { store: { id: '1' } } });
    expect(found.reason).toContain('店1');
  });

  it('lets a guide’s link and a code on the spot win', () => {
    const linked = { ...nothing, linked: at('2'), linkWins: true, lastChosen: at('1'), reach };
    expect(resolveStore(linked)).toMatchObject({ rule: 'LINK', store: { store: { id: '2' } } });
    expect(resolveStore({ ...nothing, guide: guide(at('2')), lastChosen: at('1'), reach }).rule).toBe('GUIDE');
  });

  it('offers no store beyond the reach, neither as the nearest nor as a candidate', () => {
    const found = resolveStore({ ...nothing, nearest: near(['2', 100], ['1', 2000], ['3', 2500]), reach });
    expect([found.store?.store.id, found.candidates]).toEqual(['1', []]);
  });
});

describe('opening hours in words', () => {
  const hours = { status: 'OPEN', openAt: '10:00', closeAt: '22:00' } as const;
  const shanghai = (time: string) => Date.parse(`2026-11-22T${time}:00+08:00`);
  it.each([
    ['09:59', false, '还没开门 · 今天 10:00 营业'],
    ['10:00', true, '营业中 · 22:00 打烊'],
    ['21:59', true, '营业中 · 22:00 打烊'],
    ['22:00', false, '已打烊 · 明天 10:00 营业'],
  ])('at %s', (time, isOpenNow, text) => {
    expect(openingState(hours, shanghai(time))).toEqual({ isOpenNow, text });
  });

  it('knows stores that close after midnight and stores that pause', () => {
    expect(openingState({ ...hours, closeAt: '02:00' }, shanghai('01:30')).isOpenNow).toBe(true);
    expect(openingState({ ...hours, status: 'PAUSED' }, shanghai('12:00'))).toEqual({
      isOpenNow: false,
      text: '暂停营业',
    });
  });
});

describe('scenes', () => {
  it('are read back as they were written, also percent-encoded', () => {
    const scene = { guideCode: 'LAKE1', storeCode: 'S001' };
    expect(writeScene(scene)).toBe('g=LAKE1&s=S001');
    expect(readScene(writeScene(scene))).toEqual(scene);
    expect(readScene(encodeURIComponent(writeScene(scene)))).toEqual(scene);
    expect(readScene('s=S001')).toEqual({ guideCode: null, storeCode: 'S001' });
  });

  it('leave out what is not understood and refuse to be written too long', () => {
    expect(readScene('g=<script>&x=1&%')).toEqual({ guideCode: null, storeCode: null });
    expect(() => writeScene({ guideCode: 'A'.repeat(16), storeCode: 'S'.repeat(20) })).toThrow('does not fit');
  });
});

describe('store settings', () => {
  const fine = {
    kind: 'FRANCHISE',
    collectMode: 'STORE',
    subMchid: '1600000001',
    openAt: '10:00',
    closeAt: '22:00',
  } as const;
  it('let only franchise stores with a merchant number collect themselves', () => {
    expect(storeProblem(fine)).toBeNull();
    expect(storeProblem({ ...fine, subMchid: null })).toBe('COLLECT_NEEDS_MERCHANT');
    expect(storeProblem({ ...fine, kind: 'SELF' })).toBe('SELF_COLLECTS_BY_BRAND');
    expect(storeProblem({ ...fine, openAt: '25:00' })).toBe('HOURS');
  });
});
