import { View } from '@tarojs/components';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { distanceText, priceText } from '@/lib/format';
import { toast, toastDone } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { askConsent, useAsks } from '@/session/notices';
import { ensureMember } from '@/session/session';
import { Button } from '@/ui/button';
import { Cell } from '@/ui/cell';
import { Strip } from '@/ui/notice';
import { BlockSkeleton } from '@/ui/skeleton';
import './catalog.scss';

/** As many as fit above the fold; whoever wants a farther store switches to it. */
const SHOWN_MAX = 5;

interface SoldOutProps {
  skuId: string;
  spec: string;
  storeId: string;
  position: { latitude: number; longitude: number } | null;
  isBusy: boolean;
  onGo(storeId: string): void;
  /** Has it sent by the store that still has it; offered only where another store sends for this one. */
  onShip?(): void;
}

/** This size is sold out here: who has it, whether it can be sent all the same, and a word when it is back. */
export function SoldOut({ skuId, spec, storeId, position, isBusy, onGo, onShip }: SoldOutProps) {
  const found = useQuery(`elsewhere:${storeId}:${skuId}`, () =>
    api.mall.soldOut({ params: { id: skuId }, query: { storeId, ...(position ?? {}) } }),
  );
  const [isAsking, setAsking] = useState(false);
  const asks = useAsks('SOLD_OUT') ?? [];
  if (!found.data) return found.trouble ? null : <BlockSkeleton />;
  const { stores, fallback, isNotified } = found.data;
  const notify = async () => {
    setAsking(true);
    // WeChat asks only right after the tap, so before anything that takes time; whatever is answered, the wish counts.
    const consent = asks.length > 0 ? await askConsent(asks.map(({ templateId }) => templateId)) : 'OFF';
    try {
      if (!(await ensureMember())) return toast('请在微信里打开，登录后再登记');
      await api.mall.askArrival({ body: { storeId, skuId } });
      toastDone(consent === 'ALLOWED' ? '到货就发微信给你' : '已登记到货提醒');
      await found.reload();
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setAsking(false);
    }
  };
  return (
    <View className="card sold-out" data-testid="sold-out">
      <View className="card-title">{spec} 在这家店卖完了</View>
      {fallback ? <Strip tone="good">{fallback.text}</Strip> : null}
      {fallback && onShip ? (
        <View className="spacer-top">
          <Button isBlock isBusy={isBusy} onTap={onShip} testId="ship-from-elsewhere">
            照样买，快递送到家
          </Button>
        </View>
      ) : null}
      {stores.slice(0, SHOWN_MAX).map((store) => (
        <Cell
          key={store.storeId}
          icon="store"
          title={store.storeName}
          note={[
            store.distanceM === null ? null : distanceText(store.distanceM),
            priceText(store.priceFen),
            store.canPickup ? '可自提' : null,
            store.canShip ? '可发货' : null,
          ]
            .filter(Boolean)
            .join(' · ')}
          value={
            <Button
              kind="soft"
              isSmall
              isBusy={isBusy}
              onTap={() => onGo(store.storeId)}
              testId={`elsewhere-${store.storeId}`}
            >
              去看看
            </Button>
          }
        />
      ))}
      {stores.length > SHOWN_MAX ? (
        <View className="small soft spacer-top">还有 {stores.length - SHOWN_MAX} 家更远的门店有货。</View>
      ) : null}
      {stores.length === 0 && !fallback ? <View className="small soft">附近的门店也没有了。</View> : null}
      <View className="spacer-top">
        <Button
          kind="soft"
          isBlock
          isBusy={isAsking}
          isDisabled={isNotified}
          onTap={() => void notify()}
          testId="notify-arrival"
        >
          {isNotified ? '已登记，到货就告诉你' : '到货告诉我'}
        </Button>
      </View>
    </View>
  );
}
