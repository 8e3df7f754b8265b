import { Button } from 'antd';
import { useState } from 'react';
import type { Listing, ListingSku } from '../../../lib/types';
import { Money } from '../../../ui/money';
import { ChannelFlags } from './channel-flags';
import { PriceModal } from './price-modal';
import { StockModal } from './stock-modal';

/** One row per SKU: the store's price, and where the sellable number comes from. */
export function SkuTable({ storeId, listing }: { storeId: string; listing: Listing }) {
  const [pricing, setPricing] = useState<ListingSku | null>(null);
  const [counting, setCounting] = useState<ListingSku | null>(null);
  const hasSlice = listing.skus.some((sku) => (sku.setAside ?? 0) > 0);
  return (
    <>
      <table className="plain" data-testid="sku-table">
        <thead>
          <tr>
            <th>规格</th>
            <th>货号</th>
            <th className="right">标价</th>
            <th className="right">本店价</th>
            <th className="right">在库</th>
            <th className="right">占用</th>
            <th className="right">安全库存</th>
            {hasSlice ? <th className="right">秒杀专留</th> : null}
            <th className="right">可售</th>
            <th>自提 / 配送</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {listing.skus.map((sku) => (
            <tr key={sku.skuId}>
              <td>
                {sku.colour} / {sku.size}
              </td>
              <td className="mono">{sku.code}</td>
              <td className="right">
                <Money fen={sku.listPriceFen} />
              </td>
              <td className="right">
                {sku.storePriceFen === null ? (
                  <span className="muted">跟随标价</span>
                ) : (
                  <Money fen={sku.storePriceFen} strong />
                )}
              </td>
              <td className="right num">{sku.onHand}</td>
              <td className="right num">{sku.reserved}</td>
              <td className="right num">{sku.safety}</td>
              {hasSlice ? <td className="right num">{sku.setAside ?? 0}</td> : null}
              <td className="right num">{sku.available <= 0 ? <span className="warn">无货</span> : sku.available}</td>
              <td>
                <ChannelFlags storeId={storeId} sku={sku} />
              </td>
              <td className="right nowrap">
                <Button type="link" size="small" onClick={() => setPricing(sku)} data-testid="sku-price">
                  改价
                </Button>
                <Button type="link" size="small" onClick={() => setCounting(sku)} data-testid="sku-stock">
                  改库存
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {pricing ? (
        <PriceModal storeId={storeId} listing={listing} sku={pricing} onClose={() => setPricing(null)} />
      ) : null}
      {counting ? (
        <StockModal storeId={storeId} sku={counting} name={listing.name} onClose={() => setCounting(null)} />
      ) : null}
    </>
  );
}
