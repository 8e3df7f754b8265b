import { type ReactNode, useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { toast } from '@/lib/toast';
import { chooseStore } from '@/session/current-store';
import { Sheet } from '@/ui/sheet';
import type { CartLine } from '../model';

interface CartElsewhereProps {
  line: CartLine | null;
  show(line: CartLine, act: { isBusy: boolean; onGo(storeId: string): void }): ReactNode;
  onClose(): void;
}

/** Which stores near by have a line that is out here; the cart goes along to the one that is chosen. */
export function CartElsewhere({ line, show, onClose }: CartElsewhereProps) {
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
      {line ? show(line, { isBusy, onGo: (id) => void goTo(id) }) : null}
    </Sheet>
  );
}
