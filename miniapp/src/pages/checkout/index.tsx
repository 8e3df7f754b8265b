import type { CheckoutPreview } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import { SoldOut } from '@/features/catalog/components/sold-out';
import { DeliveryPlace, PlaceRefused } from '@/features/checkout/components/delivery-place';
import { PickupPlace } from '@/features/checkout/components/pickup-place';
import { PriceChangedDialog } from '@/features/checkout/components/price-changed';
import { QueueDialog } from '@/features/checkout/components/queue';
import { OutHere, type OutProps, Refused } from '@/features/checkout/components/refused';
import { WalletPin } from '@/features/checkout/components/wallet-pin';
import { Ways } from '@/features/checkout/components/ways';
import { WhatItCosts } from '@/features/checkout/components/what-it-costs';
import { addressText, dueOf, missingFor } from '@/features/checkout/model';
import { isLost, type OutLine, outLinesOf } from '@/features/checkout/refusals';
import { useCheckout } from '@/features/checkout/use-checkout';
import { useWay } from '@/features/checkout/use-way';
import { askAhead } from '@/features/notices/model';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { back, go, goTab, pageUrl, replaceWith } from '@/lib/navigate';
import { toast } from '@/lib/toast';
import { useSlow } from '@/lib/use-slow';
import { type CheckoutDraft, checkoutDraft } from '@/session/checkout-draft';
import { chooseStore, useCurrentStore } from '@/session/current-store';
import { useAsks } from '@/session/notices';
import { Button } from '@/ui/button';
import { Cell } from '@/ui/cell';
import { Empty, Failed, Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { Price } from '@/ui/price';
import { BlockSkeleton } from '@/ui/skeleton';

function Where({ preview, placeName }: { preview: CheckoutPreview; placeName: string | undefined }) {
  const { address } = preview;
  if (preview.fulfil === 'PICKUP') return <PickupPlace preview={preview} />;
  if (preview.fulfil === 'SCAN_AND_GO')
    return <Strip tone="info">在{preview.store.name}扫码购：付款后拿好商品，出门时给店员看出门码。</Strip>;
  return (
    <View className="card card-flush">
      <Cell
        icon="pin"
        testId="pick-address"
        title={address ? `${address.name}  ${address.phone}` : '选择收货地址'}
        note={
          address
            ? addressText(address)
            : placeName
              ? `填「${placeName}」的门牌号和收货人`
              : '还没有收货地址，先添加一个'
        }
        onTap={() => go(pageUrl.addresses(true))}
      />
    </View>
  );
}

/** What is to be paid now, what is saved, and the one strong button. */
function PayBar({ shown, checkout }: { shown: CheckoutPreview | null; checkout: ReturnType<typeof useCheckout> }) {
  const missing = missingFor(shown, checkout.slot !== null);
  const isSlow = useSlow(checkout.isBusy);
  const dueFen = shown ? dueOf(shown) : 0;
  const action = !shown || dueFen > 0 ? (shown?.presale ? '付定金' : '微信支付') : '确认下单';
  // What was shown last stays, and the price of the newest choice can be asked for again.
  const unpriced = shown && !checkout.preview.data ? checkout.preview.trouble : null;
  return (
    <View className="bar">
      <View className="grow">
        <View>
          <Text className="small soft">{shown?.presale ? '定金 ' : '应付 '}</Text>
          {shown ? <Price fen={dueFen} size="l" testId="checkout-total" /> : null}
        </View>
        {unpriced ? (
          <View className="small mid" role="alert" data-testid="unpriced">
            {unpriced.message}
          </View>
        ) : isSlow ? (
          <View className="small mid" data-testid="submit-slow">
            网络有点慢，还在提交
          </View>
        ) : shown?.savedText ? (
          <View className="small saved" data-testid="saved-text">
            {shown.savedText}
          </View>
        ) : null}
      </View>
      <Button
        isBusy={checkout.isBusy || (shown !== null && !checkout.isFresh && (!unpriced || checkout.preview.isLoading))}
        isDisabled={!shown}
        onTap={() => void (unpriced ? checkout.preview.reload() : checkout.submit())}
        testId="submit-order"
      >
        {unpriced ? '再算一次' : missing && shown ? missing : action}
      </Button>
    </View>
  );
}

/** A store that does not deliver there: the other ways come back, and the reason stays. */
function useRefusedDelivery(message: string | undefined, giveUp: (reason: string) => void): void {
  const latest = useRef(giveUp);
  latest.current = giveUp;
  useEffect(() => {
    if (message) latest.current(message);
  }, [message]);
}

/** To the same goods in another store: the cart goes along, a single piece is looked at there. */
function useElsewhere(draft: CheckoutDraft) {
  const [isBusy, setBusy] = useState(false);
  const onGo = async (storeId: string) => {
    setBusy(true);
    try {
      const { resolution } = await api.mall.enter({ query: { storeId } });
      if (!resolution.store) return;
      chooseStore(resolution.store);
      if (draft.from === 'cart') goTab(2);
      else back();
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, onGo: (storeId: string) => void onGo(storeId) };
}

function CheckoutBody({ draft }: { draft: CheckoutDraft }) {
  const { store } = useCurrentStore();
  const way = useWay(store, draft.isScanAndGo === true);
  const { fulfil, place, address } = way;
  const checkout = useCheckout(draft, { fulfil, place, ...(address ? { addressId: address.id } : {}) });
  const { preview, shown } = checkout;
  useAsks(askAhead({ fulfil, isOfGroup: draft.isOfGroup === true, isPresale: Boolean(shown?.presale) }));
  const { trouble } = preview;
  const refused = fulfil === 'DELIVERY' && trouble && !isLost(trouble) ? trouble.message : undefined;
  useRefusedDelivery(refused, way.giveUpDelivery);
  const elsewhere = useElsewhere(draft);
  const { position } = useCurrentStore();
  const canSwitch = store?.canShip === true && fulfil !== 'SHIP' && !draft.isScanAndGo;
  const toShipping = () => {
    checkout.closeRefusal();
    way.choose('SHIP');
  };
  const out: Omit<OutProps, 'lines'> = {
    isBusy: elsewhere.isBusy,
    onDrop: null,
    show: (line) => (
      <SoldOut
        key={line.skuId}
        skuId={line.skuId}
        spec={line.title}
        storeId={draft.storeId}
        position={position}
        {...elsewhere}
        {...(canSwitch ? { onShip: toShipping } : {})}
      />
    ),
  };
  const without = (lines: readonly OutLine[]) => {
    const ids = lines.map((line) => line.skuId);
    return checkout.lines.some((line) => !ids.includes(line.skuId)) ? () => checkout.drop(ids) : null;
  };
  if (!preview.data && trouble && !refused) {
    const lines = outLinesOf(trouble, checkout.lines, []);
    if (lines.length > 0)
      return (
        <View className="body">
          <OutHere lines={lines} {...out} onDrop={without(lines)} />
        </View>
      );
    if (!shown) return <Failed trouble={trouble} onRetry={() => void preview.reload()} />;
  }
  const { refusal, queue } = checkout;
  return (
    <>
      <View className="body body-with-bar">
        {store && !draft.isScanAndGo ? <Ways store={store} value={fulfil} onChange={way.choose} /> : null}
        {way.refused ? <PlaceRefused refused={way.refused} onPlace={way.deliverTo} /> : null}
        {shown ? (
          <Where preview={shown} placeName={fulfil === 'DELIVERY' ? place?.name : undefined} />
        ) : (
          <BlockSkeleton />
        )}
        {shown && fulfil === 'DELIVERY' && place ? (
          <DeliveryPlace
            preview={shown}
            place={place}
            slot={checkout.slot}
            onSlot={checkout.setSlot}
            onPlace={way.deliverTo}
          />
        ) : null}
        {shown ? <WhatItCosts shown={shown} checkout={checkout} /> : <BlockSkeleton />}
      </View>
      <PayBar shown={shown} checkout={checkout} />
      <WalletPin
        ask={checkout.pinAsk.ask}
        isBusy={checkout.isBusy}
        onPin={(pin) => void checkout.submit(pin)}
        onClose={checkout.pinAsk.close}
      />
      <PriceChangedDialog
        change={checkout.change}
        isBusy={checkout.isBusy}
        onAgree={() => void checkout.submit()}
        onClose={checkout.dismiss}
      />
      <QueueDialog queueing={queue.queueing} onLeave={queue.leave} />
      <Refused
        refusal={refusal}
        {...out}
        onDrop={refusal?.kind === 'out' ? without(refusal.lines) : null}
        onAgain={() => void checkout.submitAgain()}
        onOrders={() => replaceWith(pageUrl.orders('PENDING_PAY'))}
        onUsual={() => void checkout.askUsual()}
        onBack={back}
        onClose={checkout.closeRefusal}
      />
    </>
  );
}

export default function Checkout() {
  // Read once: the draft of this visit to the page must not change under the person's hands.
  const [draft] = useState(() => checkoutDraft.get());
  return (
    <Page testId="page-checkout">
      {draft ? (
        <CheckoutBody draft={draft} />
      ) : (
        <Empty
          icon="bag"
          title="没有要结算的商品"
          text="从购物车或商品页重新进来就好"
          action={
            <Button onTap={() => (Taro.getCurrentPages().length > 1 ? back() : goTab(2))} testId="back-to-cart">
              回购物车
            </Button>
          }
        />
      )}
    </Page>
  );
}
