import { View } from '@tarojs/components';
import { api } from '@/lib/api-client';
import { go, pageUrl } from '@/lib/navigate';
import { useQuery } from '@/lib/use-query';
import { Icon } from '@/ui/icon';
import { BlockSkeleton } from '@/ui/skeleton';
import { Stars } from '@/ui/stars';
import { averageText } from '../model';
import { ReviewWords } from './review-item';
import { ReviewTags } from './review-tags';

/** On the product's page: the score and the latest review, asked for after the page itself has come. */
export function ReviewStrip({ productId }: { productId: string }) {
  const reviews = useQuery(`reviews:${productId}`, () =>
    api.mall.productReviews({ params: { id: productId }, query: { limit: 1 } }),
  );
  // Reviews are an extra of this page: when they cannot be had, the page does without.
  if (!reviews.data) return reviews.trouble ? null : <BlockSkeleton />;
  const { summary, items } = reviews.data;
  const [latest] = items;
  const average = averageText(summary?.averageTenths ?? null);
  return (
    <View
      className="card"
      hoverClass={latest ? 'card-pressed' : 'none'}
      data-testid="review-strip"
      onClick={() => latest && go(pageUrl.reviews(productId))}
    >
      <View className="row between">
        <View className="card-title">评价{summary && summary.count > 0 ? ` ${summary.count}` : ''}</View>
        {average ? (
          <View className="row gap-1 mid">
            {average} 分
            <Icon name="right" size={16} />
          </View>
        ) : null}
      </View>
      {latest ? (
        <>
          <View className="row between small soft">
            <View>{latest.authorName}</View>
            <Stars value={latest.stars} />
          </View>
          <ReviewWords review={latest} />
          <ReviewTags tags={summary?.tags ?? []} />
        </>
      ) : (
        <View className="small soft">还没有人评价，买过的人都可以来说说</View>
      )}
    </View>
  );
}
