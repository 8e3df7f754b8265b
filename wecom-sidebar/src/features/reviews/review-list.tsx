import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../data/api';
import { keys, pagedBy } from '../../data/queries';
import type { StoreReview } from '../../data/types';
import { useIsManager } from '../../data/use-is-manager';
import { Button } from '../../design/button';
import { EndlessList } from '../../design/endless-list';
import { Photos } from '../../design/photos';
import { snack } from '../../design/snackbar';
import { Empty } from '../../design/states';
import { When } from '../../design/when';
import { WordsSheet } from '../../design/words-sheet';
import { Stars } from './stars';

const THANKS = ['谢谢你说得这么细，这件我们拿回去查，会尽快联系你。', '谢谢你的照片，天冷记得把帽子戴上。'];

function Row({ review, mayReply, onReply }: { review: StoreReview; mayReply: boolean; onReply: () => void }) {
  const isAnswered = review.replies.some((reply) => reply.byName !== '品牌回复');
  return (
    <article className="card review-card" data-testid="store-review">
      <div className="row g8">
        <Stars count={review.stars} />
        <b className="grow ellipsis">{review.authorName}</b>
        {review.state === 'SHOWN' ? null : <span className="chip">{review.stateText}</span>}
      </div>
      <p>{review.text || '没有写字'}</p>
      <Photos urls={review.pictures} label="评价照片" />
      <p className="weak">
        {review.kind === 'SERVICE'
          ? `服务评价${review.guideName ? ` · 导购 ${review.guideName}` : ''}`
          : review.productName}{' '}
        · <When at={review.at} />
      </p>
      {review.followUp ? <p className="quote-note">追评：{review.followUp.text}</p> : null}
      {review.replies.map((reply) => (
        <p key={reply.at} className="quote-note">
          {reply.byName}：{reply.text}
        </p>
      ))}
      {mayReply && !isAnswered && review.state === 'SHOWN' ? (
        <div className="row">
          <span className="grow" />
          <Button look="calm" onClick={onReply} data-testid="review-reply">
            回复
          </Button>
        </div>
      ) : null}
    </article>
  );
}

/** What people say about my store's goods and service; the manager answers once, for everybody to read. */
export function ReviewList() {
  const client = useQueryClient();
  const isManager = useIsManager();
  const [answering, setAnswering] = useState<StoreReview | null>(null);
  const query = useInfiniteQuery({
    queryKey: keys.reviews,
    ...pagedBy((page) => api.guide.reviews({ query: page })),
  });
  const reply = async (text: string) => {
    if (!answering) return;
    await api.guide.replyReview({ params: { id: answering.id }, body: { text } });
    void client.invalidateQueries({ queryKey: keys.reviews });
    snack('已回复，大家都能看到');
  };
  return (
    <>
      <EndlessList
        query={query}
        keyOf={(review) => review.id}
        testId="store-reviews"
        row={(review) => <Row review={review} mayReply={isManager} onReply={() => setAnswering(review)} />}
        empty={
          <Empty icon="star" title="还没有评价">
            客人收到商品后写的评价会出现在这里
          </Empty>
        }
      />
      <WordsSheet
        key={answering?.id ?? 'none'}
        title="回复评价"
        hint="以门店的名义，只能回一次，所有人都能看到"
        placeholder="说谢谢，或说明会怎么处理"
        buttonText="回复"
        atLeast={2}
        ready={THANKS}
        isOpen={answering !== null}
        onClose={() => setAnswering(null)}
        run={reply}
        testId="reply"
      />
    </>
  );
}
