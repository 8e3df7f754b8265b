import type { AfterSaleKind, AfterSaleReason, AfterSaleState } from '@shuke/shared/contracts';

export type CaseAct =
  | 'APPROVE'
  | 'REFUSE'
  | 'CANCEL'
  | 'SEND_BACK'
  | 'RECEIVE'
  | 'REFUND'
  | 'RESEND'
  | 'FINISH'
  | 'GIVE_UP';

/** Every allowed move of a case (reference/features.md B2); whatever is not here is refused. */
export const CASE_MOVES: Readonly<Record<AfterSaleState, Partial<Record<CaseAct, AfterSaleState>>>> = {
  REQUESTED: { APPROVE: 'APPROVED', REFUSE: 'REFUSED', CANCEL: 'CANCELLED' },
  // Goods may be handed in at a counter without a parcel; money that needs no goods goes back at once.
  APPROVED: {
    SEND_BACK: 'SENT_BACK',
    RECEIVE: 'RECEIVED',
    REFUND: 'REFUNDING',
    CANCEL: 'CANCELLED',
    REFUSE: 'REFUSED',
  },
  SENT_BACK: { RECEIVE: 'RECEIVED', REFUSE: 'REFUSED' },
  RECEIVED: { REFUND: 'REFUNDING', RESEND: 'RESENT', REFUSE: 'REFUSED' },
  REFUNDING: { FINISH: 'DONE', GIVE_UP: 'CANCELLED' },
  RESENT: { FINISH: 'DONE' },
  DONE: {},
  REFUSED: {},
  CANCELLED: {},
};

/** Where an act leads from a state, or null when it is not allowed there. */
export const nextCaseState = (state: AfterSaleState, act: CaseAct): AfterSaleState | null =>
  CASE_MOVES[state][act] ?? null;

export const isOpenCase = (state: AfterSaleState): boolean => Object.keys(CASE_MOVES[state]).length > 0;

/** What a case becomes when the merchant agrees: money alone goes back at once, goods come first otherwise. */
export const needsGoods = (kind: AfterSaleKind): boolean => kind !== 'REFUND_ONLY';

const MERCHANT_FAULTS: readonly AfterSaleReason[] = ['DAMAGED', 'WRONG_GOODS', 'MISSING', 'NOT_AS_SHOWN'];
/** Whose fault a reason speaks of, until the merchant says otherwise; it decides who pays for the way back. */
export const isMerchantFault = (reason: AfterSaleReason): boolean => MERCHANT_FAULTS.includes(reason);
