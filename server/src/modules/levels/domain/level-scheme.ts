import type { LevelBenefits, LevelSchemeInput } from '@shuke/shared/contracts';

/** A published version of the brand's levels; version 0 is what a brand has before it publishes one. */
export type LevelScheme = LevelSchemeInput & { version: number; publishedAt: Date | null };
export type SchemeLevel = LevelScheme['levels'][number];

/** One yuan that was paid and not refunded is one growth; accounts count the fen, so that nothing is rounded away. */
export const FEN_PER_GROWTH = 100;
export const shownGrowth = (fen: number): number => Math.max(0, Math.floor(fen / FEN_PER_GROWTH));

const plain = (texts: string[], over: Partial<LevelBenefits> = {}): LevelBenefits => ({
  discountBp: 10_000,
  pointsMultiplierBp: 10_000,
  isFreightFree: false,
  birthdayText: '',
  texts,
  ...over,
});

export const DEFAULT_SCHEME: LevelScheme = {
  version: 0,
  publishedAt: null,
  periodMonths: 12,
  growthMonths: null,
  levels: [
    { level: 1, name: '雪友', fromGrowth: 0, benefits: plain([]) },
    { level: 2, name: '银峰', fromGrowth: 2_000, benefits: plain([]) },
    { level: 3, name: '金峰', fromGrowth: 8_000, benefits: plain([]) },
    { level: 4, name: '云巅', fromGrowth: 20_000, benefits: plain([]) },
  ],
};

/** The level that a growth value (as shown) reaches. */
export function levelFor(scheme: LevelScheme, growth: number): SchemeLevel {
  return scheme.levels.findLast((one) => growth >= one.fromGrowth) ?? (scheme.levels[0] as SchemeLevel);
}

/** The scheme's entry for a level that a member has; a level that is gone shows as the next lower one. */
export function levelAt(scheme: LevelScheme, level: number): SchemeLevel {
  return scheme.levels.findLast((one) => one.level <= level) ?? (scheme.levels[0] as SchemeLevel);
}

/** What a member's card shows. */
export function levelView(scheme: LevelScheme, level: number) {
  const mine = levelAt(scheme, level);
  const next = scheme.levels.find((one) => one.level > mine.level) ?? null;
  return { level: mine.level, levelName: mine.name, nextLevelGrowth: next?.fromGrowth ?? null };
}

/** Whether levels rise with growth and start at zero. */
export function schemeProblem(input: LevelSchemeInput): string | null {
  if (input.levels[0]?.fromGrowth !== 0) return '第一个等级应从 0 成长值开始';
  const isRising = input.levels.every((one, at) => {
    const before = input.levels[at - 1];
    return !before || (one.level > before.level && one.fromGrowth > before.fromGrowth);
  });
  return isRising ? null : '等级和所需成长值要从低到高排列';
}
