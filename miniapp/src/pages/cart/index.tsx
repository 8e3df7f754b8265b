import type { Cart, StoreCard } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import { type MutableRefObject, useEffect, useRef, useState } from 'react';
import { AddOns } from '@/features/cart/components/add-ons';
import { CartElsewhere } from '@/features/cart/components/cart-elsewhere';
import { CartLineRow, CheckMark } from '@/features/cart/components/cart-line-row';
import { CartSavings, useSavings } from '@/features/cart/components/cart-savings';
import { StoreChanges } from '@/features/cart/components/store-changes';
import { type CartLine, cartView, chosenOf, type LineChange, switchChanges } from '@/features/cart/model';
import { useCart } from '@/features/cart/use-cart';
import { MoreToSee } from '@/features/catalog/components/more-to-see';
import { SoldOut } from '@/features/catalog/components/sold-out';
import { PromotionItemRow } from '@/features/promotions/components/promotion-item-row';
import { useStorePromotions } from '@/features/promotions/store-promotions';
import { StoreBar } from '@/features/store/components/store-bar';
import { StoreGate } from '@/features/store/components/store-gate';
import { StoreSheet } from '@/features/store/components/store-sheet';
import { go, goTab, pageUrl } from '@/lib/navigate';
import { useCell } from '@/lib/state';
import { confirm, toast } from '@/lib/toast';
import { checkoutDraft } from '@/session/checkout-draft';
import { chooseStore, useCurrentStore } from '@/session/current-store';
import { login, session } from '@/session/session';
import { Button } from '@/ui/button';
import { Empty, Failed, Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { Price } from '@/ui/price';
import { BodySkeleton } from '@/ui/skeleton';

function GuestCart() {
  const [isBusy, setBusy] = useState(false);
  const logIn = () => {
    setBusy(true);
    void login()
      .then((ok) => !ok && toast('请在微信里打开后再登录'))
      .finally(() => setBusy(false));
  };
  return (
    <Empty
      icon="cart"
      title="登录后就能看到购物车"
      text="在微信里打开会自动登录，换设备也不会丢"
      action={
        <Button isBusy={isBusy} onTap={logIn} testId="login">
          微信登录
        </Button>
      }
    />
  );
}

interface Seen {
  store: StoreCard;
  cart: Cart;
}

/** What another store made of this cart; told once, right after the switch. */
function useSwitchNews(store: StoreCard, cart: Cart | null, seen: MutableRefObject<Seen | null>) {
  const [news, setNews] = useState<{ from: StoreCard; changes: LineChange[] } | null>(null);
  useEffect(() => {
    if (!cart || cart.storeId !== store.id) return;
    const before = seen.current;
    if (before && before.store.id !== store.id)
      setNews({ from: before.store, changes: switchChanges(before.cart, cart) });
    seen.current = { store, cart };
  }, [cart, store, seen]);
  return { news, forget: () => setNews(null) };
}

function CartBody({ store, seen }: { store: StoreCard; seen: MutableRefObject<Seen | null> }) {
  const { status } = useCell(session);
  const cart = useCart(store.id, status === 'member');
  const { position } = useCurrentStore();
  const [looking, setLooking] = useState<CartLine | null>(null);
  const { news, forget } = useSwitchNews(store, cart.data, seen);
  const addOns = useStorePromotions(store.id).filter(
    (card) => card.kind === 'ADD_ON' && card.state === 'LIVE' && card.items.length > 0,
  );
  const best = useSavings({ storeId: store.id, chosen: chosenOf(cart.data), canShip: store.canShip });
  useDidShow(() => void cart.reload());
  if (status === 'guest') return <GuestCart />;
  if (!cart.data && cart.trouble) return <Failed trouble={cart.trouble} onRetry={() => void cart.reload()} />;
  if (!cart.data) return <BodySkeleton />;
  if (cart.data.lines.length === 0)
    return (
      <View className="body">
        <Empty
          icon="cart"
          title="购物车还是空的"
          text={`去看看${store.name}今天有什么`}
          action={
            <Button onTap={() => goTab(0)} testId="go-home">
              去逛逛
            </Button>
          }
        />
        <MoreToSee storeId={store.id} title="这家店推荐" />
      </View>
    );
  const view = cartView(cart.data);
  const remove = async (line: CartLine) => {
    if (await confirm('移出购物车', `把「${line.name}」移出购物车吗？`, '移出')) await cart.setQty(line.skuId, 0);
  };
  const checkOut = () => {
    if (view.blockedText) return toast(view.blockedText);
    checkoutDraft.set({
      storeId: store.id,
      lines: view.chosen.map(({ skuId, qty }) => ({ skuId, qty })),
      from: 'cart',
    });
    go(pageUrl.checkout('cart'));
  };
  const row = (line: CartLine) => (
    <CartLineRow
      key={line.skuId}
      line={line}
      qty={cart.wished[line.skuId] || line.qty}
      isBusy={cart.busySku === line.skuId}
      onQty={(qty) => void cart.setQty(line.skuId, qty)}
      onSelect={(isSelected) => void cart.select([line.skuId], isSelected)}
      onRemove={() => void remove(line)}
      onElsewhere={() => setLooking(line)}
    />
  );
  const allIds = view.buyable.filter((line) => line.isSelected === view.isAllChosen).map((line) => line.skuId);
  return (
    <>
      <View className="body">
        {cart.trouble ? <Strip tone="warn">网络不太顺畅，价格以结算时为准。</Strip> : null}
        {view.buyable.length > 0 ? <View className="card card-flush">{view.buyable.map(row)}</View> : null}
        {view.gone.length > 0 ? (
          <View className="card" data-testid="cart-gone">
            <View className="strong">这家店暂时买不到</View>
            <View className="small soft">换一家店试试，或者先移除</View>
            {view.gone.map(row)}
          </View>
        ) : null}
        {addOns.map((card) => (
          <AddOns
            key={card.id}
            card={card}
            best={best}
            row={(item) => (
              <PromotionItemRow
                key={item.skuId}
                card={card}
                item={item}
                isTaken={cart.data?.lines.some((line) => line.skuId === item.skuId) ?? false}
                takeText="换购"
                isBusy={cart.busySku === item.skuId}
                onTake={() => void cart.add(item.skuId)}
              />
            )}
          />
        ))}
        <MoreToSee storeId={store.id} title="这家店推荐" except={cart.data.lines.map(({ productId }) => productId)} />
      </View>
      <StoreChanges
        changes={news?.changes ?? []}
        fromName={news?.from.name ?? ''}
        toName={store.name}
        onBack={() => {
          const from = news?.from;
          forget();
          if (from) chooseStore(from);
        }}
        onClose={forget}
      />
      <CartElsewhere
        line={looking}
        onClose={() => setLooking(null)}
        show={({ skuId, name, colour, size }, act) => (
          <SoldOut skuId={skuId} spec={`${name} ${colour} · ${size}`} storeId={store.id} position={position} {...act} />
        )}
      />
      <View className="cart-foot">
        <CartSavings best={best} except={addOns.map((card) => card.id)} />
        <View className="cart-bar">
          <CheckMark
            isOn={view.isAllChosen}
            isOff={view.buyable.length === 0}
            text="全选"
            onTap={() => void cart.select(allIds, !view.isAllChosen)}
            testId="select-all"
          />
          <View className="cart-total">
            <Text className="small soft">合计 </Text>
            <Price fen={cart.data.selectedTotalFen} size="l" testId="cart-total" />
          </View>
          <Button
            isDisabled={view.chosen.length === 0}
            isBusy={cart.busySku !== null}
            onTap={checkOut}
            testId="checkout"
          >
            结算{cart.data.selectedCount > 0 ? ` ${cart.data.selectedCount} 件` : ''}
          </Button>
        </View>
      </View>
    </>
  );
}

export default function CartPage() {
  const current = useCurrentStore();
  const [isSwitching, setSwitching] = useState(false);
  const seen = useRef<Seen | null>(null);
  return (
    <Page isTab className="cart-page" testId="page-cart">
      <View className="store-top">
        <StoreBar current={current} onSwitch={() => setSwitching(true)} />
      </View>
      <StoreGate waiting={<BodySkeleton />}>
        {(store) => <CartBody key={store.id} store={store} seen={seen} />}
      </StoreGate>
      <StoreSheet current={current} isOpen={isSwitching} onClose={() => setSwitching(false)} />
    </Page>
  );
}
