import type { AfterSaleSummary } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useReachBottom } from '@tarojs/taro';
import { CaseCard } from '@/features/after-sale/components/case-card';
import { api } from '@/lib/api-client';
import { go, pageUrl } from '@/lib/navigate';
import { usePages } from '@/lib/use-pages';
import { Button } from '@/ui/button';
import { Empty, Failed, ListEnd } from '@/ui/notice';
import { Page } from '@/ui/page';
import { RowsSkeleton } from '@/ui/skeleton';

export default function AfterSales() {
  const pages = usePages<AfterSaleSummary>('after-sales', (cursor) =>
    api.mall.afterSales({ query: cursor ? { cursor } : {} }),
  );
  useReachBottom(() => pages.more());
  return (
    <Page testId="page-after-sales">
      <View className="body">
        {pages.isFirstLoad ? <RowsSkeleton /> : null}
        {pages.trouble && pages.items.length === 0 ? (
          <Failed trouble={pages.trouble} onRetry={() => void pages.reload()} />
        ) : null}
        {!pages.isFirstLoad && !pages.trouble && pages.items.length === 0 ? (
          <Empty
            icon="refund"
            title="没有售后"
            text="要退要换，从订单里申请"
            action={
              <Button onTap={() => go(pageUrl.orders('ALL'))} testId="to-orders">
                看订单
              </Button>
            }
          />
        ) : null}
        {pages.items.map((one) => (
          <CaseCard key={one.id} one={one} />
        ))}
        {pages.items.length > 0 ? (
          <ListEnd isLoadingMore={pages.isLoadingMore} isEnd={pages.isEnd} onMore={pages.more} />
        ) : null}
      </View>
    </Page>
  );
}
