import type { DiscountCondition, PlayLine, SetRule } from '@shuke/shared/rules';

/** Every line whose pieces sets could take has a part in them: when one goes, another may take its place. */
export const hangsOnSets = (
  rule: SetRule,
  lines: readonly PlayLine[],
): { at: number; condition: DiscountCondition }[] =>
  lines
    .filter((line) => line.freeQty > 0)
    .map(({ at, freeQty }) => ({ at, condition: { by: 'SETS', rule, counted: freeQty } }));
