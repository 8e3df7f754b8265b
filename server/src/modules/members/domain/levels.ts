import type { Fen } from '@shuke/shared/kernel';

export interface Level {
  level: number;
  name: string;
  /** Growth from which a member has this level. */
  fromGrowth: number;
}

/** Levels of the brand, lowest first (product.md A5). */
export const LEVELS: readonly [Level, ...Level[]] = [
  { level: 1, name: '雪友', fromGrowth: 0 },
  { level: 2, name: '银峰', fromGrowth: 2_000 },
  { level: 3, name: '金峰', fromGrowth: 8_000 },
  { level: 4, name: '云巅', fromGrowth: 20_000 },
];

const FEN_PER_GROWTH = 100;

/** One yuan that was paid and not refunded is one growth; a started yuan does not count. */
export const growthOf = (paidFen: Fen): number => Math.max(0, Math.floor(paidFen / FEN_PER_GROWTH));

/** The level of a growth value and what the next one takes. */
export function levelOf(growth: number): { level: number; levelName: string; nextLevelGrowth: number | null } {
  const at = LEVELS.findLastIndex((one) => growth >= one.fromGrowth);
  const { level, name } = LEVELS[at] ?? LEVELS[0];
  return { level, levelName: name, nextLevelGrowth: LEVELS[at + 1]?.fromGrowth ?? null };
}
