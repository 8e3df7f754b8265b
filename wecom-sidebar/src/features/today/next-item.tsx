import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '../../data/api';
import { keys } from '../../data/queries';
import type { MorningPack, PackItem } from '../../data/types';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Avatar, Thumb } from '../../design/pictures';
import { Price } from '../../design/price';
import { LeftoverStrip } from '../../sending/leftover-strip';
import { useSend } from '../../sending/use-send';

/** The customer to turn to now, full width: who, why today, the words, the picture, three ways on. */
export function NextItem({ item, onSkip }: { item: PackItem; onSkip: () => void }) {
  const navigate = useNavigate();
  const [words, setWords] = useState(item.words);
  const [isEditing, setEditing] = useState(false);
  const client = useQueryClient();
  // The next customer comes up at once; the server's own state replaces this guess a moment later.
  const onSent = () =>
    client.setQueryData<MorningPack>(keys.pack, (old) =>
      old
        ? {
            ...old,
            done: old.done + 1,
            items: old.items.map((one) => (one.id === item.id ? { ...one, state: 'SENT', stateText: '已发' } : one)),
          }
        : old,
    );
  const sending = useSend({ externalUserId: item.externalUserId, place: 'WORKBENCH', onSent });
  // Having looked is worth knowing but not worth stopping for.
  const seen = useMutation({ mutationFn: () => api.guide.seeItem({ params: { id: item.id } }) });
  const send = () =>
    void sending.send({
      words: words.trim(),
      taskItemId: item.id,
      ...(item.productId
        ? { product: { id: item.productId, name: item.productName ?? '', imageUrl: item.imageUrl } }
        : {}),
    });
  const look = () => {
    seen.mutate();
    void navigate(`/customers/${item.externalUserId}`);
  };
  return (
    <article className="card next" data-testid="next-item">
      <header className="row g12">
        <Avatar url={item.avatarUrl} name={item.customerName} size={44} />
        <div className="grow">
          <h2 className="ellipsis" data-testid="next-name">
            {item.customerName}
          </h2>
          <p className="weak ellipsis">{item.title}</p>
        </div>
        {item.mayEarnFen > 0 ? (
          <p className="earn">
            成交约得
            <Price fen={item.mayEarnFen} />
          </p>
        ) : null}
      </header>
      <p className="why">{item.reason}</p>
      {isEditing ? (
        <textarea
          className="field"
          rows={4}
          maxLength={1000}
          aria-label="要发的话"
          value={words}
          onChange={(e) => setWords(e.target.value)}
          data-testid="next-words-edit"
        />
      ) : (
        <button type="button" className="quote next-words" onClick={() => setEditing(true)} data-testid="next-words">
          {words}
          <span className="edit-hint">点一下可改</span>
        </button>
      )}
      {item.productName ? (
        <div className="row g12 next-goods">
          <Thumb url={item.imageUrl} size={64} />
          <div className="grow">
            <p className="clamp2 tight">{item.productName}</p>
            {item.priceFen === null ? null : <Price fen={item.priceFen} />}
          </div>
        </div>
      ) : null}
      <LeftoverStrip
        leftover={sending.leftover}
        isBusy={sending.isBusy}
        onSettle={() => void sending.settleLeftover()}
        onDrop={sending.dropLeftover}
      />
      <div className="row g8 next-acts">
        <Button look="plain" onClick={onSkip} disabled={sending.isBusy} data-testid="next-skip">
          跳过
        </Button>
        <Button look="calm" onClick={look} disabled={sending.isBusy} data-testid="next-look">
          先看看
        </Button>
        <Button
          look="main"
          className="grow"
          onClick={send}
          isBusy={sending.isBusy}
          disabled={words.trim() === ''}
          data-testid="next-send"
        >
          <Icon name="send" />
          发送
        </Button>
      </div>
    </article>
  );
}
