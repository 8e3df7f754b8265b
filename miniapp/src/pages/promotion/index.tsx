import type { PromotionCard, StoreCard } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import Taro, { useDidShow, usePullDownRefresh, useReachBottom, useRouter } from '@tarojs/taro';
import { useEffect } from 'react';
import { MoreToSee } from '@/features/catalog/components/more-to-see';
import { ProductCard } from '@/features/catalog/components/product-card';
import { useProducts } from '@/features/catalog/use-products';
import { Countdown } from '@/features/promotions/components/countdown';
import { OpenGroups } from '@/features/promotions/components/open-groups';
import { PromotionItemRow } from '@/features/promotions/components/promotion-item-row';
import { PromotionTags } from '@/features/promotions/components/promotion-tags';
import { countsTo, hasDeposit } from '@/features/promotions/model';
import { usePlay } from '@/features/promotions/use-play';
import { StoreGate } from '@/features/store/components/store-gate';
import { api } from '@/lib/api-client';
import { go, goTab, pageUrl } from '@/lib/navigate';
import { useQuery } from '@/lib/use-query';
import { wx } from '@/platform/wx';
import { Button } from '@/ui/button';
import { Cell } from '@/ui/cell';
import { Empty, Failed, ListEnd, Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { BlockSkeleton, BodySkeleton, GridSkeleton, RowsSkeleton } from '@/ui/skeleton';

/** Goods of a promotion that names products rather than pieces. */
function NamedProducts({ storeId, productIds }: { storeId: string; productIds: string[] }) {
  const first = productIds.slice(0, 12);
  const list = useQuery(`named:${storeId}:${first.join(',')}`, async () => {
    const found = await Promise.all(
      first.map((id) => api.mall.product({ params: { id }, query: { storeId } }).catch(() => null)),
    );
    return found.flatMap((one) => (one?.isListed ? [one] : []));
  });
  if (!list.data && list.trouble) return <Failed trouble={list.trouble} onRetry={() => void list.reload()} />;
  if (!list.data) return <GridSkeleton count={8} />;
  return (
    <View className="product-grid">
      {list.data.map((product) => (
        <ProductCard
          key={product.id}
          product={{
            ...product,
            imageUrl: product.images[0] ?? '',
            isPriceFrom: product.skus.some((sku) => sku.priceFen !== product.priceFen),
            inStock: product.skus.some((sku) => sku.available > 0),
            badge: null,
          }}
          tags={<PromotionTags productId={product.id} />}
        />
      ))}
    </View>
  );
}

function WholeStore({ storeId }: { storeId: string }) {
  const pages = useProducts({ storeId, sort: 'recommended', inStockOnly: true });
  useReachBottom(() => pages.more());
  // As long as the screen, so that the rules below do not show first and run off.
  if (pages.isFirstLoad) return <GridSkeleton count={8} />;
  if (pages.trouble && pages.items.length === 0)
    return <Failed trouble={pages.trouble} onRetry={() => void pages.reload()} />;
  return (
    <>
      <View className="product-grid">
        {pages.items.map((product) => (
          <ProductCard key={product.id} product={product} tags={<PromotionTags productId={product.id} />} />
        ))}
      </View>
      <ListEnd isLoadingMore={pages.isLoadingMore} isEnd={pages.isEnd} onMore={pages.more} />
    </>
  );
}

function Rules({ card }: { card: PromotionCard }) {
  if (card.rules.length === 0) return null;
  return (
    <View className="card" data-testid="promotion-rules">
      <View className="card-title">活动规则</View>
      {card.rules.map((rule) => (
        <View key={rule} className="mid small">
          · {rule}
        </View>
      ))}
    </View>
  );
}

function Goods({ card, storeId }: { card: PromotionCard; storeId: string }) {
  const play = usePlay(storeId);
  if (card.items.length === 0)
    return card.productIds.length > 0 ? (
      <NamedProducts storeId={storeId} productIds={card.productIds} />
    ) : (
      <WholeStore storeId={storeId} />
    );
  return (
    <View className="card">
      {card.items.map((item) => (
        <PromotionItemRow
          key={item.skuId}
          isOnly={card.items.length === 1}
          card={card}
          item={item}
          isBusy={play.busySku === item.skuId}
          onTake={() => void play.take(card, item)}
        />
      ))}
      {card.kind === 'BUNDLE' || card.kind === 'ADD_ON' ? (
        <View className="promo-cart">
          <Button kind="soft" isBlock onTap={() => goTab(2)} testId="go-cart">
            去购物车结算
          </Button>
        </View>
      ) : null}
    </View>
  );
}

function Body({ id, store }: { id: string; store: StoreCard }) {
  const found = useQuery(`promotion:${id}:${store.id}`, () =>
    api.mall.promotion({ params: { id }, query: { storeId: store.id } }),
  );
  useDidShow(() => void found.reload());
  usePullDownRefresh(() => void found.reload().finally(() => Taro.stopPullDownRefresh()));
  const card = found.data;
  const name = card?.name;
  useEffect(() => {
    if (name) wx.setTitle(name);
  }, [name]);
  if (!card && found.trouble?.code === 'NOT_FOUND')
    return (
      <Empty
        icon="clock"
        title="这个活动已经结束了"
        text={`看看${store.name}现在还有什么`}
        action={<Button onTap={() => go(pageUrl.promotions())}>看其他活动</Button>}
      />
    );
  if (!card && found.trouble) return <Failed trouble={found.trouble} onRetry={() => void found.reload()} />;
  if (!card)
    return (
      <View className="body">
        <BlockSkeleton />
        <RowsSkeleton />
      </View>
    );
  const { instant, label } = countsTo(card);
  return (
    <View className="body">
      <View className="card" data-testid="promotion-head">
        <View className="row gap-2 wrap">
          <Text className="tag campaign-tag">{card.label}</Text>
          <Countdown instant={instant} label={label} over="下拉看最新状态" />
        </View>
        <View className="play-words promo-name" data-testid="promotion-text">
          {card.text}
        </View>
        <View className="small soft">{store.name}</View>
      </View>
      {hasDeposit(card) ? <Strip tone="info">先付定金留货，到时间再付尾款；规则在下面，付之前请看一眼。</Strip> : null}
      <Goods card={card} storeId={store.id} />
      {card.kind === 'GROUP_BUY' ? <OpenGroups card={card} storeId={store.id} /> : null}
      {card.kind === 'GROUP_BUY' || card.kind === 'BARGAIN' || card.kind === 'PRESALE' ? (
        <View className="card card-flush">
          <Cell icon="user" title="我参加的" onTap={() => go(pageUrl.myPlays(card.kind))} testId="to-my-plays" />
        </View>
      ) : null}
      <Rules card={card} />
      {card.items.length > 0 ? (
        <MoreToSee storeId={store.id} title="这家店还有" except={card.items.map(({ productId }) => productId)} />
      ) : null}
    </View>
  );
}

/** One promotion: until when, its goods with what is left, how to take part, and its small print. */
export default function Promotion() {
  const id = useRouter().params.id ?? '';
  return (
    <Page testId="page-promotion">
      <StoreGate waiting={<BodySkeleton />}>{(store) => <Body key={store.id} id={id} store={store} />}</StoreGate>
    </Page>
  );
}
