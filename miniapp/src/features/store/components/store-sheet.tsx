import type { StoreCard } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { api } from '@/lib/api-client';
import { go, pageUrl } from '@/lib/navigate';
import { toastDone } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { type CurrentStore, chooseStore } from '@/session/current-store';
import { Button } from '@/ui/button';
import { Failed, Strip } from '@/ui/notice';
import { Sheet } from '@/ui/sheet';
import { RowsSkeleton } from '@/ui/skeleton';
import { nearby, reasonText } from '../model';
import { StoreRow } from './store-row';

/** One tap switches to a near store. */
export function StoreSheet({ current, isOpen, onClose }: { current: CurrentStore; isOpen: boolean; onClose(): void }) {
  const { store, position } = current;
  const where = position ?? (store ? { latitude: store.latitude, longitude: store.longitude } : null);
  const near = useQuery(isOpen && where && current.canSwitch ? `near:${where.latitude},${where.longitude}` : null, () =>
    api.mall.stores({ query: { latitude: where?.latitude, longitude: where?.longitude, limit: 8 } }),
  );
  const pick = (next: StoreCard) => {
    chooseStore(next);
    toastDone('已切换门店');
    onClose();
  };
  return (
    <Sheet
      isOpen={isOpen}
      title="切换门店"
      onClose={onClose}
      testId="store-sheet"
      footer={
        <Button
          kind="soft"
          isBlock
          testId="all-stores"
          onTap={() => {
            onClose();
            go(pageUrl.stores());
          }}
        >
          查看全部门店
        </Button>
      }
    >
      {store ? (
        <>
          <View className="store-why">
            {reasonText(current.rule, current.reason)}。价格、库存和自提都以门店为准。
            {position || !current.canSwitch ? '' : '其他门店按离这家店的远近排列。'}
          </View>
          <StoreRow store={store} from={position} isCurrent onTap={onClose} />
        </>
      ) : null}
      {current.canSwitch ? null : (
        <Strip tone="info" testId="no-switch">
          你所在的区域由这家店为你服务，暂时不能换到其他区域的门店。
        </Strip>
      )}
      {near.trouble && !near.data ? <Failed trouble={near.trouble} onRetry={() => void near.reload()} /> : null}
      {current.canSwitch && !near.data && !near.trouble ? <RowsSkeleton count={2} /> : null}
      {nearby(near.data?.items ?? [], store?.id).map((one) => (
        <StoreRow key={one.id} store={one} from={position} onTap={() => pick(one)} />
      ))}
    </Sheet>
  );
}
