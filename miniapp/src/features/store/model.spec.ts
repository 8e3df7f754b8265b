import type { StoreCard, StoreResolution } from '@shuke/shared/contracts';
import { describe, expect, it } from 'vitest';
import { statusOf, wantsPosition } from '@/session/current-store';
import { stores as fixtures } from '../../../test/fixtures/stores.mjs';
import { nearby, reasonText, servicesOf } from './model';

const stores = fixtures as StoreCard[];
const first = stores[0] as StoreCard;
const third = stores[2] as StoreCard;
const resolution = (part: Partial<StoreResolution>): StoreResolution => ({
  store: first,
  rule: 'NEAREST',
  reason: '',
  isUncertain: false,
  candidates: [],
  ...part,
});

describe('which store and why', () => {
  it('asks when two stores are about as near, and never guesses', () => {
    expect(statusOf(resolution({ isUncertain: true, candidates: stores.slice(0, 2) }))).toBe('ask');
  });

  it('lists by city when no store was found', () => {
    expect(statusOf(resolution({ store: null, rule: 'CITY_LIST' }))).toBe('list');
    expect(statusOf(resolution({}))).toBe('ready');
  });

  it('asks for the position only when nothing stronger decided', () => {
    expect((['LINK', 'GUIDE', 'LAST_CHOSEN'] as const).map(wantsPosition)).toEqual([false, false, false]);
    expect((['NEAREST', 'SERVICE_AREA', 'CITY_LIST'] as const).map(wantsPosition)).toEqual([true, true, true]);
  });

  it('says the reason in words for every rule', () => {
    expect(reasonText('GUIDE', '你的专属导购沈知夏在这家店')).toBe('你的专属导购沈知夏在这家店');
    expect(reasonText('LINK', '')).toBe('你是从这家店的链接进来的');
    expect(reasonText('NEAREST', '')).toBe('这是离你最近的门店');
    expect(reasonText(null, '')).toBe('');
  });

  it('offers the other stores, nearest first', () => {
    expect(nearby([third, ...stores], '1').map((store) => store.id)).toEqual(['2', '3', '3']);
  });

  it('says what a store offers', () => {
    expect(servicesOf(first)).toEqual(['到店自提', '包邮']);
    expect(servicesOf(third)).toEqual(['包邮']);
  });
});
