import { type LevelScheme, levelAt, levelFor, shownGrowth } from './level-scheme.js';

/** Where a member stands: the earned level and until when it is kept. */
export interface Standing {
  level: number;
  since: Date;
  periodEndsAt: Date;
}

/** The same day so many months later; the last day of a shorter month, in Shanghai's calendar, leap years included. */
export function addMonths(at: Date, months: number): Date {
  const local = new Date(at.getTime() + 8 * 3_600_000);
  const day = local.getUTCDate();
  local.setUTCDate(1);
  local.setUTCMonth(local.getUTCMonth() + months);
  const last = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate();
  local.setUTCDate(Math.min(day, last));
  return new Date(local.getTime() - 8 * 3_600_000);
}

/** Up at once when growth reaches a higher level; a new period starts. Growth that falls changes nothing before its end. */
export function riseTo(scheme: LevelScheme, standing: Standing, growthFen: number, now: Date): Standing {
  const reached = levelFor(scheme, shownGrowth(growthFen)).level;
  if (reached <= standing.level) return standing;
  return { level: reached, since: now, periodEndsAt: addMonths(now, scheme.periodMonths) };
}

/** The end of a period: kept when growth still reaches the level, otherwise one step down and no further. */
export function endPeriod(scheme: LevelScheme, standing: Standing, growthFen: number): Standing {
  const at = standing.periodEndsAt;
  const periodEndsAt = addMonths(at, scheme.periodMonths);
  const reached = levelFor(scheme, shownGrowth(growthFen)).level;
  if (reached >= standing.level) return { ...standing, level: reached, periodEndsAt };
  const lower = levelAt(scheme, standing.level - 1).level;
  return { level: lower, since: at, periodEndsAt };
}

/** A gain or loss of growth in fen at an instant. */
export interface GrowthEvent {
  at: Date;
  fen: number;
}

/** Replays a whole history: the standing that upgrades, periods and single steps down lead to at `now`. */
export function replay(scheme: LevelScheme, events: readonly GrowthEvent[], joinedAt: Date, now: Date): Standing {
  const first = scheme.levels[0]?.level ?? 1;
  let standing: Standing = { level: first, since: joinedAt, periodEndsAt: addMonths(joinedAt, scheme.periodMonths) };
  const sorted = [...events].filter((one) => one.at <= now).sort((a, b) => a.at.getTime() - b.at.getTime());
  const growthAt = (at: Date) =>
    sorted
      .filter((one) => one.at <= at && (scheme.growthMonths === null || addMonths(one.at, scheme.growthMonths) > at))
      .reduce((sum, one) => sum + one.fen, 0);
  const pass = (until: Date) => {
    while (standing.periodEndsAt <= until)
      standing = endPeriod(scheme, standing, growthAt(new Date(standing.periodEndsAt.getTime() - 1)));
  };
  for (const event of sorted) {
    pass(event.at);
    standing = riseTo(scheme, standing, growthAt(event.at), event.at);
  }
  pass(now);
  return standing;
}
