import type { AfterSaleDeskDetail, AfterSaleDetail, AfterSaleSummary } from '@shuke/shared/contracts';
import type { AfterSaleCase, CaseLine } from '../domain/after-sale-case.js';
import { isOpenCase, needsGoods, nextCaseState } from '../domain/case-state.js';
import { caseHint, KIND_TEXTS, REASON_TEXTS, stateText } from '../domain/case-texts.js';
import type { CaseMessage } from '../persistence/case-row.js';

export interface CaseNames {
  storeName: string;
  returnStore: AfterSaleDetail['returnStore'];
  memberName: string | null;
  guideName: string | null;
}
export interface CaseRefund {
  state: 'REQUESTED' | 'PROCESSING' | 'SUCCESS' | 'FAILED';
  problem: string | null;
}

const line = (one: CaseLine): AfterSaleSummary['lines'][number] => ({
  lineId: one.lineId,
  name: one.name,
  spec: one.spec,
  imageUrl: one.imageUrl,
  qty: one.qty,
  refundFen: one.refundFen,
  ...(one.isGift ? { isGift: true } : {}),
});

export const caseSummary = (one: AfterSaleCase, storeName: string): AfterSaleSummary => ({
  id: one.id,
  caseNo: one.caseNo,
  orderId: one.orderId,
  orderNo: one.orderNo,
  storeId: one.storeId,
  storeName,
  kind: one.kind,
  kindText: KIND_TEXTS[one.kind],
  state: one.state,
  stateText: stateText(one),
  hint: caseHint(one),
  isEvidenceAsked: one.pausedMs !== null,
  lines: one.lines.map(line),
  refundFen: one.refundFen,
  createdAt: one.createdAt.toISOString(),
  dueAt: one.dueAt?.toISOString() ?? null,
});

/** A case as its consumer sees it. */
export function caseDetail(
  one: AfterSaleCase,
  names: CaseNames,
  messages: readonly CaseMessage[],
  refund: CaseRefund | null,
): AfterSaleDetail {
  return {
    ...caseSummary(one, names.storeName),
    reason: one.reason,
    reasonText: REASON_TEXTS[one.reason][0],
    text: one.text,
    pictures: one.pictures,
    isMerchantFault: one.isMerchantFault,
    sources: one.sources,
    ...(one.keptPresents.length > 0 ? { keptPresents: one.keptPresents } : {}),
    consequences: one.consequences,
    refusal: one.refusal,
    returnWay: one.returnWay,
    returnStore: names.returnStore,
    returnCode: one.state === 'APPROVED' ? one.returnCode : null,
    sentBack: one.sentBack,
    resent: one.resent,
    exchangeSpec: one.exchangeSpec,
    refundState: refund?.state ?? null,
    refundProblem: refund?.state === 'FAILED' ? '退款遇到问题，我们正在处理' : null,
    messages: messages.map((message) => ({
      id: message.id,
      by: message.party,
      byName: message.byName,
      text: message.text,
      pictures: message.pictures,
      at: message.at.toISOString(),
    })),
    canCancel: nextCaseState(one.state, 'CANCEL') !== null,
    canSendBack: needsGoods(one.kind) && one.state === 'APPROVED',
    canConfirmResent: one.state === 'RESENT',
    canMessage: isOpenCase(one.state),
  };
}

/** The same for desk and counter, with what may be done there. */
export function caseDesk(
  detail: AfterSaleDetail,
  one: AfterSaleCase,
  more: { names: CaseNames; refund: CaseRefund | null; parties: AfterSaleDeskDetail['parties']; now: number },
): AfterSaleDeskDetail {
  const isReceivable = needsGoods(one.kind) && nextCaseState(one.state, 'RECEIVE') !== null;
  return {
    ...detail,
    returnCode: null,
    refundProblem: more.refund?.problem ?? null,
    messages: detail.messages.map((message) =>
      message.by === 'CONSUMER' ? { ...message, byName: more.names.memberName ?? '顾客' } : message,
    ),
    memberName: more.names.memberName,
    guideName: more.names.guideName,
    isOverdue: isOverdue(one, more.now),
    parties: more.parties,
    canApprove: one.state === 'REQUESTED',
    canReceive: isReceivable,
    canResend: one.kind === 'EXCHANGE' && one.state === 'RECEIVED',
    canRetryRefund: one.state === 'REFUNDING' && more.refund?.state === 'FAILED',
  };
}

const SLA_MS = 24 * 3_600_000;
/** Past a deadline of the merchant's, or a day without a decision or a question, or a replacement that was not sent for a day. */
export function isOverdue(
  one: Pick<AfterSaleCase, 'state' | 'dueAt' | 'createdAt' | 'receivedAt' | 'pausedMs'>,
  now: number,
): boolean {
  if (one.state === 'REQUESTED') return one.pausedMs === null && now - one.createdAt.getTime() > SLA_MS;
  if (one.state === 'RECEIVED') return one.receivedAt !== null && now - one.receivedAt.getTime() > SLA_MS;
  return one.state === 'SENT_BACK' && one.dueAt !== null && one.dueAt.getTime() < now;
}
