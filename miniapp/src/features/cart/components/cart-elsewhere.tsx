import { useState } from 'react';
import { SoldOut } from '@/features/catalog/components/sold-out';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { toast } from '@/lib/toast';
import { chooseStore, useCurrentStore } from '@/session/current-store';
import { Sheet } from '@/ui/sheet';
import type { CartLine } from '../model';

/** Which stores near by have a line that is out here; the cart goes along to the one that is chosen. */
export function CartElsewhere({ line, storeId, onClose }: { line: CartLine | null; storeId: string; onClose(): void }) {
  const { position } = useCurrentStore();
  const [isBusy, setBusy] = useState(false);
  const goTo = async (otherId: string) => {
    setBusy(true);
    try {
      const { resolution } = await api.mall.enter({ query: { storeId: otherId } });
      onClose();
      if (resolution.store) chooseStore(resolution.store);
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet isOpen={line !== null} title="附近哪家店有" onClose={onClose} testId="cart-elsewhere">
      {line ? (
        <SoldOut
          skuId={line.skuId}
          spec={`${line.name} ${line.colour} · ${line.size}`}
          storeId={storeId}
          position={position}
          isBusy={isBusy}
          onGo={(id) => void goTo(id)}
        />
      ) : null}
    </Sheet>
  );
}
