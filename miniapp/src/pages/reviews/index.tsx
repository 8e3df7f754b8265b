import type { PublicReview, ReviewSummary } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useReachBottom, useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { ReviewItem } from '@/features/reviews/components/review-item';
import { ReviewTagFilter } from '@/features/reviews/components/review-tags';
import { averageText, type Filter, filtersOf } from '@/features/reviews/model';
import { api } from '@/lib/api-client';
import { back } from '@/lib/navigate';
import { usePages } from '@/lib/use-pages';
import { Button } from '@/ui/button';
import { Empty, Failed, ListEnd } from '@/ui/notice';
import { Page } from '@/ui/page';
import { RowsSkeleton } from '@/ui/skeleton';
import { Tabs } from '@/ui/tabs';

function Score({ summary }: { summary: ReviewSummary }) {
  const average = averageText(summary.averageTenths);
  if (!average) return null;
  return (
    <View className="card score" data-testid="score">
      <View>
        <View className="score-figure">{average}</View>
        <View className="small soft">{summary.count} 条评价</View>
      </View>
      <View className="grow">
        {[5, 4, 3, 2, 1].map((star) => {
          const count = summary.stars[star - 1] ?? 0;
          return (
            <View key={star} className="score-bar">
              {star} 星
              <View className="score-track">
                <View
                  className="score-done"
                  style={{ width: `${Math.floor((count * 100) / Math.max(1, summary.count))}%` }}
                />
              </View>
              <View className="digits">{count}</View>
            </View>
          );
        })}
      </View>
    </View>
  );
}

/** All reviews of a product: every score, with nothing left out. */
export default function Reviews() {
  const id = useRouter().params.productId ?? '';
  const [filter, setFilter] = useState<Filter>('ALL');
  const [tag, setTag] = useState<string | null>(null);
  const [summary, setSummary] = useState<ReviewSummary | null>(null);
  const pages = usePages<PublicReview>(id ? `product-reviews:${id}:${filter}:${tag ?? ''}` : null, async (cursor) => {
    const query = { filter, ...(tag ? { tag } : {}), ...(cursor ? { cursor } : {}) };
    const page = await api.mall.productReviews({ params: { id }, query });
    if (page.summary) setSummary(page.summary);
    return page;
  });
  useReachBottom(() => pages.more());
  return (
    <Page testId="page-reviews">
      <View className="tabs-top">
        <Tabs<Filter>
          tabs={summary ? filtersOf(summary) : [{ key: 'ALL', label: '全部' }]}
          value={filter}
          onChange={setFilter}
          testId="review-filter"
        />
      </View>
      <View className="body">
        {summary ? <Score summary={summary} /> : null}
        {summary ? <ReviewTagFilter tags={summary.tags} value={tag} onChange={setTag} /> : null}
        {pages.isFirstLoad ? <RowsSkeleton /> : null}
        {pages.trouble && pages.items.length === 0 ? (
          <Failed trouble={pages.trouble} onRetry={() => void pages.reload()} />
        ) : null}
        {!pages.isFirstLoad && !pages.trouble && pages.items.length === 0 ? (
          <Empty
            icon="star"
            title={tag ? `没有提到「${tag}」的` : '这里还没有评价'}
            text={tag ? '换个条件看看' : '买过的人都可以来说说'}
            action={
              <Button kind="soft" onTap={back} testId="go-back">
                回到商品
              </Button>
            }
          />
        ) : null}
        {pages.items.map((review) => (
          <ReviewItem key={review.id} review={review} />
        ))}
        {pages.items.length > 0 ? (
          <ListEnd isLoadingMore={pages.isLoadingMore} isEnd={pages.isEnd} onMore={pages.more} />
        ) : null}
      </View>
    </Page>
  );
}
