export { Insights } from './application/insights.js';
export { type MemberValue, VALUE_GROUP, VALUE_TAGS, type ValueTag } from './domain/value-tags.js';
export { InsightsModule } from './insights.module.js';
