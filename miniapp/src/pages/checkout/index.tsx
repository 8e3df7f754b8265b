import type { Address, CheckoutPreview } from '@shuke/shared/contracts';
import { Input, Text, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { addressText, differenceText, type Fulfil, fulfilOf, missingFor } from '@/features/checkout/model';
import { type PriceChange, useCheckout } from '@/features/checkout/use-checkout';
import { priceText } from '@/lib/format';
import { back, go, goTab, pageUrl } from '@/lib/navigate';
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
  const offered = WAYS.filter(({ key }) => (key === 'SHIP' ? store.canShip : store.canPickup));
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
  const { store, address } = preview;
  if (preview.fulfil === 'PICKUP')
    return (
      <View className="card card-flush" data-testid="pickup-store">
        <Cell icon="store" title={store.name} note={`${store.district}${store.address} · ${store.openText}`} />
        {preview.pickupHint ? <Cell icon="clock" title={preview.pickupHint} /> : null}
      </View>
    );
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
            <Text>刚才的总价</Text>
            <Text className="digits">{priceText(change.beforeFen)}</Text>
          </View>
          <View className="price-step">
            <Text>现在的总价</Text>
            <Price fen={change.after.totalFen} size="m" />
          </View>
          <View className="price-step">
            <Text className="strong" data-testid="price-difference">
              {differenceText(change.beforeFen, change.after.totalFen)}
            </Text>
          </View>
        </>
      ) : null}
    </Dialog>
  );
}

function CheckoutBody({ draft }: { draft: CheckoutDraft }) {
  const { store } = useCurrentStore();
  const [wish, setWish] = useState<Fulfil | null>(null);
  const [address, setAddress] = useState<Address | null>(null);
  const fulfil = fulfilOf(store ?? { canShip: true, canPickup: true }, wish);
  const checkout = useCheckout(draft, fulfil, address?.id);
  const { preview } = checkout;
  useEffect(() => {
    const pick = (picked: Address) => setAddress(picked);
    Taro.eventCenter.on('address-picked', pick);
    return () => {
      Taro.eventCenter.off('address-picked', pick);
    };
  }, []);
  if (!preview.data && preview.trouble)
    return <Failed trouble={preview.trouble} onRetry={() => void preview.reload()} />;
  const shown = preview.data;
  const missing = missingFor(shown);
  return (
    <>
      <View className="body body-with-bar">
        {store ? <Ways store={store} value={fulfil} onChange={setWish} /> : null}
        {shown ? <Where preview={shown} /> : <BlockSkeleton />}
        {shown ? (
          <>
            <View className="card">
              <View className="card-title">{shown.store.name}</View>
              <PricedLines
                lines={shown.lines.map((line) => ({ ...line, key: line.skuId, spec: `${line.colour} · ${line.size}` }))}
              />
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
            <View className="card">
              <View className="card-title">价格明细</View>
              <PriceSteps steps={shown.steps} totalFen={shown.totalFen} totalLabel="应付" />
            </View>
            {shown.guideName ? <Strip tone="info">这一单由你的专属导购{shown.guideName}为你服务。</Strip> : null}
          </>
        ) : (
          <BlockSkeleton />
        )}
      </View>
      <View className="bar">
        <View className="grow">
          <Text className="small soft">应付 </Text>
          {shown ? <Price fen={shown.totalFen} size="l" testId="checkout-total" /> : null}
        </View>
        <Button isBusy={checkout.isBusy} isDisabled={!shown} onTap={() => void checkout.submit()} testId="submit-order">
          {missing && shown ? missing : '微信支付'}
        </Button>
      </View>
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
