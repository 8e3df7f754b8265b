import type { AfterSaleDetail, AfterSalePreview, FallenPresent } from '@shuke/shared/contracts';
import { useEffect, useRef, useState } from 'react';
import { api } from '@/lib/api-client';
import { type Trouble, troubleOf } from '@/lib/errors';
import { randomKey } from '@/lib/random-key';
import { toast, toastDone } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { type Draft, wishOf } from './model';

/** What a case would change, asked of the server whenever the wish is whole. */
export function usePreview(orderId: string, draft: Draft | null) {
  const wish = draft ? wishOf(draft) : '…';
  const key = typeof wish === 'string' ? null : JSON.stringify(wish);
  const [preview, setPreview] = useState<AfterSalePreview | null>(null);
  // A choice about a present asks anew; its card stays in place meanwhile.
  const [presents, setPresents] = useState<FallenPresent[]>([]);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks the same again
  useEffect(() => {
    setPreview(null);
    setTrouble(null);
    if (key === null) {
      setPresents([]);
      return;
    }
    let isLive = true;
    const show = (next: AfterSalePreview | null) => {
      if (!isLive) return;
      setPreview(next);
      setPresents(next?.presents ?? []);
    };
    void api.mall
      .previewAfterSale({ params: { id: orderId }, body: JSON.parse(key) })
      .then(show)
      .catch((reason) => {
        show(null);
        if (isLive) setTrouble(troubleOf(reason));
      });
    return () => {
      isLive = false;
    };
  }, [key, orderId, round]);
  const reload = () => setRound((before) => before + 1);
  return { preview, presents, trouble, reload, missing: typeof wish === 'string' ? wish : null };
}

/** One case with what the person may do now. */
export function useCase(id: string) {
  const query = useQuery(id ? `after-sale:${id}` : null, () => api.mall.afterSale({ params: { id } }));
  const [busy, setBusy] = useState<string | null>(null);
  const run = async (what: string, work: () => Promise<AfterSaleDetail>, done: string) => {
    setBusy(what);
    try {
      query.put(await work());
      toastDone(done);
      return true;
    } catch (reason) {
      toast(troubleOf(reason).message);
      await query.reload();
      return false;
    } finally {
      setBusy(null);
    }
  };
  const params = { id };
  return {
    ...query,
    busy,
    cancel: () => run('cancel', () => api.mall.cancelAfterSale({ params }), '已撤销'),
    sendBack: (company: string, trackingNo: string) =>
      run('send', () => api.mall.sendBack({ params, body: { company, trackingNo } }), '已提交'),
    confirm: () => run('confirm', () => api.mall.confirmResent({ params }), '已确认'),
    message: (text: string) => run('message', () => api.mall.messageAfterSale({ params, body: { text } }), '已发送'),
  };
}

/** A key that stays the same until the request has gone through. */
export function useRequestKey() {
  const key = useRef(randomKey());
  return {
    current: () => key.current,
    renew: () => {
      key.current = randomKey();
    },
  };
}
