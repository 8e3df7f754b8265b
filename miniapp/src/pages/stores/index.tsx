import type { StoreCard } from '@shuke/shared/contracts';
import { Input, View } from '@tarojs/components';
import { useState } from 'react';
import { StorePlace } from '@/features/store/components/store-place';
import { WaySheet } from '@/features/store/components/way-sheet';
import { api } from '@/lib/api-client';
import { back } from '@/lib/navigate';
import { toast, toastDone } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { chooseStore, locate, useCurrentStore } from '@/session/current-store';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Empty, Failed } from '@/ui/notice';
import { Page } from '@/ui/page';
import { RowsSkeleton } from '@/ui/skeleton';

function Cities({
  cities,
  value,
  onPick,
}: {
  cities: { name: string; count: number }[];
  value: string;
  onPick(city: string): void;
}) {
  return (
    <View className="chips chips-run city-row">
      <View
        className={`chip ${value === '' ? 'chip-on' : ''}`}
        role="radio"
        data-testid="city-all"
        onClick={() => onPick('')}
      >
        全部
      </View>
      {cities.map(({ name, count }) => (
        <View
          key={name}
          className={`chip ${value === name ? 'chip-on' : ''}`}
          role="radio"
          data-testid={`city-${name}`}
          onClick={() => onPick(name)}
        >
          {name}
          <View className="small soft">{count}</View>
        </View>
      ))}
    </View>
  );
}

export default function Stores() {
  const { store: current, position, status } = useCurrentStore();
  const [city, setCity] = useState('');
  const [q, setQ] = useState('');
  const [way, setWay] = useState<StoreCard | null>(null);
  const [isLocating, setLocating] = useState(false);
  // The store one is in comes first in the list, so the list waits until that is known.
  const key = status === 'resolving' ? null : `all-stores:${city}:${q}:${position?.latitude ?? ''}`;
  const list = useQuery(key, () =>
    api.mall.stores({ query: { ...(position ?? {}), ...(city ? { city } : {}), ...(q ? { q } : {}), limit: 100 } }),
  );
  const [cities, setCities] = useState<{ name: string; count: number }[]>([]);
  if (list.data && city === '' && q === '' && list.data.cities !== cities) setCities(list.data.cities);
  // The store one is in stands first, so that the page begins with what is known.
  const found = list.data?.items ?? [];
  const stores = [...found.filter(({ id }) => id === current?.id), ...found.filter(({ id }) => id !== current?.id)];
  const pick = (store: StoreCard) => {
    chooseStore(store);
    toastDone('已切换门店');
    back();
  };
  const findNear = async () => {
    setLocating(true);
    try {
      await locate();
      setCity('');
    } catch {
      toast('没有拿到位置，可以按城市选门店');
    } finally {
      setLocating(false);
    }
  };
  return (
    <Page testId="page-stores">
      <View className="body">
        <View className="row gap-2">
          <View className="search-box">
            <Icon name="search" size={16} />
            <Input
              className="search-input"
              value={q}
              placeholder="搜门店名、街道、商场"
              data-testid="store-search"
              onInput={(event) => setQ(event.detail.value.slice(0, 30))}
            />
          </View>
          {position ? null : (
            <Button kind="soft" isSmall isBusy={isLocating} onTap={() => void findNear()} testId="use-location">
              附近
            </Button>
          )}
        </View>
        <Cities cities={cities} value={city} onPick={setCity} />
        {!list.data && !list.trouble ? <RowsSkeleton count={4} /> : null}
        {!list.data && list.trouble ? <Failed trouble={list.trouble} onRetry={() => void list.reload()} /> : null}
        {list.data && stores.length === 0 ? (
          <Empty icon="store" title="没有找到门店" text={city ? `${city}换个词试试` : '换个词，或者选一座城市'} />
        ) : null}
        {stores.length > 0 ? (
          <>
            {stores.map((store) => (
              <StorePlace
                key={store.id}
                store={store}
                from={position}
                isCurrent={store.id === current?.id}
                onTap={() => pick(store)}
                onLost={() => setWay(store)}
              />
            ))}
            <View className="list-end">共 {stores.length} 家门店</View>
          </>
        ) : null}
      </View>
      <WaySheet store={way} from={position} onClose={() => setWay(null)} />
    </Page>
  );
}
