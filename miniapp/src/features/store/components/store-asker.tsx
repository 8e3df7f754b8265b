import { View } from '@tarojs/components';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { toast } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { WxError } from '@/platform/wx-types';
import { type CurrentStore, chooseStore, resolveNear } from '@/session/current-store';
import { Button } from '@/ui/button';
import { Failed, Strip } from '@/ui/notice';
import { RowsSkeleton } from '@/ui/skeleton';
import { StoreRow } from './store-row';
import './store.scss';

function explain(reason: unknown): void {
  if (reason instanceof WxError && reason.isMissing) toast('请在微信里打开后再定位');
  else if (reason instanceof WxError && reason.isRefused) toast('没有拿到位置，可以按城市选门店');
  else toast('定位没有成功，可以按城市选门店');
}

/** Asks instead of guessing: near candidates when the position is uncertain, else stores by city. */
export function StoreAsker({ current }: { current: CurrentStore }) {
  const [busy, setBusy] = useState<'fuzzy' | 'choose' | null>(null);
  const [city, setCity] = useState('');
  const isAsking = current.status === 'ask';
  const list = useQuery(isAsking ? null : `stores:${city}`, () => api.mall.stores({ query: { city, limit: 50 } }));
  const locate = (pick: 'fuzzy' | 'choose') => {
    setBusy(pick);
    void resolveNear(pick)
      .catch(explain)
      .finally(() => setBusy(null));
  };
  const stores = isAsking ? current.candidates : (list.data?.items ?? []);
  return (
    <View className="store-ask" data-testid={isAsking ? 'store-ask' : 'store-city-list'}>
      <View className="store-ask-title">{isAsking ? '你要逛哪家店？' : '先选一家门店'}</View>
      <View className="store-why">
        {isAsking ? '附近有几家店离你差不多远，由你来定。' : '每家店的款式、价格和库存不同，选好后随时能换。'}
      </View>
      {current.isLocationRefused ? <Strip tone="info">没有使用你的位置，下面按城市列出门店。</Strip> : null}
      <View className="row gap-2 wrap">
        {isAsking ? null : (
          <Button kind="soft" isSmall isBusy={busy === 'fuzzy'} onTap={() => locate('fuzzy')} testId="use-location">
            找离我最近的店
          </Button>
        )}
        <Button kind="soft" isSmall isBusy={busy === 'choose'} onTap={() => locate('choose')} testId="choose-location">
          在地图上选位置
        </Button>
      </View>
      {isAsking || !list.data?.cities.length ? null : (
        <View className="chips chips-run city-row">
          {[{ name: '', count: 0 }, ...list.data.cities].map(({ name }) => (
            <View
              key={name}
              className={`chip ${name === city ? 'chip-on' : ''}`}
              role="button"
              onClick={() => setCity(name)}
            >
              {name || '全部'}
            </View>
          ))}
        </View>
      )}
      {!isAsking && list.trouble && !list.data ? (
        <Failed trouble={list.trouble} onRetry={() => void list.reload()} />
      ) : null}
      {!isAsking && !list.data && !list.trouble ? <RowsSkeleton /> : null}
      {stores.length > 0 ? (
        <View className="card card-flush spacer-top">
          {stores.map((store) => (
            <StoreRow key={store.id} store={store} from={current.position} onTap={() => chooseStore(store)} />
          ))}
        </View>
      ) : null}
    </View>
  );
}
