import { type Box, boxOf, polygonHolds } from './geo.js';
import type { Position, Store } from './types.js';

const METRES_PER_DEGREE = 111_320;
const EARTH_M = 6_371_008.8;
const GRID = 40;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in metres (haversine). */
export function metres(a: Position, b: Position): number {
  const [dLat, dLng] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)];
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLng / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

type Place = Pick<Store, 'latitude' | 'longitude' | 'serviceRadiusM' | 'setup'>;

/** Whether a store's service area holds a position: its polygon, else its radius. */
export function serves(store: Place, position: Position): boolean {
  const { areaKind, polygon } = store.setup;
  return areaKind === 'POLYGON' && polygon
    ? polygonHolds(polygon, position)
    : metres(store, position) <= store.serviceRadiusM;
}

export function boxOfArea(store: Place): Box {
  const { areaKind, polygon } = store.setup;
  const outline = polygon?.coordinates[0];
  if (areaKind === 'POLYGON' && outline) return boxOf(outline);
  const north = store.serviceRadiusM / METRES_PER_DEGREE;
  const east = north / Math.max(0.01, Math.cos(radians(store.latitude)));
  return {
    west: store.longitude - east,
    east: store.longitude + east,
    south: store.latitude - north,
    north: store.latitude + north,
  };
}

const isApart = (a: Box, b: Box): boolean =>
  a.east < b.west || b.east < a.west || a.north < b.south || b.north < a.south;

/** How much of the smaller area lies in the other one, in basis points, with a point that both hold. */
export interface Overlap {
  sharedOfSmallerBp: number;
  sample: Position;
}

/**
 * Compares two service areas on a grid over the smaller one's box: exact enough to say "a third of it", and the same for
 * circles and polygons. Null when they share nothing that the grid can see.
 */
export function overlapOf(a: Place, b: Place): Overlap | null {
  const [boxA, boxB] = [boxOfArea(a), boxOfArea(b)];
  if (isApart(boxA, boxB)) return null;
  const size = (box: Box): number => (box.east - box.west) * (box.north - box.south);
  const [small, large] = size(boxA) <= size(boxB) ? [a, b] : [b, a];
  const box = boxOfArea(small);
  let [own, shared] = [0, 0];
  let sample: Position | null = null;
  for (let row = 0; row < GRID; row += 1)
    for (let column = 0; column < GRID; column += 1) {
      const point = {
        longitude: box.west + ((column + 0.5) / GRID) * (box.east - box.west),
        latitude: box.south + ((row + 0.5) / GRID) * (box.north - box.south),
      };
      if (!serves(small, point)) continue;
      own += 1;
      if (!serves(large, point)) continue;
      shared += 1;
      sample ??= point;
    }
  return sample ? { sharedOfSmallerBp: Math.trunc((shared * 10_000) / own), sample } : null;
}
