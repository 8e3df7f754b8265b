import type { GuideCard, ProductDetail, PromotionCard, StoreCard } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useDidHide, useDidShow, useRouter, useShareAppMessage, useUnload } from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import { Fulfilment } from '@/features/catalog/components/fulfilment';
import { Gallery } from '@/features/catalog/components/gallery';
import { Looks } from '@/features/catalog/components/looks';
import { NotListed } from '@/features/catalog/components/not-listed';
import { ProductFacts, ProductHead } from '@/features/catalog/components/product-facts';
import { SizeSheet } from '@/features/catalog/components/size-sheet';
import { SkuPicker } from '@/features/catalog/components/sku-picker';
import { SkuSheet } from '@/features/catalog/components/sku-sheet';
import { SoldOut } from '@/features/catalog/components/sold-out';
import { type Choice, firstChoice, galleryOf, skuOf } from '@/features/catalog/model';
import { useProductActions } from '@/features/catalog/use-product';
import { GuideStrip } from '@/features/guide/components/guide-strip';
import { DealBar, ProductPromotions } from '@/features/promotions/components/product-promotions';
import { dealOf, withSlices } from '@/features/promotions/model';
import { ReviewStrip } from '@/features/reviews/components/review-strip';
import { StoreGate } from '@/features/store/components/store-gate';
import { StoreTrouble } from '@/features/store/components/store-trouble';
import { api } from '@/lib/api-client';
import { go, goTab, pageUrl } from '@/lib/navigate';
import { useCell } from '@/lib/state';
import { toast } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { useSlow } from '@/lib/use-slow';
import { ShareButton } from '@/platform/share-button';
import { wx } from '@/platform/wx';
import { cartCount } from '@/session/cart-count';
import { currentStore, useCurrentStore } from '@/session/current-store';
import { trackDwell } from '@/session/tracker';
import { attribution } from '@/session/visit';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Page } from '@/ui/page';
import { BlockSkeleton } from '@/ui/skeleton';
import './index.scss';

/** Looks shorter than two seconds do not count; leaving or hiding the page ends a look. */
function useDwell(productId: string): void {
  const stop = useRef<() => void>(() => undefined);
  const start = () => {
    stop.current();
    stop.current = trackDwell(productId);
  };
  useDidShow(start);
  useDidHide(() => stop.current());
  useUnload(() => stop.current());
}

function BottomBar(props: { guide: GuideCard | null; isListed: boolean; onIntent(intent: 'cart' | 'buy'): void }) {
  const count = useCell(cartCount);
  const openGuide = () => {
    if (props.guide) go(pageUrl.guideCard({ code: props.guide.code }));
    else go(pageUrl.myGuide());
  };
  return (
    <View className="bar">
      <View className="bar-icon" role="button" data-testid="bar-guide" onClick={openGuide}>
        <Icon name="chat" />
        导购
      </View>
      <View className="bar-icon bar-icon-wrap" role="button" data-testid="bar-cart" onClick={() => goTab(2)}>
        <Icon name="cart" />
        购物车
        {count > 0 ? <View className="bar-badge">{count > 99 ? '99+' : count}</View> : null}
      </View>
      {props.isListed ? (
        <View className="bar-buttons">
          <Button kind="soft" onTap={() => props.onIntent('cart')} testId="add-to-cart">
            加入购物车
          </Button>
          <Button onTap={() => props.onIntent('buy')} testId="buy-now">
            立即购买
          </Button>
        </View>
      ) : (
        <View className="bar-buttons">
          <Button kind="soft" onTap={openGuide} testId="ask-guide">
            问问导购什么时候有
          </Button>
        </View>
      )}
    </View>
  );
}

interface BodyProps {
  given: ProductDetail;
  cards: PromotionCard[];
  store: StoreCard;
  guide: GuideCard | null;
}

function ProductBody({ given, cards, store, guide }: BodyProps) {
  const product = withSlices(given, cards);
  const [choice, setChoice] = useState<Choice>(() => firstChoice(product));
  const [intent, setIntent] = useState<'cart' | 'buy' | null>(null);
  const [isSizing, setSizing] = useState(false);
  const actions = useProductActions(product.id, store.id);
  const sku = skuOf(product, choice);
  const isListed = product.isListed;
  const { position } = useCurrentStore();
  const deal = dealOf(cards, product.id, sku?.id ?? null);
  const openIntent = (next: 'cart' | 'buy') => {
    if (product.skus.every((one) => one.available <= 0)) toast('这款在本店已售罄，选一个尺码看看附近哪家店有');
    else setIntent(next);
  };
  const done = async (skuId: string, qty: number) => {
    const ok = intent === 'buy' ? await actions.buyNow(skuId, qty) : await actions.addToCart(skuId, qty);
    if (ok) setIntent(null);
  };
  const sharePath = `pages/product/index?id=${product.id}&storeId=${store.id}${guide ? `&g=${guide.code}` : ''}`;
  const soldOut =
    isListed && sku && sku.available <= 0 ? (
      <SoldOut
        key={sku.id}
        skuId={sku.id}
        spec={`${sku.colour} · ${sku.size}`}
        storeId={store.id}
        position={position}
        isBusy={actions.isBusy}
        onGo={(id) => void actions.goStore(id)}
        {...(store.canShip ? { onShip: () => void actions.buyNow(sku.id, 1) } : {})}
      />
    ) : null;
  return (
    <View className="body-with-bar">
      <Gallery images={galleryOf(product, choice.colour)} name={product.name} />
      {deal ? <DealBar deal={deal} /> : null}
      <ProductHead product={product} sku={sku} storeName={store.name} share={<ShareButton path={sharePath} />} />
      <View className="body">
        {isListed ? (
          <View className="card sku-card">
            <SkuPicker product={product} choice={choice} onChoose={setChoice} onSizeHelp={() => setSizing(true)} />
          </View>
        ) : (
          <NotListed
            product={product}
            storeName={store.name}
            isBusy={actions.isBusy}
            onGo={(id) => void actions.goStore(id)}
          />
        )}
        {intent === null ? soldOut : null}
        {isListed ? <ProductPromotions cards={cards} /> : null}
        {isListed ? <Fulfilment store={store} /> : null}
        {guide ? <GuideStrip guide={guide} text="选尺码、看搭配，随时问我" /> : null}
        <ReviewStrip productId={product.id} />
        <Looks productId={product.id} storeId={store.id} />
        <ProductFacts product={product} />
      </View>
      <BottomBar guide={guide} isListed={isListed} onIntent={openIntent} />
      <SizeSheet table={product.sizeTable} isOpen={isSizing} onClose={() => setSizing(false)} />
      <SkuSheet
        product={product}
        storeName={store.name}
        choice={choice}
        intent={intent}
        isBusy={actions.isBusy}
        onChoose={setChoice}
        onClose={() => setIntent(null)}
        onDone={(skuId, qty) => void done(skuId, qty)}
        soldOut={soldOut}
      />
    </View>
  );
}

function LoadedProduct({ id, store, guide }: { id: string; store: StoreCard; guide: GuideCard | null }) {
  const product = useQuery(`product:${id}:${store.id}`, () =>
    api.mall.product({ params: { id }, query: { storeId: store.id } }),
  );
  const promotions = useQuery(`product-promotions:${id}:${store.id}`, () =>
    api.mall.promotions({ query: { storeId: store.id, productId: id } }),
  );
  const isLate = useSlow(promotions.isLoading);
  const cards = (promotions.data?.items ?? []).filter((card) => card.state !== 'ENDED');
  const name = product.data?.name;
  useEffect(() => {
    if (name) wx.setTitle(name);
  }, [name]);
  // Price and promotions come together, so that an offer does not push the page down; a late one is not waited for.
  const isComplete = promotions.data !== null || promotions.trouble !== null || isLate;
  if (product.data && isComplete)
    return <ProductBody key={store.id} given={product.data} cards={cards} store={store} guide={guide} />;
  if (product.trouble) return <StoreTrouble trouble={product.trouble} onRetry={() => void product.reload()} />;
  return <Waiting />;
}

function Waiting() {
  return (
    <>
      <View className="bone bone-square" />
      <View className="body">
        <BlockSkeleton />
        <BlockSkeleton />
      </View>
    </>
  );
}

export default function Product() {
  const { params } = useRouter();
  const id = params.id ?? '';
  const { guide } = useCurrentStore();
  useDwell(id);
  useShareAppMessage(() => ({
    title: '我在雪岭看到这件，推荐给你',
    path: `/pages/product/index?id=${id}&storeId=${currentStore.get().store?.id ?? ''}&g=${guide?.code ?? attribution().guideCode ?? ''}`,
  }));
  return (
    <Page testId="page-product">
      <StoreGate waiting={<Waiting />}>{(store) => <LoadedProduct id={id} store={store} guide={guide} />}</StoreGate>
    </Page>
  );
}
