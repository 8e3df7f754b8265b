import { exactText } from '../../lib/time';
import type { AfterSaleDetail, AfterSaleRow } from '../../lib/types';
import { AFTER_SALE_STATE } from '../../lib/words';

type Case = Pick<AfterSaleRow, 'state' | 'kind' | 'isEvidenceAsked'>;

/** The state as the desk says it; the server's own words are those for the customer. */
export function caseStateText({ state, kind, isEvidenceAsked }: Case): string {
  if (isEvidenceAsked) return '待顾客补充';
  return state === 'RECEIVED' && kind === 'EXCHANGE' ? '待寄出换货' : AFTER_SALE_STATE[state];
}

/** Whose turn it is and until when; null where nothing follows. */
export function nextStepText(one: Case & Pick<AfterSaleDetail, 'dueAt'>): string | null {
  const until = one.dueAt ? exactText(one.dueAt).slice(5, 16) : null;
  if (one.isEvidenceAsked) return `等顾客补充凭证，答复的时间先停住；${until ?? '到点'} 还没有回复，会自动撤销。`;
  switch (one.state) {
    case 'REQUESTED':
      return until ? `请在 ${until} 前答复顾客，到点自动同意。` : '等门店答复顾客。';
    case 'APPROVED':
      return until ? `等顾客寄回或到店退；${until} 还没有退回，会自动撤销。` : '等顾客寄回或到店退。';
    case 'SENT_BACK':
      return until ? `收到后请检查，${until} 到点自动算收到。` : '收到后请检查。';
    case 'RECEIVED':
      return one.kind === 'EXCHANGE' ? '货已收到，等门店寄出换的那件。' : '货已收到，马上退款。';
    case 'REFUNDING':
      return '已经交给微信退款，到账后自动完成。';
    case 'RESENT':
      return until ? `换的那件在路上，${until} 自动确认收货。` : '换的那件在路上。';
    default:
      return null;
  }
}
