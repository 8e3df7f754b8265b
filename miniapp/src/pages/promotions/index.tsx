import type { StoreCard } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { Campaign } from '@/features/promotions/components/campaign-rows';
import { StoreGate } from '@/features/store/components/store-gate';
import { api } from '@/lib/api-client';
import { go, pageUrl } from '@/lib/navigate';
import { useQuery } from '@/lib/use-query';
import { Cell } from '@/ui/cell';
import { Empty, Failed } from '@/ui/notice';
import { Page } from '@/ui/page';
import { BodySkeleton, RowsSkeleton } from '@/ui/skeleton';

function Body({ store }: { store: StoreCard }) {
  const list = useQuery(`promotions:${store.id}`, () => api.mall.promotions({ query: { storeId: store.id } }));
  const cards = (list.data?.items ?? []).filter((card) => card.state !== 'ENDED');
  return (
    <View className="body">
      <View className="card card-flush">
        <Cell icon="user" title="我参加的拼团、砍价和预售" onTap={() => go(pageUrl.myPlays())} testId="to-my-plays" />
      </View>
      {!list.data && list.trouble ? <Failed trouble={list.trouble} onRetry={() => void list.reload()} /> : null}
      {!list.data && !list.trouble ? <RowsSkeleton /> : null}
      {list.data && cards.length === 0 ? (
        <Empty icon="tag" title="这家店现在没有活动" text="有新活动时，首页会第一时间看到" />
      ) : null}
      {cards.map((card) => (
        <Campaign key={card.id} card={card} />
      ))}
    </View>
  );
}

/** Everything that runs or soon begins in this store. */
export default function Promotions() {
  return (
    <Page testId="page-promotions">
      <StoreGate waiting={<BodySkeleton />}>{(store) => <Body key={store.id} store={store} />}</StoreGate>
    </Page>
  );
}
