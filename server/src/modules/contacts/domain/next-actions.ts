import { DAY_MS } from '@shuke/shared/kernel';
import { agoText } from './customer-facts.js';

export type ActionKind = 'TASK' | 'VIEWED_NOT_BOUGHT' | 'INVITE' | 'AFTER_CARE' | 'WELCOME';
export interface NextAction {
  id: string;
  kind: ActionKind;
  title: string;
  reason: string;
  buttonText: string;
  productId: string | null;
  taskItemId: string | null;
}

export interface Situation {
  nowMs: number;
  isFriend: boolean;
  isMember: boolean;
  addedAtMs: number | null;
  /** Today's open task items about this person. */
  tasks: readonly { id: string; title: string; reason: string; productId: string | null }[];
  /** Products looked at in the last 72 hours, with how often. */
  viewed: readonly { productId: string; name: string; count: number }[];
  /** Products bought, newest first. */
  bought: readonly { productId: string | null; name: string; atMs: number }[];
}

const VIEWS = 3;
const VIEW_WINDOW_DAYS = 3;
const CARE_FROM_DAYS = 3;
const CARE_TO_DAYS = 15;
const MOST = 4;

/** What is best done next for a person, each with its reason; today's task comes first (product.md G3). */
export function nextActions(now: Situation): NextAction[] {
  return [...tasks(now), ...welcome(now), ...viewed(now), ...invite(now), ...afterCare(now)].slice(0, MOST);
}

const tasks = ({ tasks: items }: Situation): NextAction[] =>
  items.map((item) => ({
    id: `task-${item.id}`,
    kind: 'TASK',
    title: item.title,
    reason: item.reason,
    buttonText: '看话术，发给 TA',
    productId: item.productId,
    taskItemId: item.id,
  }));

function welcome({ isFriend, addedAtMs, nowMs }: Situation): NextAction[] {
  if (!isFriend || addedAtMs === null || nowMs - addedAtMs >= DAY_MS) return [];
  return [
    {
      id: 'welcome',
      kind: 'WELCOME',
      title: '打个招呼',
      reason: '今天刚加的好友，第一天聊过的顾客更容易记住你',
      buttonText: '发句问候',
      productId: null,
      taskItemId: null,
    },
  ];
}

function viewed({ viewed: products, bought, nowMs }: Situation): NextAction[] {
  const since = nowMs - VIEW_WINDOW_DAYS * DAY_MS;
  const ordered = new Set(bought.filter((one) => one.atMs >= since).map((one) => one.productId));
  return products
    .filter((one) => one.count >= VIEWS && !ordered.has(one.productId))
    .map((one) => ({
      id: `viewed-${one.productId}`,
      kind: 'VIEWED_NOT_BOUGHT',
      title: `聊聊「${one.name}」`,
      reason: `三天内看了 ${one.count} 次，还没有下单`,
      buttonText: '发商品卡片',
      productId: one.productId,
      taskItemId: null,
    }));
}

const invite = ({ isMember }: Situation): NextAction[] =>
  isMember
    ? []
    : [
        {
          id: 'invite',
          kind: 'INVITE',
          title: '邀请成为会员',
          reason: '还不是会员，登录小程序后就能看到尺码和购买记录',
          buttonText: '发小程序',
          productId: null,
          taskItemId: null,
        },
      ];

function afterCare({ bought, nowMs }: Situation): NextAction[] {
  const last = bought[0];
  if (!last) return [];
  const days = (nowMs - last.atMs) / DAY_MS;
  if (days < CARE_FROM_DAYS || days > CARE_TO_DAYS) return [];
  return [
    {
      id: 'after-care',
      kind: 'AFTER_CARE',
      title: '问问穿着感受',
      reason: `${agoText(last.atMs, nowMs)}买了「${last.name}」`,
      buttonText: '发句关心',
      productId: last.productId,
      taskItemId: null,
    },
  ];
}
