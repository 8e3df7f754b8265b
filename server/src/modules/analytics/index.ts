export { AnalyticsModule } from './analytics.module.js';
export { Analytics, type TrackedEvent, type TrackInput } from './application/analytics.js';
export { type BrowseType, trailText } from './domain/trail.js';
export type { TrailRow } from './persistence/browse.store.js';
