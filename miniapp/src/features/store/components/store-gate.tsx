import type { StoreCard } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { resolveStore, useCurrentStore } from '@/session/current-store';
import { Failed } from '@/ui/notice';
import { StoreAsker } from './store-asker';

/** Shows its content once there is a store: everything in the mall depends on which one. */
export function StoreGate(props: { waiting: ReactNode; children(store: StoreCard): ReactNode }) {
  const current = useCurrentStore();
  if (current.store) return <>{props.children(current.store)}</>;
  if (current.status === 'resolving') return <>{props.waiting}</>;
  if (current.status === 'failed' && current.trouble)
    return <Failed trouble={current.trouble} onRetry={() => void resolveStore()} />;
  return (
    <View className="body">
      <StoreAsker current={current} />
    </View>
  );
}
