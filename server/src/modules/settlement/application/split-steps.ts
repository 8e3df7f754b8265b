import type { PayResult, SplitOrder } from '../../../gateways/wechat-pay/index.js';

/** A step's outcome: look again and go on at once, go on with sending and nothing else has changed, or come back later. */
export type Next = 'ON' | 'SEND' | Date | null;

/** The channel's number of what was asked for, where its answer is known. */
export const orderIdOf = (answer: PayResult<SplitOrder>): string | null =>
  answer.kind === 'ok' ? answer.data.orderId : null;
