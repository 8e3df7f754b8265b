import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boxOf, type Polygon, polygonHolds, polygonProblem } from './geo.js';
import { overlapOf, serves } from './service-area.js';
import type { Position, Store } from './types.js';

const square = (west: number, south: number, size: number): number[][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const polygon = (...coordinates: number[][][]): Polygon => ({ type: 'Polygon', coordinates });
/** Never on an edge: there a point belongs to one side or the other by convention only. */
const off = (from: number) => fc.integer({ min: 0, max: 300_000 }).map((at) => from + at / 100_000 + 0.000_003_7);
const point = fc.record({ longitude: off(119), latitude: off(29) });
/** A star around a centre: any such ring is simple, whatever its radii. */
const star = fc
  .array(
    fc.integer({ min: 50, max: 1000 }).map((one) => one / 1000),
    { minLength: 3, maxLength: 12 },
  )
  .map((radii): number[][] => {
    const ring = radii.map((radius, at) => {
      const angle = (2 * Math.PI * at) / radii.length;
      return [120.5 + radius * Math.cos(angle), 30.5 + radius * Math.sin(angle)];
    });
    return [...ring, ring[0] as number[]];
  });

describe('a polygon', () => {
  it('holds a point of a square exactly when both coordinates lie between its sides', () => {
    fc.assert(
      fc.property(
        point,
        fc.integer({ min: 1190, max: 1210 }).map((at) => at / 10),
        fc.integer({ min: 290, max: 310 }).map((at) => at / 10),
        fc.integer({ min: 1, max: 10 }).map((at) => at / 10),
        (at, west, south, size) => {
          const isBetween =
            at.longitude > west && at.longitude < west + size && at.latitude > south && at.latitude < south + size;
          expect(polygonHolds(polygon(square(west, south, size)), at)).toBe(isBetween);
        },
      ),
    );
  });

  it('holds the same points whichever way round and from whichever corner it is drawn', () => {
    fc.assert(
      fc.property(star, point, fc.nat(11), (ring, at, shift) => {
        const open = ring.slice(0, -1);
        const turned = [...open.slice(shift % open.length), ...open.slice(0, shift % open.length)];
        const expected = polygonHolds(polygon(ring), at);
        for (const other of [turned, [...open].reverse()])
          expect(polygonHolds(polygon([...other, other[0] as number[]]), at)).toBe(expected);
      }),
    );
  });

  it('holds no point outside its box and none in a hole', () => {
    fc.assert(
      fc.property(star, point, (ring, at) => {
        const { west, east, south, north } = boxOf(ring);
        const isOutside = at.longitude < west || at.longitude > east || at.latitude < south || at.latitude > north;
        if (isOutside) expect(polygonHolds(polygon(ring), at)).toBe(false);
        expect(polygonHolds(polygon(square(119, 29, 3), ring), at)).toBe(
          polygonHolds(polygon(square(119, 29, 3)), at) && !polygonHolds(polygon(ring), at),
        );
      }),
    );
  });

  it('that people drew is refused when it is open, flat, crossing itself or as large as a country', () => {
    expect(polygonProblem(polygon(square(120, 30, 0.1)))).toBeNull();
    expect(polygonProblem(polygon(square(120, 30, 0.1).slice(0, 4)))).toContain('闭合');
    expect(
      polygonProblem(
        polygon([
          [120, 30],
          [121, 30],
          [120, 30],
          [120, 30],
        ]),
      ),
    ).toContain('面积');
    expect(
      polygonProblem(
        polygon([
          [120, 30],
          [121, 31],
          [121, 30],
          [120, 31.5],
          [120, 30],
        ]),
      ),
    ).toContain('交叉');
    expect(polygonProblem(polygon(square(100, 20, 12)))).toContain('太大');
    expect(polygonProblem(polygon())).toContain('闭合');
  });
});

const store = (at: Position, radiusM: number, ring: number[][] | null = null): Store =>
  ({
    ...at,
    serviceRadiusM: radiusM,
    setup: { areaKind: ring ? 'POLYGON' : 'RADIUS', polygon: ring ? polygon(ring) : null, priority: 0 },
  }) as Store;
const centre = { latitude: 30.25, longitude: 120.16 };

describe('two service areas', () => {
  it('share the same part whichever is named first, and the sample lies in both', () => {
    const area = fc.record({ at: point, radiusM: fc.integer({ min: 500, max: 60_000 }) });
    fc.assert(
      fc.property(area, area, (a, b) => {
        const [one, other] = [store(a.at, a.radiusM), store(b.at, b.radiusM)];
        const found = overlapOf(one, other);
        expect((overlapOf(other, one) === null) === (found === null)).toBe(true);
        if (found) expect([serves(one, found.sample), serves(other, found.sample)]).toEqual([true, true]);
      }),
      { numRuns: 40 },
    );
  });

  it('share all of the smaller one when it lies inside, and nothing when they are apart', () => {
    expect(overlapOf(store(centre, 1000), store(centre, 5000))?.sharedOfSmallerBp).toBe(10_000);
    expect(overlapOf(store(centre, 1000), store({ ...centre, latitude: 31 }, 5000))).toBeNull();
    const ring = square(120.1, 30.2, 0.1);
    expect(overlapOf(store(centre, 500), store(centre, 0, ring))?.sharedOfSmallerBp).toBe(10_000);
  });
});
