import type { MemberProfile, MyHome } from '@shuke/shared/contracts';
import { exactCount } from '@/lib/format';

/** How far to the next level, in whole per cent, and in words. */
export function levelProgress(profile: Pick<MemberProfile, 'growth' | 'nextLevelGrowth'>): {
  percent: number;
  text: string;
} {
  const { growth, nextLevelGrowth } = profile;
  if (nextLevelGrowth === null) return { percent: 100, text: '你已经是最高等级' };
  const left = Math.max(0, nextLevelGrowth - growth);
  const percent = nextLevelGrowth <= 0 ? 100 : Math.min(100, Math.floor((growth * 100) / nextLevelGrowth));
  return { percent, text: left > 0 ? `再得 ${exactCount(left)} 成长值升级` : '马上就升级了' };
}

/** The colour of a level; brands with more levels than colours keep the last. */
export const rankClass = (level: number): string => `rank-${Math.min(3, Math.max(0, level - 1))}`;

export const shownName = (profile: Pick<MemberProfile, 'nickname' | 'memberNo'>): string =>
  profile.nickname || `会员 ${profile.memberNo.slice(-4)}`;

/** Orders by what they wait for. */
export const shortcutsOf = (counts: MyHome['orderCounts']) =>
  [
    { tab: 'PENDING_PAY', label: '待付款', icon: 'wallet', count: counts.pendingPay },
    { tab: 'TO_SHIP', label: '待发货', icon: 'bag', count: counts.toShip },
    { tab: 'TO_RECEIVE', label: '待收货', icon: 'truck', count: counts.toReceive },
    { tab: 'TO_PICKUP', label: '待自提', icon: 'store', count: counts.toPickup },
    { tab: 'ALL', label: '全部', icon: 'list', count: 0 },
  ] as const;
