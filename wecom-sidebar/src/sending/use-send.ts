import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { api } from '../data/api';
import { keys } from '../data/queries';
import { snack } from '../design/snackbar';
import { problemText } from '../design/states';
import type { WecomClient } from '../platform/wecom';
import { useWecom } from '../platform/wecom-context';
import { type Delivery, deliverByAssistant, deliverByChatWindow, deliverCardAgain, deliverInChat } from './deliver';
import { type Draft, type Outgoing, prepareOutgoing } from './outgoing';
import { reportSend } from './report';

/** Where the guide stands: in the chat with the customer, or at the workbench without a chat. */
export type Place = 'CHAT' | 'WORKBENCH';

/** Something of the last send still waits for the guide. */
export interface Leftover {
  kind: 'CARD' | 'COPIED';
  prepared: Outgoing;
}

interface Options {
  externalUserId: string;
  place: Place;
  onSent: (draft: Draft) => void;
  /** The chat is with somebody else by now; nothing was sent. */
  onMoved?: (externalUserId: string) => void;
}

/** In a chat the person on the other side may have changed since the screen was drawn: ask again before words leave. */
async function movedTo(wecom: WecomClient, place: Place, externalUserId: string): Promise<string | null> {
  if (place !== 'CHAT' || !wecom.isInside) return null;
  const present = await wecom.currentContact();
  return present === externalUserId ? null : present;
}

/** From the workbench words can be pasted by hand, a coupon's card only leaves through the assistant. */
function deliverTo(wecom: WecomClient, place: Place, externalUserId: string, prepared: Outgoing): Promise<Delivery> {
  if (place === 'CHAT') return deliverInChat(wecom, prepared);
  return prepared.kind === 'COUPON'
    ? deliverByAssistant(wecom, externalUserId, prepared)
    : deliverByChatWindow(wecom, externalUserId, prepared);
}

export const cardName = ({ kind }: Outgoing): string => (kind === 'COUPON' ? '券卡' : '商品卡');

function say(delivery: Delivery, place: Place, prepared: Outgoing, retry: () => void): void {
  if (delivery.result === 'CANCELLED') snack('已取消，没有发出');
  else if (delivery.result === 'COPIED') snack('话术已复制，去聊天里粘贴发出');
  else if (delivery.result === 'FAILED' && delivery.problem?.kind === 'TIMEOUT')
    snack('企业微信没有回应，先看看聊天里有没有发出');
  else if (delivery.result === 'FAILED')
    snack(`没有发出：${delivery.problem?.message ?? ''}`, { text: '重试', run: retry });
  else if (delivery.isCardLeft) snack(`话术已发出，${cardName(prepared)}还没有`);
  else snack(place === 'CHAT' || prepared.kind === 'COUPON' ? '已发送' : '话术已复制，聊天已打开，粘贴即可');
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
    void client.invalidateQueries({ queryKey: ['coupon-bank'] });
    void client.invalidateQueries({ queryKey: keys.couponSends(externalUserId) });
  }, [client, externalUserId]);

  const deliver = async (draft: Draft): Promise<void> => {
    const other = await movedTo(wecom, place, externalUserId);
    if (other) {
      snack('聊天对象已经换人，没有发出');
      onMoved?.(other);
      return;
    }
    const prepared = await prepareOutgoing(externalUserId, draft);
    const delivery = await deliverTo(wecom, place, externalUserId, prepared);
    const { result, isCardLeft } = delivery;
    if (result === 'SENT') {
      if (draft.taskItemId) sentItems.current.add(draft.taskItemId);
      setLeftover(isCardLeft ? { kind: 'CARD', prepared } : null);
      onSent(draft);
    } else setLeftover(result === 'COPIED' ? { kind: 'COPIED', prepared } : null);
    say(delivery, place, prepared, () => void send(draft));
    // Whether a coupon is out is not known until its card has left or the guide has given it up.
    if (result === 'COPIED' || (isCardLeft && prepared.kind === 'COUPON')) return;
    await reportSend(api, { of: prepared.kind, id: prepared.sendId, result, detail: delivery.detail });
    refresh();
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
        snack(`${cardName(prepared)}已发送`);
        if (prepared.kind === 'COUPON') await reportSend(api, { of: 'COUPON', id: prepared.sendId, result: 'SENT' });
      } else
        await reportSend(api, { of: prepared.kind, id: prepared.sendId, result: 'SENT', detail: 'pasted by hand' });
      setLeftover(null);
      refresh();
    } finally {
      lock.current = false;
      setBusy(false);
    }
  };

  /** A coupon whose card never left gives its quota back. */
  const dropLeftover = (): void => {
    const given = leftover?.kind === 'CARD' && leftover.prepared.kind === 'COUPON' ? leftover.prepared : null;
    setLeftover(null);
    if (given) void reportSend(api, { of: 'COUPON', id: given.sendId, result: 'CANCELLED' }).then(refresh);
  };

  return { send, isBusy, leftover, settleLeftover, dropLeftover };
}
