import { useState } from 'react';
import { api } from '../../data/api';
import type { BankCoupon, PackItem } from '../../data/types';
import { snack } from '../../design/snackbar';
import { problemText } from '../../design/states';
import type { Draft } from '../../sending/outgoing';

interface Wanted {
  /** What was tapped, to show the busy mark on it. */
  key: string;
  taskItemId?: string | null;
  product?: Draft['product'];
}
const EMPTY: Draft = { words: '' };

/** The words in the send bar; picking something asks the server for its words and card, which the guide may then edit. */
export function useDraft(externalUserId: string) {
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [sourceKey, setSourceKey] = useState<string | null>(null);
  const [busyKey, setBusyKey] = useState<string | null>(null);

  const pick = async ({ key, taskItemId, product }: Wanted): Promise<void> => {
    if (busyKey) return;
    setBusyKey(key);
    const refs = { ...(taskItemId ? { taskItemId } : {}), ...(product ? { productId: product.id } : {}) };
    try {
      const prepared = await api.guide.prepareSend({ params: { externalUserId }, body: refs });
      setDraft({
        words: prepared.words,
        prepared,
        ...(taskItemId ? { taskItemId } : {}),
        ...(product ? { product } : {}),
      });
      setSourceKey(key);
    } catch (error) {
      snack(problemText(error), { text: '重试', run: () => void pick({ key, taskItemId, product }) });
    } finally {
      setBusyKey(null);
    }
  };

  const pickItem = (item: PackItem) => {
    const product = item.productId
      ? { id: item.productId, name: item.productName ?? '', imageUrl: item.imageUrl }
      : undefined;
    setDraft({ words: item.words, taskItemId: item.id, ...(product ? { product } : {}) });
    setSourceKey(item.id);
  };

  const pickCoupon = (coupon: BankCoupon, name: string) => {
    setDraft({
      words: `${name}，${coupon.words}`,
      coupon: { templateId: coupon.templateId, name: coupon.face.name },
    });
    setSourceKey(coupon.templateId);
  };

  const clear = () => {
    setDraft(EMPTY);
    setSourceKey(null);
  };

  return { draft, setDraft, sourceKey, busyKey, pick, pickItem, pickCoupon, clear };
}
