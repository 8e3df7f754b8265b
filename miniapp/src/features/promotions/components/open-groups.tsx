import type { GroupBuyGroup, PromotionCard } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { api } from '@/lib/api-client';
import { go, pageUrl } from '@/lib/navigate';
import { usePages } from '@/lib/use-pages';
import { Avatar } from '@/ui/avatar';
import { Button } from '@/ui/button';
import { Failed, ListEnd } from '@/ui/notice';
import { BlockSkeleton } from '@/ui/skeleton';
import { Countdown } from './countdown';
import './promotions.scss';

/** Groups of this store that still take people: joining one is quicker than opening another. */
export function OpenGroups({ card, storeId }: { card: PromotionCard; storeId: string }) {
  const pages = usePages<GroupBuyGroup>(`groups:${card.id}:${storeId}`, (cursor) =>
    api.mall.openGroups({ params: { id: card.id }, query: { storeId, limit: 10, ...(cursor ? { cursor } : {}) } }),
  );
  return (
    <View className="card" data-testid="open-groups">
      <View className="card-title">正在拼的团</View>
      {pages.isFirstLoad ? <BlockSkeleton /> : null}
      {pages.trouble && pages.items.length === 0 ? (
        <Failed trouble={pages.trouble} onRetry={() => void pages.reload()} />
      ) : null}
      {!pages.isFirstLoad && !pages.trouble && pages.items.length === 0 ? (
        <View className="small soft">还没有人在拼，你来开第一个团吧</View>
      ) : null}
      {pages.items.map((group) => (
        <View key={group.id} className="promo-item row" data-testid={`group-row-${group.id}`}>
          <Avatar url={group.members[0]?.avatarUrl ?? ''} name={group.members[0]?.nickname ?? ''} />
          <View className="grow">
            <View className="one-line">{group.members[0]?.nickname ?? '熟客'} 的团</View>
            <View className="small mid row gap-1 wrap">
              <Text>{group.stateText}</Text>
              <Countdown instant={group.expiresAt} label="剩" over="已结束" />
            </View>
          </View>
          <Button kind="soft" isSmall onTap={() => go(pageUrl.group(group.id))} testId={`join-${group.id}`}>
            {group.isMine ? '查看' : '去参团'}
          </Button>
        </View>
      ))}
      {pages.items.length > 0 && !pages.isEnd ? (
        <ListEnd isLoadingMore={pages.isLoadingMore} isEnd={pages.isEnd} onMore={pages.more} />
      ) : null}
    </View>
  );
}
