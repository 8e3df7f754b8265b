import type { OrderSummary } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useDidShow, useReachBottom, useRouter } from '@tarojs/taro';
import { useRef, useState } from 'react';
import { OrderCard } from '@/features/orders/components/order-card';
import { PickupMoves } from '@/features/orders/components/pickup-moves';
import { CHANNEL_FILTERS, type ChannelFilter, ORDER_TABS, type OrderTab, tabOf } from '@/features/orders/model';
import { api } from '@/lib/api-client';
import { goTab } from '@/lib/navigate';
import { usePages } from '@/lib/use-pages';
import { useQuery } from '@/lib/use-query';
import { Button } from '@/ui/button';
import { Empty, Failed, ListEnd } from '@/ui/notice';
import { Page } from '@/ui/page';
import { RowsSkeleton } from '@/ui/skeleton';
import { Tabs } from '@/ui/tabs';

export default function Orders() {
  const { params } = useRouter();
  const [tab, setTab] = useState(() => tabOf(params.tab));
  const [channel, setChannel] = useState<ChannelFilter>('ALL');
  const pages = usePages<OrderSummary>(`orders:${tab}:${channel}`, (cursor) =>
    api.mall.orders({
      query: { tab, ...(channel === 'ALL' ? {} : { channel }), ...(cursor ? { cursor } : {}) },
    }),
  );
  const isPaying = pages.items.some(({ state }) => state === 'PENDING_PAY');
  const presales = useQuery(isPaying ? 'presales' : null, () => api.mall.presales({ query: { limit: 50 } }));
  const presaleOf = ({ id, state }: OrderSummary) =>
    state === 'PENDING_PAY' ? presales.data?.items.find(({ orderId }) => orderId === id) : undefined;
  const isFirst = useRef(true);
  useDidShow(() => {
    // Coming back from an order: its state may have changed.
    if (!isFirst.current) void pages.reload();
    isFirst.current = false;
  });
  useReachBottom(() => pages.more());
  return (
    <Page testId="page-orders">
      <View className="tabs-top">
        <Tabs<OrderTab> tabs={ORDER_TABS} value={tab} onChange={setTab} testId="tab" />
      </View>
      <View className="body">
        <View className="chips order-channels" role="radiogroup">
          {CHANNEL_FILTERS.map(({ key, label }) => (
            <View
              key={key}
              className={`chip ${key === channel ? 'chip-on' : ''}`}
              role="radio"
              aria-checked={key === channel}
              data-testid={`channel-${key}`}
              onClick={() => setChannel(key)}
            >
              {label}
            </View>
          ))}
        </View>
        <PickupMoves onAnswered={() => void pages.reload()} />
        {pages.isFirstLoad ? <RowsSkeleton /> : null}
        {pages.trouble && pages.items.length === 0 ? (
          <Failed trouble={pages.trouble} onRetry={() => void pages.reload()} />
        ) : null}
        {!pages.isFirstLoad && !pages.trouble && pages.items.length === 0 ? (
          <Empty
            icon="list"
            title={tab === 'ALL' && channel === 'ALL' ? '还没有订单' : '这里没有订单'}
            text="小程序和门店买的都会出现在这里"
            action={
              <Button onTap={() => goTab(0)} testId="go-home">
                去逛逛
              </Button>
            }
          />
        ) : null}
        {pages.items.map((order) => (
          <OrderCard key={order.id} order={order} presale={presaleOf(order)} />
        ))}
        {pages.items.length > 0 ? (
          <ListEnd isLoadingMore={pages.isLoadingMore} isEnd={pages.isEnd} onMore={pages.more} />
        ) : null}
      </View>
    </Page>
  );
}
