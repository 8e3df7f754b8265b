import { api } from '../data/api';
import type { PreparedSend } from '../data/types';

/** What the guide is about to send; `prepared` is the server's answer for exactly these words, if there is one. */
export interface Draft {
  words: string;
  taskItemId?: string;
  product?: { id: string; name: string; imageUrl: string | null };
  /** A coupon of the bank; it counts against the guide's quota from the moment it is prepared, so only when it is sent. */
  coupon?: { templateId: string; name: string };
  prepared?: PreparedSend;
}

/** Words and card as the server has prepared them. A coupon without its card is nothing, so its card has to leave. */
export interface Outgoing extends Pick<PreparedSend, 'sendId' | 'words' | 'card'> {
  kind: 'SEND' | 'COUPON';
}

async function prepareCoupon(externalUserId: string, templateId: string, words: string): Promise<Outgoing> {
  const sent = await api.guide.prepareCouponSend({ params: { externalUserId }, body: { templateId, words } });
  return { kind: 'COUPON', sendId: sent.sendId, words: sent.words, card: sent.card };
}

/** Asks the server for what is to leave, unless it has said so already for these very words. */
export async function prepareOutgoing(externalUserId: string, draft: Draft): Promise<Outgoing> {
  const { words, prepared, coupon, taskItemId, product } = draft;
  if (coupon) return prepareCoupon(externalUserId, coupon.templateId, words);
  if (prepared && prepared.words === words) return { kind: 'SEND', ...prepared };
  const refs = { ...(taskItemId ? { taskItemId } : {}), ...(product ? { productId: product.id } : {}) };
  const body = { words, ...refs };
  return { kind: 'SEND', ...(await api.guide.prepareSend({ params: { externalUserId }, body })) };
}
