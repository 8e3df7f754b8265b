import type { AfterSaleKind, AfterSaleReason, AfterSaleState } from '@shuke/shared/contracts';
import type { AfterSaleCase } from './after-sale-case.js';

export const KIND_TEXTS: Readonly<Record<AfterSaleKind, string>> = {
  REFUND_ONLY: '仅退款',
  RETURN_REFUND: '退货退款',
  EXCHANGE: '换货',
};

const STATE_TEXTS: Readonly<Record<AfterSaleState, string>> = {
  REQUESTED: '等待门店处理',
  APPROVED: '等你寄回商品',
  SENT_BACK: '商品寄回中',
  RECEIVED: '已收到退回的商品',
  REFUNDING: '退款中',
  RESENT: '换货已寄出',
  DONE: '已完成',
  REFUSED: '门店未同意',
  CANCELLED: '已撤销',
};

/** The state in words for the consumer. */
export function stateText({ state, kind, pausedMs }: Pick<AfterSaleCase, 'state' | 'kind' | 'pausedMs'>): string {
  if (pausedMs !== null) return '等你补充凭证';
  return state === 'DONE' ? (kind === 'EXCHANGE' ? '换货完成' : '退款完成') : STATE_TEXTS[state];
}

export const REASON_TEXTS: Readonly<Record<AfterSaleReason, [text: string, hint: string]>> = {
  DAMAGED: ['商品破损或有瑕疵', '请拍下破损处，来回运费由门店承担'],
  WRONG_GOODS: ['发错了颜色、尺码或款式', '来回运费由门店承担'],
  MISSING: ['少件或漏发', '请拍下收到的全部商品'],
  NOT_AS_SHOWN: ['与描述不符', '来回运费由门店承担'],
  DOES_NOT_FIT: ['尺码不合适', '可以先看看换货'],
  CHANGED_MIND: ['不想要了', '七天无理由，寄回运费由你承担'],
  TOO_SLOW: ['等得太久', '还没发货会马上退款'],
  OTHER: ['其他原因', '请在说明里写清楚'],
};

export const KIND_HINTS: Readonly<Record<AfterSaleKind, string>> = {
  REFUND_ONLY: '不用退回商品',
  RETURN_REFUND: '先退回商品，验收后退款',
  EXCHANGE: '同款换尺码或颜色，不用补差价',
};

const day = (at: Date): string =>
  new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(at);

/** What happens next with a case and until when, for the consumer. */
export function caseHint({
  state,
  kind,
  dueAt,
  refusal,
  pausedMs,
}: Pick<AfterSaleCase, 'state' | 'kind' | 'dueAt' | 'refusal' | 'pausedMs'>): string {
  const until = dueAt ? day(dueAt) : '';
  switch (state) {
    case 'REQUESTED':
      if (pausedMs !== null) return `门店想再看看凭证，请在 ${until} 前回复，可以补照片；超时会自动撤销`;
      return until ? `门店会在 ${until} 前处理，超时自动同意` : '门店正在处理';
    case 'APPROVED':
      return until ? `请在 ${until} 前寄回或到店退回，超时会自动撤销` : '请寄回商品或到店退回';
    case 'SENT_BACK':
      return until ? `门店收到后会验收，最晚 ${until} 自动确认` : '门店收到后会验收';
    case 'RECEIVED':
      return kind === 'EXCHANGE' ? '门店正在准备换给你的商品' : '验收通过，马上为你退款';
    case 'REFUNDING':
      return '退款正在处理，一般几分钟内到账，最晚三个工作日';
    case 'RESENT':
      return until ? `收到后请确认，${until} 自动确认` : '收到后请确认';
    case 'DONE':
      return kind === 'EXCHANGE' ? '换货已完成' : '退款已到账';
    case 'REFUSED':
      return refusal ? `门店说：${refusal}` : '门店没有同意';
    default:
      return '这次申请已经结束，需要时可以再申请';
  }
}
