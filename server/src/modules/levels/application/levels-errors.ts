import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of levels. */
export const refuseLevel = refusals({
  LEVEL_SCHEME: [422, '等级设置有问题'],
  LEVEL_UNKNOWN: [422, '没有这个等级'],
} as const);
