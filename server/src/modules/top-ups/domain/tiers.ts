import type { TopUpActivityInput } from '@shuke/shared/contracts';
import { DAY_MS, type Fen, fen, groupedText, type Id, type StoreId, yuanWords } from '@shuke/shared/kernel';

/** An amount with what it adds, as one version of an activity promises it. */
export interface Tier {
  id: Id<'tier'>;
  payFen: Fen;
  bonusFen: Fen;
  points: number;
  couponTemplateId: string | null;
  bonusDays: number | null;
}
export type ActivityBody = Omit<TopUpActivityInput, 'tiers' | 'startsAt' | 'endsAt'> & { tiers: Tier[] };
export interface Activity {
  id: Id<'activity'>;
  version: number;
  startsAt: Date;
  endsAt: Date | null;
  stoppedAt: Date | null;
  body: ActivityBody;
}

/** 充 50 送 10, 100 积分 */
export function tierText(tier: Omit<Tier, 'id'>): string {
  const gifts = [
    ...(tier.bonusFen > 0 ? [`${yuanWords(tier.bonusFen)} 元`] : []),
    ...(tier.points > 0 ? [`${groupedText(tier.points)} 积分`] : []),
    ...(tier.couponTemplateId ? ['优惠券'] : []),
  ];
  return gifts.length === 0
    ? `充 ${yuanWords(tier.payFen)} 元`
    : `充 ${yuanWords(tier.payFen)} 元送 ${gifts.join('、')}`;
}

/** 每人 1 次；每 30 天 1 次 */
export function limitText(body: Pick<ActivityBody, 'perMemberTimes' | 'perMemberDays'>): string | null {
  if (body.perMemberTimes === null) return null;
  return body.perMemberDays === null
    ? `每人限 ${body.perMemberTimes} 次`
    : `每 ${body.perMemberDays} 天限 ${body.perMemberTimes} 次`;
}

export type ActivityState = 'RUNNING' | 'WAITING' | 'ENDED' | 'STOPPED';
export function stateOf(activity: Pick<Activity, 'startsAt' | 'endsAt' | 'stoppedAt'>, now: Date): ActivityState {
  if (activity.stoppedAt) return 'STOPPED';
  if (activity.startsAt > now) return 'WAITING';
  return activity.endsAt && activity.endsAt <= now ? 'ENDED' : 'RUNNING';
}

/** Why an amount would break a cap, or null (reference/features.md B7, law; the caps are configuration). */
export function capProblem(
  caps: { balanceCapFen: number; dailyCapFen: number },
  now: { balanceFen: number; todayFen: number },
  wish: { payFen: Fen; bonusFen: Fen },
): string | null {
  if (now.balanceFen + wish.payFen + wish.bonusFen > caps.balanceCapFen)
    return `充值后余额会超过 ${yuanWords(fen(caps.balanceCapFen))} 元的上限`;
  if (now.todayFen + wish.payFen > caps.dailyCapFen)
    return `今天最多再充 ${yuanWords(fen(Math.max(0, caps.dailyCapFen - now.todayFen)))} 元`;
  return null;
}

/** Whether an activity is for a store; without a store only what is for all of them. */
export const isFor = (activity: Pick<Activity, 'body'>, storeId: StoreId | null): boolean =>
  activity.body.storeIds === null || (storeId !== null && activity.body.storeIds.includes(storeId));

/** Why a member who has topped up before may not take part again, or null. */
export function overLimit(
  activity: Activity,
  counted: readonly { activityId: string | null; at: Date }[],
  now: Date,
): string | null {
  const { perMemberTimes, perMemberDays } = activity.body;
  if (perMemberTimes === null) return null;
  const since = perMemberDays === null ? 0 : now.getTime() - perMemberDays * DAY_MS;
  const times = counted.filter((one) => one.activityId === activity.id && one.at.getTime() > since).length;
  return times >= perMemberTimes ? `${limitText(activity.body)}，你已经参加过了` : null;
}
