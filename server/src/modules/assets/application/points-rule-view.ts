import { type PointsRule, ruleTexts } from '../domain/points-rule.js';

/** The rule with its plain sentences, as the desk shows it. */
export const pointsRuleView = (rule: PointsRule) => ({
  ...rule,
  texts: ruleTexts(rule),
  publishedAt: rule.publishedAt?.toISOString() ?? null,
});
