/** States of an order of the mall (reference/features.md B2). REFUNDED means that everything was given back. */
export const ORDER_STATES = [
  'PENDING_PAY',
  'TO_SHIP',
  'TO_PICKUP',
  'SHIPPED',
  'RECEIVED',
  'FINISHED',
  'CLOSED',
  'REFUNDED',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];
export type OrderAct =
  | 'PAY_SHIP'
  | 'PAY_PICKUP'
  | 'CLOSE'
  | 'SHIP'
  | 'HAND_OVER'
  | 'UNDO_HAND_OVER'
  | 'RECEIVE'
  | 'FINISH'
  | 'REFUND_ALL';

/** Every allowed move; whatever is not here is refused. */
export const TRANSITIONS: Readonly<Record<OrderState, Partial<Record<OrderAct, OrderState>>>> = {
  PENDING_PAY: { PAY_SHIP: 'TO_SHIP', PAY_PICKUP: 'TO_PICKUP', CLOSE: 'CLOSED' },
  TO_SHIP: { SHIP: 'SHIPPED', REFUND_ALL: 'REFUNDED' },
  TO_PICKUP: { HAND_OVER: 'RECEIVED', REFUND_ALL: 'REFUNDED' },
  SHIPPED: { RECEIVE: 'RECEIVED', REFUND_ALL: 'REFUNDED' },
  RECEIVED: { UNDO_HAND_OVER: 'TO_PICKUP', FINISH: 'FINISHED', REFUND_ALL: 'REFUNDED' },
  FINISHED: { REFUND_ALL: 'REFUNDED' },
  CLOSED: {},
  REFUNDED: {},
};

/** Where an act leads from a state, or null when it is not allowed there. */
export const nextState = (state: OrderState, act: OrderAct): OrderState | null => TRANSITIONS[state][act] ?? null;

/**
 * Checks the table when the server starts: every state can be reached, and every state but the last ones leads on.
 * @throws Error naming the state, so that a mistake stops the start and not a customer
 */
export function assertTransitions(): void {
  const reached = new Set<OrderState>([
    'PENDING_PAY',
    ...Object.values(TRANSITIONS).flatMap((moves) => Object.values(moves)),
  ]);
  for (const state of ORDER_STATES) {
    if (!reached.has(state)) throw new Error(`order state ${state} cannot be reached`);
    const isLast = state === 'CLOSED' || state === 'REFUNDED';
    if (!isLast && Object.keys(TRANSITIONS[state]).length === 0) throw new Error(`order state ${state} leads nowhere`);
  }
}

const TEXTS: Readonly<Record<OrderState, string>> = {
  PENDING_PAY: '待付款',
  TO_SHIP: '待发货',
  TO_PICKUP: '待自提',
  SHIPPED: '待收货',
  RECEIVED: '已收货',
  FINISHED: '已完成',
  CLOSED: '已关闭',
  REFUNDED: '已退款',
};

/** The state in words for people. */
export const stateText = (state: OrderState): string => TEXTS[state];

/** States in which the money is ours and not all given back. */
export const PAID_STATES: readonly OrderState[] = ['TO_SHIP', 'TO_PICKUP', 'SHIPPED', 'RECEIVED', 'FINISHED'];
