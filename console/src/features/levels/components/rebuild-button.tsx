import { useState } from 'react';
import { api } from '../../../lib/api';
import { useRefreshAssets } from '../../../lib/refresh';
import { ActionButton } from '../../../ui/action-button';

/** Computes every growth anew from the orders, page by page, and says how many differed. */
export function RebuildButton() {
  const refresh = useRefreshAssets();
  const [told, setTold] = useState<string | null>(null);
  const run = async () => {
    let cursor: string | undefined;
    let members = 0;
    let changed = 0;
    do {
      const page = await api.console.rebuildLevels({ body: cursor ? { cursor } : {}, timeoutMs: 60_000 });
      members += page.members;
      changed += page.changed;
      cursor = page.nextCursor ?? undefined;
      setTold(`已核对 ${members} 位，${changed} 位有出入并已改正`);
    } while (cursor);
    await refresh(Promise.resolve());
  };
  return (
    <div className="row">
      {told ? <span className="muted">{told}</span> : null}
      <ActionButton done="核对完了" run={run} testId="level-rebuild">
        按订单重新核对
      </ActionButton>
    </div>
  );
}
