import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { api } from '../data/api';
import { keys } from '../data/queries';
import type { PreparedSend } from '../data/types';
import { snack } from '../design/snackbar';
import { problemText } from '../design/states';
import type { WecomClient } from '../platform/wecom';
import { useWecom } from '../platform/wecom-context';
import { type Delivery, deliverByChatWindow, deliverCardAgain, deliverInChat } from './deliver';
import { reportSend } from './report';

/** What the guide is about to send; `prepared` is the server's answer for exactly these words, if there is one. */
export interface Draft {
  words: string;
  taskItemId?: string;
  product?: { id: string; name: string; imageUrl: string | null };
  prepared?: PreparedSend;
}
/** Where the guide stands: in the chat with the customer, or at the workbench without a chat. */
export type Place = 'CHAT' | 'WORKBENCH';

/** Something of the last send still waits for the guide. */
export interface Leftover {
  kind: 'CARD' | 'COPIED';
  prepared: PreparedSend;
}

interface Options {
  externalUserId: string;
  place: Place;
  onSent: (draft: Draft) => void;
  /** The chat is with somebody else by now; nothing was sent. */
  onMoved?: (externalUserId: string) => void;
}

const prepare = (externalUserId: string, draft: Draft): Promise<PreparedSend> =>
  draft.prepared && draft.prepared.words === draft.words
    ? Promise.resolve(draft.prepared)
    : api.guide.prepareSend({
        params: { externalUserId },
        body: {
          words: draft.words,
          ...(draft.taskItemId ? { taskItemId: draft.taskItemId } : {}),
          ...(draft.product ? { productId: draft.product.id } : {}),
        },
      });

/** In a chat the person on the other side may have changed since the screen was drawn: ask again before words leave. */
async function movedTo(wecom: WecomClient, place: Place, externalUserId: string): Promise<string | null> {
  if (place !== 'CHAT' || !wecom.isInside) return null;
  const present = await wecom.currentContact();
  return present === externalUserId ? null : present;
}

function say(delivery: Delivery, place: Place, retry: () => void): void {
  if (delivery.result === 'CANCELLED') snack('已取消，没有发出');
  else if (delivery.result === 'COPIED') snack('话术已复制，去聊天里粘贴发出');
  else if (delivery.result === 'FAILED' && delivery.problem?.kind === 'TIMEOUT')
    snack('企业微信没有回应，先看看聊天里有没有发出');
  else if (delivery.result === 'FAILED')
    snack(`没有发出：${delivery.problem?.message ?? ''}`, { text: '重试', run: retry });
  else if (delivery.isCardLeft) snack('话术已发出，商品卡还没有');
  else snack(place === 'CHAT' ? '已发送' : '话术已复制，聊天已打开，粘贴即可');
}

/** Sends drafts one at a time: a second tap while one is under way, or for a task item already sent, does nothing. */
export function useSend({ externalUserId, place, onSent, onMoved }: Options) {
  const wecom = useWecom();
  const client = useQueryClient();
  const lock = useRef(false);
  const sentItems = useRef(new Set<string>());
  const [isBusy, setBusy] = useState(false);
  const [leftover, setLeftover] = useState<Leftover | null>(null);

  const refresh = useCallback(() => {
    void client.invalidateQueries({ queryKey: keys.pack });
    void client.invalidateQueries({ queryKey: keys.me });
    void client.invalidateQueries({ queryKey: keys.contact(externalUserId) });
  }, [client, externalUserId]);

  const deliver = async (draft: Draft): Promise<void> => {
    const other = await movedTo(wecom, place, externalUserId);
    if (other) {
      snack('聊天对象已经换人，没有发出');
      onMoved?.(other);
      return;
    }
    const prepared = await prepare(externalUserId, draft);
    const delivery = await (place === 'CHAT'
      ? deliverInChat(wecom, prepared)
      : deliverByChatWindow(wecom, externalUserId, prepared));
    if (delivery.result === 'SENT') {
      if (draft.taskItemId) sentItems.current.add(draft.taskItemId);
      setLeftover(delivery.isCardLeft ? { kind: 'CARD', prepared } : null);
      onSent(draft);
    } else setLeftover(delivery.result === 'COPIED' ? { kind: 'COPIED', prepared } : null);
    say(delivery, place, () => void send(draft));
    if (delivery.result !== 'COPIED') {
      await reportSend(api, { id: prepared.sendId, result: delivery.result, detail: delivery.detail });
      refresh();
    }
  };

  const send = async (draft: Draft): Promise<void> => {
    if (lock.current || (draft.taskItemId && sentItems.current.has(draft.taskItemId))) return;
    lock.current = true;
    setBusy(true);
    try {
      await deliver(draft);
    } catch (error) {
      snack(problemText(error), { text: '重试', run: () => void send(draft) });
    } finally {
      lock.current = false;
      setBusy(false);
    }
  };

  /** The card that stayed behind, or the guide's word that the copied text has been pasted. */
  const settleLeftover = async (): Promise<void> => {
    if (!leftover || lock.current) return;
    lock.current = true;
    setBusy(true);
    try {
      const { kind, prepared } = leftover;
      if (kind === 'CARD') {
        const again = await deliverCardAgain(wecom, prepared);
        if (again.isCardLeft) return snack(again.problem ? `没有发出：${again.problem.message}` : '已取消，没有发出');
        snack('商品卡已发送');
      } else await reportSend(api, { id: prepared.sendId, result: 'SENT', detail: 'pasted by hand' });
      setLeftover(null);
      refresh();
    } finally {
      lock.current = false;
      setBusy(false);
    }
  };

  return { send, isBusy, leftover, settleLeftover, dropLeftover: () => setLeftover(null) };
}
