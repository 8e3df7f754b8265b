import type { Address, CheckoutPreview } from '@shuke/shared/contracts';
import { Input, Text, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { DeliveryPlace } from '@/features/checkout/components/delivery-place';
import { MoneySplit } from '@/features/checkout/components/money-split';
import { PayWith } from '@/features/checkout/components/pay-with';
import { PickupPlace } from '@/features/checkout/components/pickup-place';
import { PresaleSteps } from '@/features/checkout/components/presale-steps';
import { WalletPin } from '@/features/checkout/components/wallet-pin';
import {
  addressText,
  differenceText,
  dueOf,
  elsewhereNote,
  type Fulfil,
  fulfilOf,
  lineNote,
  missingFor,
} from '@/features/checkout/model';
import { type Place, type PriceChange, useCheckout } from '@/features/checkout/use-checkout';
import { priceText, tidyMoney } from '@/lib/format';
import { back, go, goTab, pageUrl } from '@/lib/navigate';
import { toast } from '@/lib/toast';
import { wx } from '@/platform/wx';
import { type CheckoutDraft, checkoutDraft } from '@/session/checkout-draft';
import { useCurrentStore } from '@/session/current-store';
import { Button } from '@/ui/button';
import { Cell } from '@/ui/cell';
import { Dialog } from '@/ui/dialog';
import { Empty, Failed, Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { Price } from '@/ui/price';
import { PriceSteps } from '@/ui/price-steps';
import { PricedLines } from '@/ui/priced-lines';
import { BlockSkeleton } from '@/ui/skeleton';

const WAYS: { key: Fulfil; label: string; note: string }[] = [
  { key: 'SHIP', label: '送到家', note: '门店发货' },
  { key: 'PICKUP', label: '到店自提', note: '备好通知你' },
  { key: 'DELIVERY', label: '同城配送', note: '按时段送达' },
];

function Ways({
  store,
  value,
  onChange,
}: {
  store: CheckoutPreview['store'];
  value: Fulfil;
  onChange(way: Fulfil): void;
}) {
  const offered = WAYS.filter(({ key }) =>
    key === 'SHIP' ? store.canShip : key === 'PICKUP' ? store.canPickup : Boolean(store.canDeliver),
  );
  if (offered.length < 2) return null;
  return (
    <View className="segments" role="radiogroup">
      {offered.map(({ key, label, note }) => (
        <View
          key={key}
          className={`segment ${key === value ? 'segment-on' : ''}`}
          role="radio"
          aria-checked={key === value}
          data-testid={`fulfil-${key}`}
          onClick={() => onChange(key)}
        >
          {label}
          <Text className="small soft">{note}</Text>
        </View>
      ))}
    </View>
  );
}

function Where({ preview }: { preview: CheckoutPreview }) {
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
        note={address ? addressText(address) : '还没有收货地址，先添加一个'}
        onTap={() => go(pageUrl.addresses(true))}
      />
    </View>
  );
}

function PriceChangedDialog(props: { change: PriceChange | null; isBusy: boolean; onAgree(): void; onClose(): void }) {
  const { change } = props;
  return (
    <Dialog
      isOpen={change !== null}
      title="价格有变化"
      testId="price-changed"
      actions={
        <>
          <Button isBlock isBusy={props.isBusy} onTap={props.onAgree} testId="price-agree">
            按新价格提交
          </Button>
          <Button kind="quiet" isBlock onTap={props.onClose} testId="price-decline">
            再看看
          </Button>
        </>
      }
    >
      {change ? (
        <>
          <View className="price-step">
            <Text>刚才要付</Text>
            <Text className="digits">{priceText(change.beforeFen)}</Text>
          </View>
          <View className="price-step">
            <Text>现在要付</Text>
            <Price fen={dueOf(change.after)} size="m" />
          </View>
          <View className="price-step">
            <Text className="strong" data-testid="price-difference">
              {differenceText(change.beforeFen, dueOf(change.after))}
            </Text>
          </View>
        </>
      ) : null}
    </Dialog>
  );
}

function Gifts({ gifts }: { gifts: NonNullable<CheckoutPreview['gifts']> }) {
  if (gifts.length === 0) return null;
  return (
    <View data-testid="gifts">
      {gifts.map((gift) => (
        <View key={gift.skuId} className="money-row">
          <View className="row gap-1">
            <Text className="tag tag-good">赠品</Text>
            <Text className="two-lines">{gift.name}</Text>
          </View>
          <Text className="small soft digits">×{gift.qty}</Text>
        </View>
      ))}
    </View>
  );
}

/** The lines with their discounts, and every step from the goods to what is to be paid. */
function WhatItCosts({ shown, checkout }: { shown: CheckoutPreview; checkout: ReturnType<typeof useCheckout> }) {
  return (
    <>
      <View className="card">
        <View className="card-title">{shown.store.name}</View>
        <PricedLines
          lines={shown.lines.map((line) => ({
            ...line,
            key: line.skuId,
            spec: `${line.colour} · ${line.size}`,
            note: lineNote(line) ?? elsewhereNote(shown, line.skuId),
          }))}
        />
        <Gifts gifts={shown.gifts ?? []} />
        <View className="field">
          <Text className="field-label">留言</Text>
          <Input
            className="field-input"
            value={checkout.remark}
            maxlength={100}
            placeholder="想说的话，选填"
            data-testid="remark"
            onInput={(event) => checkout.setRemark(event.detail.value)}
          />
        </View>
      </View>
      <PayWith shown={shown} wish={checkout.wish} onChange={checkout.changeWish} />
      <View className="card">
        <View className="card-title">价格明细</View>
        <PriceSteps steps={shown.steps} totalFen={shown.totalFen} totalLabel="合计" />
        {shown.money ? <MoneySplit money={shown.money} isPaid={false} /> : null}
        {shown.presale ? <PresaleSteps plan={shown.presale} /> : null}
      </View>
      {shown.guideName ? <Strip tone="info">这一单由你的专属导购{shown.guideName}为你服务。</Strip> : null}
    </>
  );
}

function CheckoutBody({ draft }: { draft: CheckoutDraft }) {
  const { store } = useCurrentStore();
  const [wish, setWish] = useState<Fulfil | null>(null);
  const [address, setAddress] = useState<Address | null>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const chosen = fulfilOf(store ?? { canShip: true, canPickup: true }, wish);
  const fulfil: Fulfil = draft.isScanAndGo ? 'SCAN_AND_GO' : chosen;
  const checkout = useCheckout(draft, { fulfil, place, ...(address ? { addressId: address.id } : {}) });
  const choose = async (way: Fulfil) => {
    if (way === 'DELIVERY' && !place) {
      try {
        const { latitude, longitude } = await wx.chooseLocation();
        setPlace({ latitude, longitude });
      } catch {
        return toast('选好送到哪里，才能同城配送');
      }
    }
    setWish(way);
  };
  const { preview, shown } = checkout;
  useEffect(() => {
    const pick = (picked: Address) => setAddress(picked);
    Taro.eventCenter.on('address-picked', pick);
    return () => {
      Taro.eventCenter.off('address-picked', pick);
    };
  }, []);
  const refused = fulfil === 'DELIVERY' ? preview.trouble?.message : undefined;
  useEffect(() => {
    // The store does not deliver there: say why and go back to the other ways.
    if (!refused) return;
    toast(refused);
    setPlace(null);
    setWish(null);
  }, [refused]);
  if (!preview.data && preview.trouble && !refused)
    return <Failed trouble={preview.trouble} onRetry={() => void preview.reload()} />;
  const missing = missingFor(shown, checkout.slot !== null);
  const cashFen = shown ? dueOf(shown) : 0;
  return (
    <>
      <View className="body body-with-bar">
        {store && !draft.isScanAndGo ? (
          <Ways store={store} value={fulfil} onChange={(way) => void choose(way)} />
        ) : null}
        {shown ? <Where preview={shown} /> : <BlockSkeleton />}
        {shown && fulfil === 'DELIVERY' && place ? (
          <DeliveryPlace preview={shown} place={place} slot={checkout.slot} onSlot={checkout.setSlot} />
        ) : null}
        {shown ? <WhatItCosts shown={shown} checkout={checkout} /> : <BlockSkeleton />}
      </View>
      <View className="bar">
        <View className="grow">
          <View>
            <Text className="small soft">{shown?.presale ? '定金 ' : '应付 '}</Text>
            {shown ? <Price fen={cashFen} size="l" testId="checkout-total" /> : null}
          </View>
          {shown?.savedText ? (
            <View className="small saved" data-testid="saved-text">
              {tidyMoney(shown.savedText)}
            </View>
          ) : null}
        </View>
        <Button
          isBusy={checkout.isBusy || (shown !== null && !checkout.isFresh)}
          isDisabled={!shown}
          onTap={() => void checkout.submit()}
          testId="submit-order"
        >
          {missing && shown ? missing : cashFen === 0 && shown ? '确认下单' : shown?.presale ? '付定金' : '微信支付'}
        </Button>
      </View>
      <WalletPin
        isOpen={checkout.isAskingPin}
        isBusy={checkout.isBusy}
        onPin={(pin) => void checkout.submit(pin)}
        onClose={checkout.closePin}
      />
      <PriceChangedDialog
        change={checkout.change}
        isBusy={checkout.isBusy}
        onAgree={() => void checkout.submit()}
        onClose={checkout.dismiss}
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
