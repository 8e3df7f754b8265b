import { Switch } from 'antd';
import { useState } from 'react';
import { problemText } from '../../../lib/problem';
import type { Listing } from '../../../lib/types';
import { useListingActions } from '../api';

/** Lists or unlists a product in this store; shows busy and failure beside itself. */
export function ListSwitch({ storeId, listing }: { storeId: string; listing: Listing }) {
  const { list } = useListingActions(storeId);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const toggle = async (isListed: boolean) => {
    setBusy(true);
    setFailure(null);
    try {
      await list(listing.productId, isListed);
    } catch (error) {
      setFailure(problemText(error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <span className="row">
        <Switch
          size="small"
          aria-label={`${listing.name} 在本店售卖`}
          checked={listing.isListed}
          loading={isBusy}
          onChange={(next) => void toggle(next)}
          data-testid="listing-switch"
        />
        <span className={listing.isListed ? '' : 'muted'}>{listing.isListed ? '已上架' : '未上架'}</span>
      </span>
      {failure ? (
        <div className="danger small" role="alert">
          {failure}
        </div>
      ) : null}
    </>
  );
}
