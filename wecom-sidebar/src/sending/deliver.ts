import { copyText } from '../platform/browser';
import type { WecomClient } from '../platform/wecom';
import { toWecomProblem, type WecomProblem } from '../platform/wecom-problem';
import type { Outgoing } from './outgoing';

/** What came of one send. COPIED: the client could not send, so the words wait in the clipboard. */
export interface Delivery {
  result: 'SENT' | 'CANCELLED' | 'FAILED' | 'COPIED';
  /** The words left but the card did not: it may be sent again on its own, the words must not. */
  isCardLeft: boolean;
  problem: WecomProblem | null;
  detail?: string;
}

const done = (result: Delivery['result'], more: Partial<Delivery> = {}): Delivery => ({
  result,
  isCardLeft: false,
  problem: null,
  ...more,
});

/** An old client or one outside WeCom cannot send: the words go to the clipboard and the guide pastes them. */
async function copyInstead(words: string, problem: WecomProblem): Promise<Delivery> {
  const isCopied = await copyText(words);
  return isCopied ? done('COPIED', { problem }) : done('FAILED', { problem, detail: problem.errMsg });
}

async function deliverCard(wecom: WecomClient, prepared: Outgoing): Promise<Delivery> {
  if (!prepared.card) return done('SENT');
  try {
    const said = await wecom.sendCard(prepared.card);
    return said === 'SENT' ? done('SENT') : done('SENT', { isCardLeft: true, detail: 'card:cancel' });
  } catch (error) {
    const problem = toWecomProblem('sendChatMessage', error);
    return done('SENT', { isCardLeft: true, problem, detail: `card:${problem.errMsg}`.slice(0, 200) });
  }
}

/**
 * Sends prepared words and then the card into the open chat. The client gives no receipt and no message id, so "sent" is
 * what the client says (reference wecom-miniapp §1.6). Never repeats a part that may have left.
 */
export async function deliverInChat(wecom: WecomClient, prepared: Outgoing): Promise<Delivery> {
  try {
    if ((await wecom.sendText(prepared.words)) === 'CANCELLED') return done('CANCELLED');
  } catch (error) {
    const problem = toWecomProblem('sendChatMessage', error);
    const canPaste = prepared.kind !== 'COUPON' && (problem.kind === 'UNSUPPORTED' || problem.kind === 'OUTSIDE');
    if (canPaste) return copyInstead(prepared.words, problem);
    return done('FAILED', { problem, detail: problem.errMsg.slice(0, 200) });
  }
  return deliverCard(wecom, prepared);
}

/** Sends only the card that was left behind. */
export const deliverCardAgain = deliverCard;

/** Hands words and card to the mass-send assistant for this one customer. */
export async function deliverByAssistant(
  wecom: WecomClient,
  externalUserId: string,
  prepared: Outgoing,
): Promise<Delivery> {
  try {
    const said = await wecom.shareToContact(externalUserId, prepared.words, prepared.card);
    return said === 'SENT' ? done('SENT', { detail: 'workbench: mass-send assistant' }) : done('CANCELLED');
  } catch (error) {
    const problem = toWecomProblem('shareToExternalContact', error);
    return done('FAILED', { problem, detail: problem.errMsg.slice(0, 200) });
  }
}

/**
 * From the workbench there is no chat: the words are copied, the chat with the contact is opened, and the guide pastes.
 */
export async function deliverByChatWindow(
  wecom: WecomClient,
  externalUserId: string,
  prepared: Outgoing,
): Promise<Delivery> {
  const isCopied = await copyText(prepared.words);
  try {
    const said = await wecom.openContactChat(externalUserId);
    if (said === 'CANCELLED') return done('CANCELLED');
    return done('SENT', { detail: isCopied ? 'workbench: words copied, chat opened' : 'workbench: chat opened' });
  } catch (error) {
    const problem = toWecomProblem('openEnterpriseChat', error);
    if (problem.kind === 'UNSUPPORTED') {
      // A client that cannot open a chat may still have the assistant.
      const assisted = await deliverByAssistant(wecom, externalUserId, prepared);
      if (assisted.result !== 'FAILED') return assisted;
    }
    const canPaste = isCopied && (problem.kind === 'UNSUPPORTED' || problem.kind === 'OUTSIDE');
    return canPaste ? done('COPIED', { problem }) : done('FAILED', { problem, detail: problem.errMsg.slice(0, 200) });
  }
}
