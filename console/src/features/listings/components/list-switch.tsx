import { ApiError } from '@shuke/shared/api';
import { Switch } from 'antd';
import { useState } from 'react';
import { problemText } from '../../../lib/problem';
import type { Listing } from '../../../lib/types';
import { ReasonButton } from '../../../ui/reason-button';
import { useListingActions } from '../api';

/** Headquarters decides about goods that leave a franchisee's store, where the brand wants it so. */
const mayAsk = (failure: unknown): boolean => failure instanceof ApiError && failure.code === 'DELIST_NEEDS_APPROVAL';

/** Lists or unlists a product in this store; shows busy and failure beside itself. */
export function ListSwitch({ storeId, listing }: { storeId: string; listing: Listing }) {
  const { list, askDelisting } = useListingActions(storeId);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [isAsked, setAsked] = useState(false);
  const toggle = async (isListed: boolean) => {
    setBusy(true);
    setFailure(null);
    try {
      await list(listing.productId, isListed);
    } catch (error) {
      setFailure(error);
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
          {problemText(failure).message}
        </div>
      ) : null}
      {mayAsk(failure) ? (
        <ReasonButton
          size="small"
          title={`申请下架「${listing.name}」`}
          description="总部同意以后自动下架，在这之前照常卖。"
          okText="提交申请"
          max={60}
          run={async (reason) => {
            await askDelisting(listing.productId, reason);
            setFailure(null);
            setAsked(true);
          }}
          testId="delist-ask"
        >
          向总部申请
        </ReasonButton>
      ) : null}
      {isAsked ? (
        <div className="muted small" role="status">
          已申请，等总部同意
        </div>
      ) : null}
    </>
  );
}
