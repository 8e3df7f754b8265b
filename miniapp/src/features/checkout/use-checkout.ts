import type { CheckoutPreview } from '@shuke/shared/contracts';
import { useEffect, useRef, useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { pageUrl, replaceWith } from '@/lib/navigate';
import { randomKey } from '@/lib/random-key';
import { toast } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import type { CheckoutDraft } from '@/session/checkout-draft';
import { payOrder } from '@/session/pay-order';
import { attribution } from '@/session/visit';
import { type Fulfil, isPriceChange, missingFor } from './model';

export interface PriceChange {
  beforeFen: number;
  after: CheckoutPreview;
}

/** Preview, submit, pay. One key per content, so that a repeated tap or a lost answer makes one order. */
export function useCheckout(draft: CheckoutDraft, fulfil: Fulfil, addressId: string | undefined) {
  const wanted = { storeId: draft.storeId, lines: draft.lines, fulfil, ...(addressId ? { addressId } : {}) };
  const content = JSON.stringify(wanted);
  const preview = useQuery(`preview:${content}`, () => api.mall.preview({ body: wanted }));
  const [isBusy, setBusy] = useState(false);
  const [change, setChange] = useState<PriceChange | null>(null);
  const [remark, setRemark] = useState('');
  const key = useRef(randomKey());
  const agreed = useRef<string>('');

  // Another content is another order and needs another key.
  const attempt = `${content}|${preview.data?.totalFen ?? ''}|${remark}`;
  useEffect(() => {
    if (agreed.current !== attempt) key.current = randomKey();
    agreed.current = attempt;
  }, [attempt]);

  const finish = async (orderId: string) => {
    await payOrder(orderId);
    replaceWith(pageUrl.payResult(orderId));
  };

  const askAgain = async (beforeFen: number) => {
    try {
      const after = await api.mall.preview({ body: wanted });
      preview.put(after);
      setChange({ beforeFen, after });
    } catch (reason) {
      toast(troubleOf(reason).message);
    }
  };

  const submit = async () => {
    const shown = preview.data;
    const missing = missingFor(shown);
    if (missing || !shown) return toast(missing ?? '正在计算价格');
    setBusy(true);
    setChange(null);
    try {
      const order = await api.mall.submitOrder({
        body: {
          ...wanted,
          expectedTotalFen: shown.totalFen,
          ...attribution(),
          ...(remark.trim() ? { remark: remark.trim() } : {}),
        },
        idempotencyKey: key.current,
      });
      await finish(order.id);
    } catch (reason) {
      const trouble = troubleOf(reason);
      if (isPriceChange(trouble.code)) {
        key.current = randomKey();
        await askAgain(shown.totalFen);
      } else toast(trouble.message);
    } finally {
      setBusy(false);
    }
  };
  return { preview, isBusy, change, remark, setRemark, submit, dismiss: () => setChange(null) };
}
