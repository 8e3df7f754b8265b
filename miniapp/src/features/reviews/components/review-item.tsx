import type { PublicReview } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { clock } from '@/lib/clock';
import { timeText } from '@/lib/format';
import { Avatar } from '@/ui/avatar';
import { PictureRow } from '@/ui/picture-field';
import { Stars } from '@/ui/stars';
import './reviews.scss';

type Words = Pick<PublicReview, 'text' | 'pictures' | 'followUp' | 'replies'>;

/** What was written, what was added later, and what the merchant answered. */
export function ReviewWords({ review }: { review: Words }) {
  return (
    <>
      <View className="review-text">{review.text || '没有写文字'}</View>
      <PictureRow urls={review.pictures} />
      {review.followUp ? (
        <View className="review-more">
          <View className="small strong">{review.followUp.daysAfter} 天后追评</View>
          <View>{review.followUp.text}</View>
          <PictureRow urls={review.followUp.pictures} />
        </View>
      ) : null}
      {review.replies.map((reply) => (
        <View key={reply.at} className="review-reply">
          {reply.byName}：{reply.text}
        </View>
      ))}
    </>
  );
}

export function ReviewItem({ review }: { review: PublicReview }) {
  return (
    <View className="card" data-testid="review">
      <View className="row gap-3">
        <Avatar url={review.authorAvatarUrl} name={review.authorName} size={32} />
        <View className="grow">
          <View className="one-line">{review.authorName}</View>
          <Stars value={review.stars} />
        </View>
        <View className="small soft">{timeText(review.at, clock.now())}</View>
      </View>
      <View className="small soft review-spec">
        {review.spec} · {review.storeName}
        {review.isOffline ? ' · 门店购买' : ''}
      </View>
      <ReviewWords review={review} />
    </View>
  );
}
