import type { CheckoutPreview, PayParams } from '@shuke/shared/contracts';
import { useEffect, useRef, useState } from 'react';
import { api } from '@/lib/api-client';
import { type Trouble, troubleOf } from '@/lib/errors';
import { pageUrl, replaceWith } from '@/lib/navigate';
import { randomKey } from '@/lib/random-key';
import { toast } from '@/lib/toast';
import { reloadQueries, useQuery } from '@/lib/use-query';
import { type CheckoutDraft, groupOrder } from '@/session/checkout-draft';
import { payOrder } from '@/session/pay-order';
import { attribution } from '@/session/visit';
import { dueOf, type Fulfil, isPriceChange, missingFor, NOTHING_CHOSEN, type PayWish, wishBody } from './model';
import { isAboutWay, isLost, type Refusal, refusalOf } from './refusals';
import { usePinAsk } from './use-pin-ask';
import { useQueue } from './use-queue';

/** Where a local delivery is wanted. */
export interface Place {
  latitude: number;
  longitude: number;
  /** As the map calls it. */
  name: string;
}

export interface PriceChange {
  beforeFen: number;
  after: CheckoutPreview;
}

/** What the person wants to pay with. Until coupons are touched, the best combination is taken for them. */
function usePayWish() {
  const [wish, setWish] = useState<PayWish>(NOTHING_CHOSEN);
  return { wish, change: (part: Partial<PayWish>) => setWish((before) => ({ ...before, ...part })) };
}

/** Preview, submit, pay. One key per content, so that a repeated tap or a lost answer makes one order. */
export function useCheckout(draft: CheckoutDraft, way: { fulfil: Fulfil; addressId?: string; place?: Place | null }) {
  const { fulfil, addressId, place } = way;
  const [dropped, setDropped] = useState<readonly string[]>([]);
  const lines = draft.lines.filter((line) => !dropped.includes(line.skuId));
  const [slot, setSlot] = useState<string | null>(null);
  const { wish, change: changeWish } = usePayWish();
  const wanted = {
    storeId: draft.storeId,
    lines,
    fulfil,
    ...(draft.activity ? { activity: draft.activity } : {}),
    ...(addressId ? { addressId } : {}),
    ...(fulfil === 'DELIVERY' && place
      ? { delivery: { latitude: place.latitude, longitude: place.longitude, ...(slot ? { slot } : {}) } }
      : {}),
    ...wishBody(wish),
  };
  const content = JSON.stringify(wanted);
  const ask = () => api.mall.preview({ body: { ...wanted, withOffers: true } });
  const preview = useQuery(`preview:${content}`, ask);
  const [isBusy, setBusy] = useState(false);
  const [change, setChange] = useState<PriceChange | null>(null);
  const pinAsk = usePinAsk();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const queue = useQueue();
  const [remark, setRemark] = useState('');
  const key = useRef(randomKey());
  /** The PIN of a try whose answer was lost: trying again must say the same. */
  const lastPin = useRef<string | undefined>(undefined);
  const agreed = useRef<string>('');
  // What was shown last stays while another choice is being priced, so that nothing jumps.
  const last = useRef<CheckoutPreview | null>(null);
  const best = preview.data?.offers?.coupons.bestIds.join(',') ?? '';
  // The first answer only names the best coupons; the price that is shown has them in it.
  const isSettled = !(wish.couponIds === null && best !== '');
  if (preview.data && isSettled) last.current = preview.data;
  const isFresh = preview.data !== null && isSettled;
  useEffect(() => {
    if (!isSettled) changeWish({ couponIds: best.split(',') });
  });

  // Another content is another order and needs another key.
  const attempt = `${content}|${preview.data?.totalFen ?? ''}|${remark}`;
  useEffect(() => {
    if (agreed.current !== attempt) key.current = randomKey();
    agreed.current = attempt;
  }, [attempt]);

  const finish = async (order: { id: string; payment?: PayParams }, cashFen: number) => {
    if (draft.isOfGroup) groupOrder.set(order.id);
    // Points and the wallet have paid all of it: there is nothing left to ask WeChat Pay for.
    if (cashFen > 0) await payOrder(order.id, order.payment ? { begun: order.payment } : {});
    replaceWith(pageUrl.payResult(order.id));
  };

  const askAgain = async (beforeFen: number) => {
    try {
      const after = await ask();
      preview.put(after);
      setChange({ beforeFen, after });
    } catch (reason) {
      tell(troubleOf(reason));
    }
  };

  /** A refusal with a next step is shown with it, any other in its own words. */
  const tell = (trouble: Trouble) => {
    const next = refusalOf(trouble, lines, last.current?.lines ?? []);
    if (next?.kind === 'still-full' && queue.hasLeft()) toast('已停止排队，没有下单');
    else if (next) setRefusal(next);
    else {
      toast(trouble.message);
      if (!isAboutWay(trouble)) return;
      // The page has stood open while the store shut or the slot went: it shows what can be chosen by now.
      setSlot(null);
      reloadQueries();
    }
  };

  const submit = async (walletPin?: string) => {
    const shown = isFresh ? preview.data : null;
    const missing = missingFor(shown, slot !== null);
    if (missing || !shown) return toast(missing ?? '正在计算价格');
    if (pinAsk.isMissing(shown, walletPin)) return;
    setBusy(true);
    setChange(null);
    setRefusal(null);
    const body = {
      ...wanted,
      expectedTotalFen: shown.totalFen,
      ...(shown.money ? { expectedCashFen: shown.money.cashFen } : {}),
      ...(walletPin ? { walletPin } : {}),
      ...attribution(),
      startPayment: true,
      ...(draft.from === 'cart' ? { fromCart: true } : {}),
      ...(remark.trim() ? { remark: remark.trim() } : {}),
    };
    // One key for however many tries: at most one order comes of them.
    const idempotencyKey = key.current;
    lastPin.current = walletPin;
    try {
      const order = await queue.run(() => api.mall.submitOrder({ body, idempotencyKey }));
      await finish(order, dueOf(shown));
    } catch (reason) {
      const trouble = troubleOf(reason);
      if (isPriceChange(trouble.code)) {
        key.current = randomKey();
        await askAgain(dueOf(shown));
      } else if (isLost(trouble)) setRefusal({ kind: 'lost' });
      else if (!pinAsk.isAbout(trouble)) tell(trouble);
    } finally {
      setBusy(false);
    }
  };
  return {
    preview,
    shown: last.current,
    isFresh,
    wish,
    changeWish,
    isBusy,
    change,
    lines,
    refusal,
    queue,
    /** Goes on without some SKUs. */
    drop: (skuIds: readonly string[]) => {
      setRefusal(null);
      setDropped([...dropped, ...skuIds]);
    },
    /** Asks what it costs now that the promotion's pieces are gone, and shows the difference. */
    askUsual: async () => {
      setRefusal(null);
      setBusy(true);
      await askAgain(last.current ? dueOf(last.current) : 0).finally(() => setBusy(false));
    },
    closeRefusal: () => setRefusal(null),
    remark,
    setRemark,
    submit,
    /** Sends the order again whose answer was lost; it carries the same key. */
    submitAgain: () => submit(lastPin.current),
    slot,
    setSlot,
    pinAsk,
    dismiss: () => setChange(null),
  };
}
