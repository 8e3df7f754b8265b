import { describe, expect, it } from '@jest/globals';
import { assertTransitions, nextState, ORDER_STATES, type OrderAct, TRANSITIONS } from './order-state.js';

const ACTS: OrderAct[] = [
  'PAY_SHIP',
  'PAY_PICKUP',
  'CLOSE',
  'SHIP',
  'HAND_OVER',
  'UNDO_HAND_OVER',
  'RECEIVE',
  'FINISH',
  'REFUND_ALL',
];

describe('order states', () => {
  it('form a table without dead ends or unreachable states', () => {
    expect(assertTransitions).not.toThrow();
  });

  it('allow exactly the moves of the table and refuse every other pair', () => {
    for (const state of ORDER_STATES)
      for (const act of ACTS) expect(nextState(state, act)).toBe(TRANSITIONS[state][act] ?? null);
    expect(nextState('CLOSED', 'PAY_SHIP')).toBeNull();
    expect(nextState('SHIPPED', 'CLOSE')).toBeNull();
  });
});
