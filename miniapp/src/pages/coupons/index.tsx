import type { MyCoupon } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useReachBottom } from '@tarojs/taro';
import { useState } from 'react';
import { AddCode } from '@/features/coupons/components/add-code';
import { CouponCard } from '@/features/coupons/components/coupon-card';
import { CouponSheet } from '@/features/coupons/components/coupon-sheet';
import { NoticeAsk } from '@/features/notices/components/notice-ask';
import { api } from '@/lib/api-client';
import { go, goTab, pageUrl } from '@/lib/navigate';
import { usePages } from '@/lib/use-pages';
import { Button } from '@/ui/button';
import { Empty, Failed, ListEnd } from '@/ui/notice';
import { Page } from '@/ui/page';
import { RowsSkeleton } from '@/ui/skeleton';
import { Tabs } from '@/ui/tabs';

type Tab = 'USABLE' | 'USED' | 'GONE';
const TABS = [
  { key: 'USABLE', label: '可以用' },
  { key: 'USED', label: '用过的' },
  { key: 'GONE', label: '失效的' },
] as const;
const EMPTY: Record<Tab, string> = {
  USABLE: '去领券中心看看，或者问问你的导购',
  USED: '用掉的券会留在这里，方便对账',
  GONE: '过期和收回的券会在这里',
};

function Tag({ coupon }: { coupon: MyCoupon }) {
  if (coupon.state === 'AVAILABLE') return coupon.isExpiringSoon ? <View className="tag tag-warn">快到期</View> : null;
  return <View className="tag tag-off">{coupon.stateText}</View>;
}

/** My coupons: usable ones first by when they lapse; used and gone ones keep their story. */
export default function Coupons() {
  const [tab, setTab] = useState<Tab>('USABLE');
  const [open, setOpen] = useState<MyCoupon | null>(null);
  const pages = usePages<MyCoupon>(`coupons:${tab}`, (cursor) =>
    api.mall.coupons({ query: { tab, ...(cursor ? { cursor } : {}) } }),
  );
  useReachBottom(() => pages.more());
  return (
    <Page testId="page-coupons">
      <View className="tabs-top">
        <Tabs<Tab> tabs={TABS} value={tab} onChange={setTab} testId="coupon-tab" />
      </View>
      <View className="body">
        {tab === 'USABLE' ? <AddCode onAdded={() => void pages.reload()} /> : null}
        {pages.isFirstLoad ? <RowsSkeleton /> : null}
        {pages.trouble && pages.items.length === 0 ? (
          <Failed trouble={pages.trouble} onRetry={() => void pages.reload()} />
        ) : null}
        {!pages.isFirstLoad && !pages.trouble && pages.items.length === 0 ? (
          <Empty
            icon="ticket"
            title={tab === 'USABLE' ? '还没有可用的券' : '这里没有券'}
            text={EMPTY[tab]}
            action={
              tab === 'USABLE' ? (
                <Button onTap={() => go(pageUrl.couponCentre())} testId="go-centre">
                  去领券
                </Button>
              ) : null
            }
          />
        ) : null}
        {pages.items.map((coupon) => (
          <CouponCard
            key={coupon.id}
            face={coupon.face}
            validText={coupon.validText}
            isOff={tab !== 'USABLE'}
            tag={<Tag coupon={coupon} />}
            action={
              coupon.state === 'AVAILABLE' ? (
                <Button
                  kind="soft"
                  isSmall
                  onTap={() => (coupon.canUseOnline ? goTab(1) : setOpen(coupon))}
                  testId="go-use-coupon"
                >
                  {coupon.canUseOnline ? '去用' : '出示'}
                </Button>
              ) : null
            }
            onTap={() => setOpen(coupon)}
            testId="my-coupon"
          />
        ))}
        {tab === 'USABLE' && pages.items.length > 0 ? <NoticeAsk moment="COUPON" /> : null}
        {pages.items.length > 0 ? (
          <ListEnd isLoadingMore={pages.isLoadingMore} isEnd={pages.isEnd} onMore={pages.more} />
        ) : null}
      </View>
      <CouponSheet coupon={open} onClose={() => setOpen(null)} onChanged={() => void pages.reload()} />
    </Page>
  );
}
