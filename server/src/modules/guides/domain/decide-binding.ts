import { businessDay, type GuideId, type StoreId } from '@shuke/shared/kernel';

/** How a guide and a member came together. */
export type BindWay = 'GUIDE_CARD' | 'WECOM_FRIEND' | 'GUIDE_LINK' | 'IMPORT' | 'ASSIGN';
export type BindResult = 'BOUND' | 'REPLACED' | 'KEPT' | 'REFUSED';

/** How long nobody may take a new binding over, unless the brand sets another number of days. */
export const PROTECTION_DAYS = 90;

export interface IncomingGuide {
  way: BindWay;
  guideId: GuideId;
  guideName: string;
  storeId: StoreId;
  storeName: string;
  isActive: boolean;
  /** The guide's own WeChat identity is the member's: nobody is their own customer. */
  isSelf: boolean;
}

export interface CurrentBinding {
  guideId: GuideId;
  guideName: string;
  storeId: StoreId;
  /** False when the present guide has left. */
  isActive: boolean;
  /** Instant in ms. */
  protectedUntilMs: number;
}

export interface BindingDecision {
  result: BindResult;
  /** In plain Chinese, kept in the timeline: it has to answer “为什么是他”. */
  reason: string;
}

const WAY_TEXT: Readonly<Record<BindWay, string>> = {
  GUIDE_CARD: '扫了导购名片',
  WECOM_FRIEND: '添加了导购的企业微信',
  GUIDE_LINK: '打开了导购分享的链接',
  IMPORT: '由历史资料导入',
  ASSIGN: '由总部指定',
};

/** Ways that are the member's own clear choice and may end an unprotected binding; opening a forwarded link is not. */
const MAY_REPLACE: Readonly<Record<BindWay, boolean>> = {
  GUIDE_CARD: true,
  WECOM_FRIEND: true,
  GUIDE_LINK: false,
  IMPORT: false,
  ASSIGN: true,
};

export const wayText = (way: BindWay): string => WAY_TEXT[way];

function dayText(instantMs: number): string {
  const [year, month, day] = businessDay(instantMs).split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

/**
 * The replacement table (reference: features B3, rule 4): what an incoming guide does to a member's present binding.
 * Rows are read from the top, the first that fits decides.
 *
 * | incoming | current | result |
 * |---|---|---|
 * | guide has left, or is the member | any | REFUSED |
 * | any | none | BOUND |
 * | the same guide | that guide | KEPT |
 * | ASSIGN by headquarters | any | REPLACED |
 * | any | guide who has left | REPLACED |
 * | any | protected | KEPT |
 * | card, WeCom friend | open | REPLACED |
 * | link, import | open | KEPT |
 */
export function decideBinding(incoming: IncomingGuide, current: CurrentBinding | null, nowMs: number): BindingDecision {
  const how = WAY_TEXT[incoming.way];
  if (!incoming.isActive) return { result: 'REFUSED', reason: `${incoming.guideName}已离职，没有建立专属关系` };
  if (incoming.isSelf) return { result: 'REFUSED', reason: '导购不能成为自己的专属导购' };
  if (current === null)
    return { result: 'BOUND', reason: `${how}，${incoming.storeName}的${incoming.guideName}成为专属导购` };
  if (current.guideId === incoming.guideId)
    return { result: 'KEPT', reason: `${how}，${incoming.guideName}本来就是专属导购` };
  if (incoming.way === 'ASSIGN')
    return { result: 'REPLACED', reason: `由总部指定，专属导购由${current.guideName}改为${incoming.guideName}` };
  if (!current.isActive)
    return {
      result: 'REPLACED',
      reason: `${how}，原导购${current.guideName}已离职，${incoming.guideName}成为专属导购`,
    };
  if (nowMs < current.protectedUntilMs) {
    const until = dayText(current.protectedUntilMs);
    return { result: 'KEPT', reason: `${how}，${current.guideName}的保护期到 ${until}，专属导购不变` };
  }
  if (MAY_REPLACE[incoming.way])
    return {
      result: 'REPLACED',
      reason: `${how}，${current.guideName}的保护期已过，${incoming.guideName}成为专属导购`,
    };
  return { result: 'KEPT', reason: `${how}不会更换专属导购，仍是${current.guideName}` };
}
