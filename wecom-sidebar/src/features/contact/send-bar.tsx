import { useEffect, useRef } from 'react';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Thumb } from '../../design/pictures';
import { Price } from '../../design/price';
import type { Draft } from '../../sending/outgoing';

const MAX = 1000;

interface Card {
  kind: string;
  name: string;
  imageUrl: string | null;
}
/** The card that will follow the words, as far as it is known before the server has prepared it. */
function cardOf({ product, coupon, prepared }: Draft): Card | null {
  if (coupon) return { kind: '优惠券', name: coupon.name, imageUrl: null };
  const name = product?.name || prepared?.card?.title;
  return name ? { kind: '商品卡', name, imageUrl: product?.imageUrl ?? prepared?.card?.imgUrl ?? null } : null;
}

interface Props {
  draft: Draft;
  isBusy: boolean;
  onChange: (draft: Draft) => void;
  onClear: () => void;
  onSend: () => void;
}

/** Editable words and one tap to send, always under the thumb. */
export function SendBar({ draft, isBusy, onChange, onClear, onSend }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const mayEarn = draft.prepared?.mayEarnFen ?? 0;
  const { words } = draft;
  const card = cardOf(draft);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the words
  useEffect(() => {
    const box = area.current;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight + 2, 132)}px`;
  }, [words]);
  return (
    <div className="send-bar" data-testid="send-bar">
      {card || mayEarn > 0 ? (
        <div className="row g8 send-extra">
          {card ? (
            <>
              {draft.coupon ? <Icon name="gift" /> : <Thumb url={card.imageUrl} size={32} />}
              <span className="small ellipsis grow" data-testid="send-card">
                {card.kind} · {card.name}
              </span>
            </>
          ) : (
            <span className="grow" />
          )}
          {mayEarn > 0 ? (
            <span className="weak nowrap">
              成交约得 <Price fen={mayEarn} />
            </span>
          ) : null}
          <button type="button" className="send-clear" aria-label="清空发送栏" onClick={onClear}>
            <Icon name="close" />
          </button>
        </div>
      ) : null}
      <div className="row g8 send-line">
        <textarea
          ref={area}
          rows={1}
          className="field"
          placeholder="写一句，或从上面选一件"
          aria-label="要发的话"
          maxLength={MAX}
          value={words}
          disabled={isBusy}
          onChange={(e) => onChange({ ...draft, words: e.target.value })}
          data-testid="send-words"
        />
        <Button look="main" isBusy={isBusy} disabled={words.trim() === ''} onClick={onSend} data-testid="send-button">
          发送
        </Button>
      </div>
    </div>
  );
}
