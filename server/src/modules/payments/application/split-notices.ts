import { Slot } from '../../../platform/slots/slot.js';

/** What a module does when WeChat reports about the split of a payment. */
export type SplitNotice = (transactionId: string) => Promise<void>;

/** Callbacks about splits arrive here with those of payments; settlement, which is built on payments, listens. */
export const splitNotice = new Slot<SplitNotice>('payments.split-notice');
