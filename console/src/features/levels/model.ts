import { exactCount, timesText } from '../../lib/money';
import type { Answer } from '../../lib/types';

export type Scheme = Answer<'levelScheme'>;
export type SchemeDraft = Pick<Scheme, 'levels' | 'periodMonths' | 'growthMonths'>;
export type Level = SchemeDraft['levels'][number];

export const draftOf = ({ levels, periodMonths, growthMonths }: Scheme): SchemeDraft => ({
  levels,
  periodMonths,
  growthMonths,
});

/** 9500 → "95 折"; 8800 → "88 折"; 10000 → "不打折". */
export function discountText(bp: number): string {
  if (bp >= 10_000) return '不打折';
  return `${bp % 1000 === 0 ? bp / 1000 : bp / 100} 折`;
}

/** What is wrong with a ladder; null when it can be published. */
export function schemeProblem({ levels }: SchemeDraft): string | null {
  if (levels.length === 0) return '至少要有一个等级';
  for (const [at, level] of levels.entries()) {
    if (!level.name.trim()) return `第 ${at + 1} 级还没有名字`;
    const before = levels[at - 1];
    if (!before && level.fromGrowth !== 0) return `「${level.name}」是第一级，门槛要是 0，人人都有`;
    if (before && level.fromGrowth <= before.fromGrowth)
      return `「${level.name}」的门槛 ${exactCount(level.fromGrowth)} 要比「${before.name}」的 ${exactCount(before.fromGrowth)} 高`;
    if (before && level.benefits.discountBp > before.benefits.discountBp)
      return `「${level.name}」的折扣比「${before.name}」还少，升级的人会吃亏`;
    if (before && level.benefits.pointsMultiplierBp < before.benefits.pointsMultiplierBp)
      return `「${level.name}」的积分倍数比「${before.name}」还低，升级的人会吃亏`;
  }
  if (new Set(levels.map((level) => level.name.trim())).size !== levels.length) return '有两个等级同名';
  return null;
}

export interface Effect {
  text: string;
  /** Somebody loses something by it. */
  isLoss: boolean;
}

function benefitEffects(old: Level, next: Level, count: number): Effect[] {
  const found: Effect[] = [];
  const who = `「${next.name}」的 ${exactCount(count)} 位会员`;
  const add = (isChanged: boolean, isLoss: boolean, text: string) => {
    if (isChanged) found.push({ text: `${who}${text}`, isLoss });
  };
  const [a, b] = [old.benefits, next.benefits];
  add(
    a.discountBp !== b.discountBp,
    b.discountBp > a.discountBp,
    `从${discountText(a.discountBp)}变成${discountText(b.discountBp)}`,
  );
  add(
    a.pointsMultiplierBp !== b.pointsMultiplierBp,
    b.pointsMultiplierBp < a.pointsMultiplierBp,
    `的积分从 ${timesText(a.pointsMultiplierBp)} 倍变成 ${timesText(b.pointsMultiplierBp)} 倍`,
  );
  add(a.isFreightFree !== b.isFreightFree, a.isFreightFree, b.isFreightFree ? '开始免运费' : '不再免运费');
  const lost = a.texts.filter((text) => !b.texts.includes(text));
  const won = b.texts.filter((text) => !a.texts.includes(text));
  add(lost.length > 0, true, `不再有：${lost.join('、')}`);
  add(won.length > 0, false, `新增：${won.join('、')}`);
  return found;
}

/** What publishing a draft changes for the members of today, level by level. */
export function effectsOf(now: Scheme, draft: SchemeDraft): Effect[] {
  const count = (level: number) => now.memberCounts.find((one) => one.level === level)?.count ?? 0;
  const effects: Effect[] = [];
  for (const next of draft.levels) {
    const old = now.levels.find((one) => one.level === next.level);
    if (!old) {
      effects.push({ text: `新增「${next.name}」，成长值到 ${exactCount(next.fromGrowth)} 就有`, isLoss: false });
      continue;
    }
    if (old.name !== next.name) effects.push({ text: `「${old.name}」改名为「${next.name}」`, isLoss: false });
    if (next.fromGrowth > old.fromGrowth)
      effects.push({
        text: `「${next.name}」门槛从 ${exactCount(old.fromGrowth)} 提到 ${exactCount(next.fromGrowth)}：现在的 ${exactCount(count(next.level))} 位里，成长值不到的在本期结束时会降级`,
        isLoss: count(next.level) > 0,
      });
    if (next.fromGrowth < old.fromGrowth)
      effects.push({
        text: `「${next.name}」门槛从 ${exactCount(old.fromGrowth)} 降到 ${exactCount(next.fromGrowth)}：低一级的 ${exactCount(count(next.level - 1))} 位里，成长值够了的会升上来`,
        isLoss: false,
      });
    effects.push(...benefitEffects(old, next, count(next.level)));
  }
  for (const old of now.levels.filter((one) => !draft.levels.some((next) => next.level === one.level)))
    effects.push({
      text: `去掉「${old.name}」：现在的 ${exactCount(count(old.level))} 位归到低一级`,
      isLoss: count(old.level) > 0,
    });
  if (now.periodMonths !== draft.periodMonths)
    effects.push({
      text: `等级的有效期从 ${now.periodMonths} 个月变成 ${draft.periodMonths} 个月，从下一期算起`,
      isLoss: false,
    });
  if (now.growthMonths !== draft.growthMonths)
    effects.push({
      text: draft.growthMonths === null ? '成长值不再过期' : `只算最近 ${draft.growthMonths} 个月的成长值`,
      isLoss: draft.growthMonths !== null && (now.growthMonths === null || draft.growthMonths < now.growthMonths),
    });
  return effects;
}
