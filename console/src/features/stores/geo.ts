import type { GeoPolygon } from '@shuke/shared/contracts';

export interface Place {
  latitude: number;
  longitude: number;
}
export interface Spot {
  x: number;
  y: number;
}

const METRES_PER_DEGREE = 111_320;

/** A flat picture of a few kilometres around a centre: metres from it, north up. Good enough to draw by hand on. */
export interface MapView {
  centre: Place;
  /** Metres from the centre to each edge. */
  reachM: number;
  sizePx: number;
}

const metresPerLongitude = (centre: Place) => METRES_PER_DEGREE * Math.cos((centre.latitude * Math.PI) / 180);

export function toSpot(view: MapView, place: Place): Spot {
  const scale = view.sizePx / (view.reachM * 2);
  return {
    x: view.sizePx / 2 + (place.longitude - view.centre.longitude) * metresPerLongitude(view.centre) * scale,
    y: view.sizePx / 2 - (place.latitude - view.centre.latitude) * METRES_PER_DEGREE * scale,
  };
}

/** The place under a spot, to a metre or so (six decimals). */
export function toPlace(view: MapView, spot: Spot): Place {
  const scale = (view.reachM * 2) / view.sizePx;
  const six = (value: number) => Number(value.toFixed(6));
  return {
    longitude: six(view.centre.longitude + ((spot.x - view.sizePx / 2) * scale) / metresPerLongitude(view.centre)),
    latitude: six(view.centre.latitude - ((spot.y - view.sizePx / 2) * scale) / METRES_PER_DEGREE),
  };
}

/** Corners as a closed GeoJSON ring; null with fewer than three. */
export function polygonOf(corners: readonly Place[]): GeoPolygon | null {
  if (corners.length < 3) return null;
  const ring = corners.map((one) => [one.longitude, one.latitude]);
  return { type: 'Polygon', coordinates: [[...ring, ring[0] as number[]]] };
}

/** The corners of the outline without the repeated last one. */
export function cornersOf(polygon: GeoPolygon | null): Place[] {
  const ring = polygon?.coordinates[0] ?? [];
  return ring.slice(0, -1).map(([longitude = 0, latitude = 0]) => ({ longitude, latitude }));
}

const side = (a: Place, b: Place, c: Place) =>
  (b.longitude - a.longitude) * (c.latitude - a.latitude) - (b.latitude - a.latitude) * (c.longitude - a.longitude);
const cross = (a: Place, b: Place, c: Place, d: Place) =>
  side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;

/** What is wrong with a drawn outline; null when it is an area. */
export function outlineProblem(corners: readonly Place[]): string | null {
  const count = corners.length;
  if (count < 3) return `再点 ${3 - count} 个点，才围得成一块`;
  const at = (index: number) => corners[index % count] as Place;
  for (let one = 0; one < count; one += 1)
    for (let two = one + 2; two < count; two += 1)
      if ((two + 1) % count !== one && cross(at(one), at(one + 1), at(two), at(two + 1)))
        return '边线交叉了，把点挪一挪';
  return null;
}
