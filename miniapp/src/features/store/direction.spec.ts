import { describe, expect, it } from 'vitest';
import { bearing, directionTo } from './direction';

const lake = { latitude: 30.2576, longitude: 120.1645 };
const near = (latitude: number, longitude: number, distanceM: number | null = 2_000) => ({
  latitude: lake.latitude + latitude,
  longitude: lake.longitude + longitude,
  distanceM,
});

describe('the way to a store', () => {
  it.each([
    [near(0.02, 0), '北'],
    [near(0.02, 0.023), '东北'],
    [near(0, 0.02), '东'],
    [near(-0.02, 0.023), '东南'],
    [near(-0.02, 0), '南'],
    [near(-0.02, -0.023), '西南'],
    [near(0, -0.02), '西'],
    [near(0.02, -0.023), '西北'],
    [near(0.02, -0.0005), '北'],
  ])('%o lies to the %s', (store, name) => {
    expect(directionTo(store, lake)?.name).toBe(name);
  });

  it('is the first course of the great circle: from 杭州 to 北京 almost due north', () => {
    expect(bearing(lake, { latitude: 39.9042, longitude: 116.4074 })).toBe(343);
  });

  it('is not told to somebody whose place is unknown, nor next door to the store', () => {
    expect(directionTo(near(0.02, 0), null)).toBeNull();
    expect(directionTo(near(0.02, 0, null), lake)).toBeNull();
    expect(directionTo(near(0.001, 0, 120), lake)).toBeNull();
  });
});
