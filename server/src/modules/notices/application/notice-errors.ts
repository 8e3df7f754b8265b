import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of subscribe messages. */
export const refuseNotice = refusals({
  NOTICE_TEMPLATE_UNKNOWN: [409, '微信里没有这个模板，请重新选择'],
  NOTICE_MAPPING: [400, '关键词和内容对不上'],
  NOTICE_WECHAT_AWAY: [503, '暂时没能从微信读到模板，请稍后再试'],
} as const);
