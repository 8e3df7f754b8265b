import type { ScannedItem, StoreCard } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import { StoreGate } from '@/features/store/components/store-gate';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { go, pageUrl } from '@/lib/navigate';
import { toast } from '@/lib/toast';
import { wx } from '@/platform/wx';
import { WxError } from '@/platform/wx-types';
import { checkoutDraft } from '@/session/checkout-draft';
import { ensureMember } from '@/session/session';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Empty } from '@/ui/notice';
import { Page } from '@/ui/page';
import { Picture } from '@/ui/picture';
import { Price } from '@/ui/price';
import { BlockSkeleton, BodySkeleton } from '@/ui/skeleton';
import { Stepper } from '@/ui/stepper';

interface Taken {
  item: ScannedItem;
  qty: number;
}

/** One more of a piece that is there already, else a new line. */
const withOne = (taken: readonly Taken[], item: ScannedItem): Taken[] =>
  taken.some((one) => one.item.skuId === item.skuId)
    ? taken.map((one) =>
        one.item.skuId === item.skuId ? { item, qty: Math.min(one.qty + 1, Math.max(1, item.available)) } : one,
      )
    : [...taken, { item, qty: 1 }];

function useBasket(storeId: string) {
  const [taken, setTaken] = useState<Taken[]>([]);
  const [isBusy, setBusy] = useState(false);
  const add = async (code: string) => {
    setBusy(true);
    try {
      if (!(await ensureMember())) return toast('请在微信里打开，登录后再扫码购');
      const item = await api.mall.scanItem({ params: { id: storeId, code: code.trim() } });
      if (item.available <= 0) return toast('这件在系统里没有库存了，请问店员');
      setTaken((before) => withOne(before, item));
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusy(false);
    }
  };
  const scan = async () => {
    try {
      await add((await wx.scan()).result);
    } catch (reason) {
      if (reason instanceof WxError && reason.isMissing) toast('请在微信里打开后再扫码');
    }
  };
  const setQty = (skuId: string, qty: number) =>
    setTaken((before) =>
      before.flatMap((one) => (one.item.skuId === skuId ? (qty > 0 ? [{ ...one, qty }] : []) : [one])),
    );
  return { taken, isBusy, add, scan, setQty };
}

function Basket({ store, code }: { store: StoreCard; code: string }) {
  const { taken, isBusy, add, scan, setQty } = useBasket(store.id);
  const first = useRef(code);
  useEffect(() => {
    if (!first.current) return;
    void add(first.current);
    first.current = '';
  });
  const pay = () => {
    checkoutDraft.set({
      storeId: store.id,
      lines: taken.map(({ item, qty }) => ({ skuId: item.skuId, qty })),
      from: 'now',
      isScanAndGo: true,
    });
    go(pageUrl.checkout('now'));
  };
  return (
    <>
      <View className="body body-with-bar">
        <View className="card row gap-2">
          <Icon name="store" className="cell-icon" />
          <View className="grow">
            <View className="strong">{store.name}</View>
            <View className="small soft">扫吊牌上的条码，付完款出门给店员看出门码</View>
          </View>
        </View>
        {taken.length === 0 && !isBusy ? (
          <Empty icon="scan" title="还没有扫商品" text="确认你就在这家店里，再扫吊牌上的码" />
        ) : null}
        {taken.length === 0 && isBusy ? <BlockSkeleton /> : null}
        {taken.map(({ item, qty }) => (
          <View key={item.skuId} className="card row gap-3" data-testid={`scanned-${item.skuId}`}>
            <Picture url={item.imageUrl} className="picture-mini" label={item.name} />
            <View className="grow">
              <View className="two-lines">{item.name}</View>
              <View className="small soft">{item.spec}</View>
              <View className="row between">
                <Price fen={item.priceFen} />
                <Stepper
                  value={qty}
                  min={0}
                  max={Math.max(1, item.available)}
                  onChange={(next) => setQty(item.skuId, next)}
                  testId={`scanned-qty-${item.skuId}`}
                />
              </View>
            </View>
          </View>
        ))}
      </View>
      <View className="bar">
        <Button kind="soft" isBusy={isBusy} onTap={() => void scan()} testId="scan-item">
          <Icon name="scan" size={16} />
          <Text>扫一件</Text>
        </Button>
        <View className="grow" />
        <Button isDisabled={taken.length === 0} onTap={pay} testId="scan-pay">
          去付款
        </Button>
      </View>
    </>
  );
}

/** Scan and go: pieces are scanned where they hang, paid on the phone and shown at the exit. */
export default function ScanAndGo() {
  const code = useRouter().params.code ?? '';
  return (
    <Page testId="page-scan-and-go">
      <StoreGate waiting={<BodySkeleton count={1} />}>
        {(store) => <Basket key={store.id} store={store} code={code} />}
      </StoreGate>
    </Page>
  );
}
