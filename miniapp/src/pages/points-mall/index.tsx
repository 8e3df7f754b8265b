import type { PointsExchange, PointsGood } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { useReachBottom } from '@tarojs/taro';
import { useState } from 'react';
import { PickupCode } from '@/features/orders/components/pickup-code';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { troubleOf } from '@/lib/errors';
import { countText, exactCount, timeText } from '@/lib/format';
import { go, goTab, pageUrl } from '@/lib/navigate';
import { confirm, toast, toastDone } from '@/lib/toast';
import { usePages } from '@/lib/use-pages';
import { useQuery } from '@/lib/use-query';
import { useWishKey } from '@/lib/use-wish-key';
import { useCurrentStore } from '@/session/current-store';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Empty, Failed, ListEnd } from '@/ui/notice';
import { Page } from '@/ui/page';
import { Picture } from '@/ui/picture';
import { GridSkeleton, RowsSkeleton } from '@/ui/skeleton';
import { Tabs } from '@/ui/tabs';
import '@/features/assets/components/assets.scss';

/** What is known of a good in one line; why it cannot be had comes first. */
function factsOf(good: PointsGood): string {
  const isOut = good.stock <= 0;
  return [
    good.canRedeem || isOut ? '' : good.reason?.replace(/\d{4,}/g, (count) => exactCount(Number(count))),
    isOut ? '' : good.stock <= 20 ? `只剩 ${good.stock} 份` : good.taken > 0 ? `已换 ${countText(good.taken)} 份` : '',
    good.mineLeft === null || !good.canRedeem ? '' : `你还能换 ${good.mineLeft} 份`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Goods without a picture of their own show a gift, not an empty frame. */
const GoodPicture = ({ url, className }: { url: string | null; className: string }) =>
  url ? (
    <Picture url={url} className={className} />
  ) : (
    <View className={`picture good-gift ${className}`}>
      <Icon name="gift" size={44} className="good-gift-icon" />
    </View>
  );

function Good({ good, isBusy, onRedeem }: { good: PointsGood; isBusy: boolean; onRedeem(): void }) {
  return (
    <View className="product-card good" data-testid={`good-${good.id}`}>
      <GoodPicture url={good.imageUrl} className="picture-square" />
      <View className="good-body">
        <View className="strong two-lines">{good.name}</View>
        <View className="small soft two-lines">{good.description}</View>
        <View className="good-points">
          {exactCount(good.points)}
          <Text className="good-unit">积分</Text>
        </View>
        <View className="good-facts">{factsOf(good)}</View>
        <View className="good-foot">
          <Button
            kind="soft"
            isSmall
            isBlock
            isBusy={isBusy}
            isDisabled={!good.canRedeem}
            onTap={onRedeem}
            testId={`redeem-${good.id}`}
          >
            {good.canRedeem ? '兑换' : good.stock <= 0 ? '换完了' : '还不能换'}
          </Button>
        </View>
      </View>
    </View>
  );
}

function Goods({ onDone }: { onDone(): void }) {
  const goods = usePages<PointsGood>('points-mall', (cursor) =>
    api.mall.pointsMall({ query: cursor ? { cursor } : {} }),
  );
  const points = useQuery('points', () => api.mall.points());
  const { store } = useCurrentStore();
  const [busyId, setBusyId] = useState<string | null>(null);
  // A repeat after a lost answer is the same exchange; another good, or another price, is another one.
  const key = useWishKey();
  useReachBottom(() => goods.more());
  const redeem = async (good: PointsGood) => {
    const where = good.kind === 'GOODS' && store ? `，到${store.name}自提` : '';
    if (!(await confirm('确认兑换', `用 ${exactCount(good.points)} 积分换「${good.name}」${where}`, '兑换'))) return;
    setBusyId(good.id);
    try {
      await api.mall.redeemPoints({
        params: { id: good.id },
        body: { qty: 1, expectedPoints: good.points, ...(store ? { storeId: store.id } : {}) },
        idempotencyKey: key.of(`${good.id} ${good.points} ${store?.id ?? ''}`),
      });
      key.done();
      toastDone('兑换成功');
      onDone();
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusyId(null);
      void Promise.all([goods.reload(), points.reload()]);
    }
  };
  if (goods.isFirstLoad) return <GridSkeleton />;
  if (goods.trouble && goods.items.length === 0)
    return <Failed trouble={goods.trouble} onRetry={() => void goods.reload()} />;
  if (goods.items.length === 0)
    return (
      <Empty
        icon="bag"
        title="还没有可以兑换的"
        text="上新后会出现在这里，积分先为你留着"
        action={
          <Button kind="soft" onTap={() => goTab(0)} testId="go-home">
            去逛逛
          </Button>
        }
      />
    );
  return (
    <>
      <View className="hero hero-slim" hoverClass="card-pressed" role="link" onClick={() => go(pageUrl.points())}>
        <View className="grow">
          <View className="hero-label">可用积分</View>
          <View className="hero-figure hero-figure-slim" data-testid="my-points">
            {points.data ? exactCount(points.data.available) : '—'}
          </View>
        </View>
        <View className="hero-link">
          积分明细
          <Icon name="right" size={14} />
        </View>
      </View>
      <View className="product-grid">
        {goods.items.map((good) => (
          <Good key={good.id} good={good} isBusy={busyId === good.id} onRedeem={() => void redeem(good)} />
        ))}
      </View>
      <ListEnd isLoadingMore={goods.isLoadingMore} isEnd={goods.isEnd} onMore={goods.more} />
    </>
  );
}

function Mine({ onLook }: { onLook(): void }) {
  const mine = usePages<PointsExchange>('points-exchanges', (cursor) =>
    api.mall.pointsExchanges({ query: cursor ? { cursor } : {} }),
  );
  useReachBottom(() => mine.more());
  if (mine.isFirstLoad) return <RowsSkeleton />;
  if (mine.trouble && mine.items.length === 0)
    return <Failed trouble={mine.trouble} onRetry={() => void mine.reload()} />;
  if (mine.items.length === 0)
    return (
      <Empty
        icon="bag"
        title="还没有兑换过"
        text="挑一件喜欢的，用积分带回家"
        action={
          <Button kind="soft" onTap={onLook} testId="to-goods">
            看看能换什么
          </Button>
        }
      />
    );
  return (
    <>
      {mine.items.map((one) => (
        <View key={one.id} data-testid="exchange">
          <View className="card good-card">
            <GoodPicture url={one.imageUrl} className="picture-mini" />
            <View className="grow">
              <View className="row between gap-2">
                <View className="strong two-lines">{one.name}</View>
                <View className={`tag ${one.state === 'TO_PICKUP' ? 'tag-warn' : 'tag-off'}`}>{one.stateText}</View>
              </View>
              <View className="small soft">
                {exactCount(one.points)} 积分 · {timeText(one.at, clock.now())}
                {one.storeName ? ` · ${one.storeName}` : ''}
              </View>
            </View>
          </View>
          {one.state === 'TO_PICKUP' && one.pickupCode ? (
            <PickupCode code={one.pickupCode} storeName={one.storeName ?? '门店'} />
          ) : null}
        </View>
      ))}
      <ListEnd isLoadingMore={mine.isLoadingMore} isEnd={mine.isEnd} onMore={mine.more} />
    </>
  );
}

const TABS = [
  { key: 'GOODS', label: '可以兑换' },
  { key: 'MINE', label: '我的兑换' },
] as const;

export default function PointsMall() {
  const [tab, setTab] = useState<'GOODS' | 'MINE'>('GOODS');
  return (
    <Page testId="page-points-mall">
      <View className="tabs-top">
        <Tabs<'GOODS' | 'MINE'> tabs={TABS} value={tab} onChange={setTab} testId="points-tab" />
      </View>
      <View className="body">
        {tab === 'GOODS' ? <Goods onDone={() => setTab('MINE')} /> : <Mine onLook={() => setTab('GOODS')} />}
      </View>
    </Page>
  );
}
