import type { ReviewState } from '@shuke/shared/contracts';
import type { BrandId, GuideId, Id, MemberId, OrderId, StoreId } from '@shuke/shared/kernel';
import type { CheckState } from '../domain/review-rules.js';

type Row = Record<string, unknown>;
export type ReviewId = Id<'review'>;
export type FollowState = 'PENDING' | 'MANUAL' | 'SHOWN' | 'HIDDEN';

export interface Review {
  brandId: BrandId;
  id: ReviewId;
  kind: 'LINE' | 'SERVICE';
  orderId: OrderId;
  orderNo: string;
  lineId: string;
  productId: Id<'product'> | null;
  productName: string;
  spec: string;
  imageUrl: string | null;
  storeId: StoreId;
  guideId: GuideId | null;
  memberId: MemberId;
  openid: string;
  authorName: string;
  authorAvatar: string;
  isAnonymous: boolean;
  isOffline: boolean;
  stars: number;
  attitude: number | null;
  expertise: number | null;
  speed: number | null;
  text: string;
  pictureIds: string[];
  pictures: string[];
  state: ReviewState;
  textCheck: CheckState;
  checkNote: string;
  checkUntil: Date | null;
  followText: string | null;
  followPictureIds: string[];
  followPictures: string[];
  followState: FollowState | null;
  followCheck: CheckState | null;
  followUntil: Date | null;
  followAt: Date | null;
  rewardText: string | null;
  isCounted: boolean;
  isFollowCounted: boolean;
  createdAt: Date;
  shownAt: Date | null;
}

const list = (value: unknown): string[] =>
  typeof value === 'string' ? (JSON.parse(value) as string[]) : ((value as string[] | null) ?? []);

/** A row of `review`. */
export const toReview = (row: Row): Review => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as ReviewId,
  kind: row['kind'] as Review['kind'],
  orderId: row['order_id'] as OrderId,
  orderNo: String(row['order_no']),
  lineId: String(row['line_id']),
  productId: row['product_id'] as Review['productId'],
  productName: String(row['product_name']),
  spec: String(row['spec']),
  imageUrl: row['image_url'] as string | null,
  storeId: row['store_id'] as StoreId,
  guideId: row['guide_id'] as GuideId | null,
  memberId: row['member_id'] as MemberId,
  openid: String(row['openid']),
  authorName: String(row['author_name']),
  authorAvatar: String(row['author_avatar']),
  isAnonymous: Number(row['is_anonymous']) === 1,
  isOffline: Number(row['is_offline']) === 1,
  stars: Number(row['stars']),
  attitude: row['attitude'] === null ? null : Number(row['attitude']),
  expertise: row['expertise'] === null ? null : Number(row['expertise']),
  speed: row['speed'] === null ? null : Number(row['speed']),
  text: String(row['text']),
  pictureIds: list(row['picture_ids']),
  pictures: list(row['pictures']),
  state: row['state'] as ReviewState,
  textCheck: row['text_check'] as CheckState,
  checkNote: String(row['check_note']),
  checkUntil: row['check_until'] as Date | null,
  followText: row['follow_text'] as string | null,
  followPictureIds: list(row['follow_picture_ids']),
  followPictures: list(row['follow_pictures']),
  followState: row['follow_state'] as FollowState | null,
  followCheck: row['follow_check'] as CheckState | null,
  followUntil: row['follow_until'] as Date | null,
  followAt: row['follow_at'] as Date | null,
  rewardText: row['reward_text'] as string | null,
  isCounted: Number(row['is_counted']) === 1,
  isFollowCounted: Number(row['is_follow_counted']) === 1,
  createdAt: row['created_at'] as Date,
  shownAt: row['shown_at'] as Date | null,
});
