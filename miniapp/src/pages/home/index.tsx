import type { GuideCard, StoreCard } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import Taro, { useDidShow, usePullDownRefresh, useShareAppMessage } from '@tarojs/taro';
import { useState } from 'react';
import { ProductCard } from '@/features/catalog/components/product-card';
import { GuideStrip } from '@/features/guide/components/guide-strip';
import { HomeBody } from '@/features/home/components/home-body';
import { MyStrip } from '@/features/home/components/my-strip';
import { CampaignRows } from '@/features/promotions/components/campaign-rows';
import { PromotionTags } from '@/features/promotions/components/promotion-tags';
import { usePromotionsKnown, useStorePromotions } from '@/features/promotions/store-promotions';
import { MovedNotice } from '@/features/store/components/moved-notice';
import { StoreBar } from '@/features/store/components/store-bar';
import { StoreGate } from '@/features/store/components/store-gate';
import { StoreSheet } from '@/features/store/components/store-sheet';
import { StoreTrouble } from '@/features/store/components/store-trouble';
import { clock } from '@/lib/clock';
import { timeText } from '@/lib/format';
import { go, goTab, openPath, pageUrl } from '@/lib/navigate';
import { toast } from '@/lib/toast';
import { reloadQueries } from '@/lib/use-query';
import { useSlow } from '@/lib/use-slow';
import { wx } from '@/platform/wx';
import { WxError } from '@/platform/wx-types';
import { cartCount, showCartCount } from '@/session/cart-count';
import { resolveStore, useCurrentStore } from '@/session/current-store';
import { attribution } from '@/session/visit';
import { wantedCategory } from '@/session/wanted-category';
import { Icon } from '@/ui/icon';
import { Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { HomeSkeleton } from '@/ui/skeleton';

const ITEM_CODE = /^[0-9A-Za-z._-]{4,40}$/;

async function scan(): Promise<void> {
  try {
    const found = await wx.scan();
    if (found.path && openPath(found.path)) return;
    if (openPath(found.result)) return;
    // The code of a tag: the piece can be taken along, paid here.
    if (ITEM_CODE.test(found.result)) return go(pageUrl.scanAndGo(found.result));
    toast('这个码不是雪岭的，换一个试试');
  } catch (reason) {
    if (reason instanceof WxError && reason.isMissing) toast('请在微信里打开后再扫码');
  }
}

function openCategory(id: string): void {
  wantedCategory.set(id);
  goTab(1);
}

function StoreHome({ store, guide }: { store: StoreCard; guide: GuideCard | null }) {
  const campaigns = useStorePromotions(store.id);
  const isKnown = usePromotionsKnown(store.id);
  const isLate = useSlow(!isKnown);
  return (
    <HomeBody
      store={store}
      mine={<MyStrip />}
      campaigns={<CampaignRows cards={campaigns} />}
      isComplete={isKnown || isLate}
      renderTrouble={(trouble, onRetry) => <StoreTrouble trouble={trouble} onRetry={onRetry} />}
      guideStrip={guide ? <GuideStrip guide={guide} /> : null}
      renderProduct={(product) => (
        <ProductCard key={product.id} product={product} tags={<PromotionTags productId={product.id} />} />
      )}
      onCategory={openCategory}
      more={
        <View className="section-more" role="link" data-testid="more-products" onClick={() => goTab(1)}>
          全部商品
          <Icon name="right" size={14} />
        </View>
      }
    />
  );
}

export default function Home() {
  const current = useCurrentStore();
  const [isSwitching, setSwitching] = useState(false);
  useDidShow(() => showCartCount(cartCount.get() > 0 ? [{ qty: cartCount.get() }] : []));
  usePullDownRefresh(() => {
    reloadQueries();
    void resolveStore().finally(() => Taro.stopPullDownRefresh());
  });
  useShareAppMessage(() => ({
    title: '雪岭羽绒服 · 轻暖过冬',
    path: `/pages/home/index?storeId=${current.store?.id ?? ''}&g=${attribution().guideCode ?? ''}`,
  }));
  return (
    <Page isTab testId="page-home">
      <View className="store-top">
        <StoreBar current={current} onSwitch={() => setSwitching(true)} />
        <View className="home-search">
          <View className="search-box" role="search" data-testid="home-search" onClick={() => go(pageUrl.search())}>
            <Icon name="search" size={16} />
            <Text>搜羽绒服、派克、鹅绒</Text>
          </View>
          <View className="home-scan" role="button" aria-label="扫一扫" data-testid="scan" onClick={() => void scan()}>
            <Icon name="scan" />
          </View>
        </View>
      </View>
      <StoreGate
        waiting={
          <View className="body">
            <HomeSkeleton />
          </View>
        }
      >
        {(store) => (
          <View className="body">
            {current.cachedAt !== null ? (
              <Strip tone="warn" testId="stale">
                网络不太顺畅，这是{timeText(new Date(current.cachedAt).toISOString(), clock.now())}逛过的门店。
              </Strip>
            ) : null}
            <MovedNotice current={current} />
            <StoreHome store={store} guide={current.guide} />
          </View>
        )}
      </StoreGate>
      <StoreSheet current={current} isOpen={isSwitching} onClose={() => setSwitching(false)} />
    </Page>
  );
}
