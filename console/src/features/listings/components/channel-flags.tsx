import { Checkbox } from 'antd';
import { useState } from 'react';
import { problemText } from '../../../lib/problem';
import type { ListingSku } from '../../../lib/types';
import { useListingActions } from '../api';

/** Which ways of getting it the stock of one SKU is for. */
export function ChannelFlags({ storeId, sku }: { storeId: string; sku: ListingSku }) {
  const { channels } = useListingActions(storeId);
  const [state, setState] = useState<{ isBusy: boolean; failure: string | null }>({ isBusy: false, failure: null });
  const now = { forPickup: sku.forPickup ?? true, forDelivery: sku.forDelivery ?? true };
  const set = async (part: Partial<typeof now>) => {
    setState({ isBusy: true, failure: null });
    try {
      await channels(sku.skuId, { ...now, ...part });
      setState({ isBusy: false, failure: null });
    } catch (error) {
      setState({ isBusy: false, failure: problemText(error).message });
    }
  };
  return (
    <span className="nowrap">
      <Checkbox
        aria-label={`${sku.code} 可自提`}
        disabled={state.isBusy}
        checked={now.forPickup}
        onChange={(event) => void set({ forPickup: event.target.checked })}
      />{' '}
      <Checkbox
        aria-label={`${sku.code} 可配送`}
        disabled={state.isBusy}
        checked={now.forDelivery}
        onChange={(event) => void set({ forDelivery: event.target.checked })}
      />
      {state.failure ? (
        <div className="danger small" role="alert">
          {state.failure}
        </div>
      ) : null}
    </span>
  );
}
