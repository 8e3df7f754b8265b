import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { priceProblem } from '../../../lib/corridor';
import { moneyText } from '../../../lib/money';
import type { Listing, ListingSku } from '../../../lib/types';
import { ActionFailed } from '../../../ui/states';
import { useFocusBack } from '../../../ui/use-focus-back';
import { YuanInput } from '../../../ui/yuan-input';
import { useListingActions } from '../api';

interface PriceModalProps {
  storeId: string;
  listing: Listing;
  sku: ListingSku;
  onClose: () => void;
}

/** The store's own price of one SKU, inside the corridor of headquarters. */
export function PriceModal({ storeId, listing, sku, onClose }: PriceModalProps) {
  useFocusBack();
  const [price, setPrice] = useState<number | null>(sku.storePriceFen ?? sku.listPriceFen);
  const { price: setOnServer } = useListingActions(storeId);
  const save = useMutation({
    mutationFn: (fen: number | null) => setOnServer(sku.skuId, fen),
    // A franchisee's low price waits for headquarters: then the old one still stands in the answer.
    onSuccess: (saved, fen) => {
      if (saved.skus.find((one) => one.skuId === sku.skuId)?.storePriceFen === fen) onClose();
    },
  });
  const problem = priceProblem(listing, price);
  const footer = save.isSuccess ? (
    <Button type="primary" onClick={onClose}>
      知道了
    </Button>
  ) : (
    <div className="between">
      <Button
        disabled={sku.storePriceFen === null || save.isPending}
        onClick={() => save.mutate(null)}
        data-testid="price-clear"
      >
        改回跟随标价
      </Button>
      <div className="row">
        <Button onClick={onClose}>取消</Button>
        <Button
          type="primary"
          disabled={problem !== null}
          loading={save.isPending}
          onClick={() => save.mutate(price)}
          data-testid="price-save"
        >
          保存
        </Button>
      </div>
    </div>
  );
  return (
    <Modal title={`${listing.name} ${sku.colour} / ${sku.size}`} open onCancel={onClose} footer={footer} width={440}>
      <div className="stack tight">
        <span className="muted">
          总部标价 {moneyText(sku.listPriceFen)}，可定 {moneyText(listing.floorFen)}–{moneyText(listing.ceilingFen)}
        </span>
        <YuanInput label="本店价" value={price} onChange={setPrice} isExplained testId="price-input" />
        <div role="alert" className="danger" style={{ minHeight: 22 }} data-testid="price-problem">
          {problem}
        </div>
        <ActionFailed error={save.error} title="价格没有保存" />
        {save.isSuccess ? (
          <Alert
            type="info"
            showIcon
            title="已经向总部申请"
            description={
              <>
                这个价低于标价较多，要总部同意；同意之前还按原来的价卖。进展在 <Link to="/approvals">审批</Link> 里看。
              </>
            }
            data-testid="price-asked"
          />
        ) : null}
      </div>
    </Modal>
  );
}
