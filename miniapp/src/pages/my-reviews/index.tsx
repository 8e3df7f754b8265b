import type { MyReview, Reviewable } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useReachBottom } from '@tarojs/taro';
import { useState } from 'react';
import { FollowUpSheet } from '@/features/reviews/components/follow-up-sheet';
import { ReviewWords } from '@/features/reviews/components/review-item';
import { standing } from '@/features/reviews/model';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { troubleOf } from '@/lib/errors';
import { goodsName, timeText } from '@/lib/format';
import { go, pageUrl } from '@/lib/navigate';
import { confirm, toast, toastDone } from '@/lib/toast';
import { usePages } from '@/lib/use-pages';
import { Avatar } from '@/ui/avatar';
import { Button } from '@/ui/button';
import { Empty, Failed, ListEnd, Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { Picture } from '@/ui/picture';
import { RowsSkeleton } from '@/ui/skeleton';
import { Stars } from '@/ui/stars';
import { Tabs } from '@/ui/tabs';

function Waiting() {
  const pages = usePages<Reviewable>('reviewable', (cursor) =>
    api.mall.reviewable({ query: cursor ? { cursor } : {} }),
  );
  useReachBottom(() => pages.more());
  if (pages.isFirstLoad) return <RowsSkeleton />;
  if (pages.trouble && pages.items.length === 0)
    return <Failed trouble={pages.trouble} onRetry={() => void pages.reload()} />;
  if (pages.items.length === 0)
    return (
      <Empty
        icon="star"
        title="没有等你评价的"
        text="收到货、门店买过的都可以来评价"
        action={
          <Button kind="soft" onTap={() => go(pageUrl.orders('ALL'))} testId="to-orders">
            看看订单
          </Button>
        }
      />
    );
  return (
    <>
      {pages.items.map((order) => (
        <View key={order.orderId} className="card" data-testid="to-review">
          <View className="row between gap-2 small soft">
            <View className="one-line">
              {order.storeName}
              {order.channel === 'POS' ? ' · 门店购买' : ''}
            </View>
            <View className="keep">{timeText(order.boughtAt, clock.now())}</View>
          </View>
          {order.lines.slice(0, 3).map((line) => (
            <View key={line.lineId} className="line-row">
              <Picture url={line.imageUrl} className="picture-mini" />
              <View className="grow">
                <View className="one-line">{goodsName(line.name)}</View>
                {line.spec ? <View className="small soft">{line.spec}</View> : null}
              </View>
            </View>
          ))}
          {order.lines.length > 3 ? <View className="small soft">还有 {order.lines.length - 3} 件</View> : null}
          {order.service && order.lines.length === 0 ? (
            <View className="line-row">
              <Avatar url={order.service.avatarUrl} name={order.service.guideName} size={48} />
              <View className="grow">
                <View className="one-line">{order.service.guideName}的服务</View>
                <View className="small soft">说说这次服务得怎么样</View>
              </View>
            </View>
          ) : null}
          <View className="row between gap-2">
            <View className="small soft grow">{order.rewardText ?? ''}</View>
            <Button
              kind="soft"
              isSmall
              onTap={() => go(pageUrl.review(order.orderId))}
              testId={`review-${order.orderId}`}
            >
              去评价
            </Button>
          </View>
        </View>
      ))}
      <ListEnd isLoadingMore={pages.isLoadingMore} isEnd={pages.isEnd} onMore={pages.more} />
    </>
  );
}

function Ticket({ review, onDone }: { review: MyReview; onDone(): void }) {
  const { ticket } = review;
  if (!ticket) return null;
  const close = (isSatisfied: boolean) =>
    void api.mall
      .closeReviewTicket({ params: { id: ticket.id }, body: { isSatisfied } })
      .then(onDone)
      .catch((reason) => toast(troubleOf(reason).message));
  return (
    <View className="review-reply">
      <View>{ticket.stateText}</View>
      {ticket.state === 'CALLED_BACK' ? (
        <View className="row gap-2 spacer-top">
          <Button isSmall kind="quiet" onTap={() => close(false)} testId="ticket-unsettled">
            还没解决
          </Button>
          <Button isSmall kind="soft" onTap={() => close(true)} testId="ticket-settled">
            已经解决
          </Button>
        </View>
      ) : null}
    </View>
  );
}

function Mine({ onWrite }: { onWrite(): void }) {
  const pages = usePages<MyReview>('my-reviews', (cursor) => api.mall.myReviews({ query: cursor ? { cursor } : {} }));
  const [adding, setAdding] = useState<string | null>(null);
  useReachBottom(() => pages.more());
  const remove = async (id: string) => {
    if (!(await confirm('删除评价', '删除后不能恢复，也不能再评一次', '删除'))) return;
    try {
      await api.mall.deleteReview({ params: { id } });
      toastDone('已删除');
    } catch (reason) {
      toast(troubleOf(reason).message);
    }
    await pages.reload();
  };
  if (pages.isFirstLoad) return <RowsSkeleton />;
  if (pages.trouble && pages.items.length === 0)
    return <Failed trouble={pages.trouble} onRetry={() => void pages.reload()} />;
  if (pages.items.length === 0)
    return (
      <Empty
        icon="star"
        title="还没有写过评价"
        text="你的一句话，会帮到下一位"
        action={
          <Button kind="soft" onTap={onWrite} testId="to-waiting">
            去写第一条
          </Button>
        }
      />
    );
  return (
    <>
      {pages.items.map((review) => (
        <View key={review.id} className="card" data-testid="my-review">
          <View className="row between gap-2">
            <View className="strong one-line">
              {review.guideName ? `${review.guideName}的服务` : goodsName(review.productName)}
            </View>
            <Stars value={review.stars} />
          </View>
          <View className="small soft">
            {timeText(review.at, clock.now())} · {review.storeName}
          </View>
          {standing(review) ? <Strip tone="info">{standing(review)}</Strip> : null}
          <ReviewWords review={review} />
          <Ticket review={review} onDone={() => void pages.reload()} />
          {review.rewardText ? <View className="small mid">{review.rewardText}</View> : null}
          <View className="row gap-2 spacer-top">
            <View className="grow" />
            <Button isSmall kind="quiet" onTap={() => void remove(review.id)} testId="delete-review">
              删除
            </Button>
            {review.canFollowUp ? (
              <Button isSmall kind="soft" onTap={() => setAdding(review.id)} testId="follow-up">
                追评
              </Button>
            ) : null}
          </View>
        </View>
      ))}
      <ListEnd isLoadingMore={pages.isLoadingMore} isEnd={pages.isEnd} onMore={pages.more} />
      <FollowUpSheet
        reviewId={adding}
        onClose={() => setAdding(null)}
        onDone={() => {
          setAdding(null);
          void pages.reload();
        }}
      />
    </>
  );
}

type Tab = 'WAITING' | 'MINE';
const TABS = [
  { key: 'WAITING', label: '等你评价' },
  { key: 'MINE', label: '我写过的' },
] as const;

export default function MyReviews() {
  const [tab, setTab] = useState<Tab>('WAITING');
  return (
    <Page testId="page-my-reviews">
      <View className="tabs-top">
        <Tabs<Tab> tabs={TABS} value={tab} onChange={setTab} testId="reviews-tab" />
      </View>
      <View className="body">{tab === 'WAITING' ? <Waiting /> : <Mine onWrite={() => setTab('WAITING')} />}</View>
    </Page>
  );
}
