import type { AppliedShare } from '@shuke/shared/rules';
import type { ConditionStage, PaidCondition } from './lost-conditions.js';

function stageOf({ kind, condition }: Pick<AppliedShare, 'kind' | 'condition'>): ConditionStage {
  if (condition?.by === 'SETS' || condition?.by === 'ADD_ON') return condition.by;
  return kind === 'COUPON' ? 'COUPON' : 'ORDER';
}

/** The discounts of an order that hang on something, as they were stored with its lines. */
export function conditionsOf(
  lines: readonly { lineId: string; applied: readonly Omit<AppliedShare, 'bearers'>[] }[],
): PaidCondition[] {
  const found = new Map<string, PaidCondition & { shares: PaidCondition['shares'][number][] }>();
  for (const { lineId, applied } of lines)
    for (const one of applied) {
      if (!one.condition) continue;
      const { counted, ...condition } = one.condition;
      const key = `${one.kind} ${one.id}`;
      const known = found.get(key) ?? { ...condition, name: one.name, stage: stageOf(one), shares: [] };
      known.shares.push({ lineId, fen: one.fen, counted });
      found.set(key, known);
    }
  return [...found.values()];
}
