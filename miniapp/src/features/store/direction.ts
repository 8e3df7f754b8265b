import type { Position } from '@/platform/wx-types';

const NAMES = ['北', '东北', '东', '东南', '南', '西南', '西', '西北'] as const;

/** Nearer than this a rough position says nothing about where to turn. */
const NEAR_M = 300;

/** The way from one place to another: degrees clockwise from north, and in words. */
export interface Direction {
  degrees: number;
  name: (typeof NAMES)[number];
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** The first course of the great circle between two places, in whole degrees from 0 to 359. */
export function bearing(from: Position, to: Position): number {
  const [here, there] = [radians(from.latitude), radians(to.latitude)];
  const turn = radians(to.longitude - from.longitude);
  const east = Math.sin(turn) * Math.cos(there);
  const north = Math.cos(here) * Math.sin(there) - Math.sin(here) * Math.cos(there) * Math.cos(turn);
  return (Math.round((Math.atan2(east, north) * 180) / Math.PI) + 360) % 360;
}

/** Which way a store lies; null while nobody knows where the person is, or when it is too near to say. */
export function directionTo(
  store: Position & { distanceM: number | null },
  from: Position | null | undefined,
): Direction | null {
  if (!from || store.distanceM === null || store.distanceM < NEAR_M) return null;
  const degrees = bearing(from, store);
  return { degrees, name: NAMES[Math.floor((degrees + 22.5) / 45) % NAMES.length] ?? '北' };
}
