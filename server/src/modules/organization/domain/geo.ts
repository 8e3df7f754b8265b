import type { Position } from './position.js';

/** A ring of [longitude, latitude] points, closed by its first point. */
export type Ring = readonly (readonly number[])[];
/** GeoJSON coordinates of a Polygon: the outline, then holes. */
export interface Polygon {
  type: 'Polygon';
  coordinates: readonly Ring[];
}
export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

const at = (point: readonly number[] | undefined): [number, number] => [point?.[0] ?? 0, point?.[1] ?? 0];

/** Whether a ring holds a point: a ray to the east crosses its edges an odd number of times. */
function ringHolds(ring: Ring, { longitude: x, latitude: y }: Position): boolean {
  let isInside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [xi, yi] = at(ring[i]);
    const [xj, yj] = at(ring[j]);
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) isInside = !isInside;
  }
  return isInside;
}

/** Whether a polygon holds a point; holes do not belong to it. */
export const polygonHolds = ({ coordinates: [outline, ...holes] }: Polygon, point: Position): boolean =>
  outline !== undefined && ringHolds(outline, point) && !holes.some((hole) => ringHolds(hole, point));

export function boxOf(ring: Ring): Box {
  const [xs, ys] = [ring.map((point) => at(point)[0]), ring.map((point) => at(point)[1])];
  return { west: Math.min(...xs), south: Math.min(...ys), east: Math.max(...xs), north: Math.max(...ys) };
}

/** Twice the signed area in square degrees (shoelace); 0 for a line. */
const doubleArea = (ring: Ring): number =>
  ring.slice(1).reduce((sum, point, before) => {
    const [x, y] = at(point);
    const [px, py] = at(ring[before]);
    return sum + (px * y - x * py);
  }, 0);

type Point = [number, number];
const turn = (a: Point, b: Point, c: Point): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

/** Whether two edges truly cross; touching ends do not count. */
const cross = (a: Point, b: Point, c: Point, d: Point): boolean =>
  turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;

function crossesItself(ring: Ring): boolean {
  for (let i = 0; i + 1 < ring.length; i += 1)
    for (let j = i + 2; j + 1 < ring.length; j += 1)
      if (cross(at(ring[i]), at(ring[i + 1]), at(ring[j]), at(ring[j + 1]))) return true;
  return false;
}

/** The widest area that one store may serve, in degrees: more is a slip of the pen. */
const SPAN_MAX = 10;

/**
 * What is wrong with a polygon drawn by people, in Chinese, or null: rings are closed, have area, do not cross
 * themselves, lie on the earth and are no larger than a province (RFC 7946, 3.1.6).
 */
export function polygonProblem({ coordinates }: Polygon): string | null {
  for (const ring of coordinates) {
    const [first, last] = [at(ring[0]), at(ring.at(-1))];
    if (ring.length < 4 || first[0] !== last[0] || first[1] !== last[1])
      return '图形没有闭合：第一个点和最后一个点要相同';
    if (ring.some((point) => Math.abs(at(point)[0]) > 180 || Math.abs(at(point)[1]) > 90)) return '坐标超出了范围';
    if (Math.abs(doubleArea(ring)) < 1e-9) return '图形没有面积';
    if (crossesItself(ring)) return '图形的边不能互相交叉';
    const { west, south, east, north } = boxOf(ring);
    if (east - west > SPAN_MAX || north - south > SPAN_MAX) return '服务范围太大了';
  }
  return coordinates.length === 0 ? '图形没有闭合：第一个点和最后一个点要相同' : null;
}
