import { useState } from 'react';
import type { Trouble } from '@/lib/errors';
import { goWhereServed } from '@/session/current-store';
import { Button } from '@/ui/button';
import { Empty, Failed } from '@/ui/notice';

/** A store that does not serve the person leads to the one that does; anything else may be tried again. */
export function StoreTrouble({ trouble, onRetry }: { trouble: Trouble; onRetry(): void }) {
  const [isBusy, setBusy] = useState(false);
  if (trouble.code !== 'STORE_OUT_OF_REACH') return <Failed trouble={trouble} onRetry={onRetry} />;
  const leave = () => {
    setBusy(true);
    void goWhereServed().finally(() => setBusy(false));
  };
  return (
    <Empty
      icon="store"
      title="这家店不在你的服务区域"
      text={trouble.message}
      testId="out-of-reach"
      action={
        <Button isBusy={isBusy} onTap={leave} testId="go-served">
          去为我服务的门店
        </Button>
      }
    />
  );
}
