import { plainYuan } from '../../../lib/money';
import { exactText } from '../../../lib/time';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { Money } from '../../../ui/money';
import { Empty } from '../../../ui/states';
import { When } from '../../../ui/when';
import { type PriceChange, usePriceHistory } from '../mall-api';
import { PRICE_CAUSE } from '../mall-words';

const price = (fen: number | null) => (fen === null ? <span className="muted">跟随标价</span> : <Money fen={fen} />);
const priceText = (fen: number | null): string => (fen === null ? '跟随标价' : plainYuan(fen));
const HISTORY: Column<PriceChange>[] = [
  { key: 'at', title: '时间', width: 130, render: (row) => <When at={row.at} />, text: (row) => exactText(row.at) },
  {
    key: 'sku',
    title: '规格',
    width: 220,
    render: (row) => (
      <>
        {row.spec}
        <div className="muted small num">{row.skuCode}</div>
      </>
    ),
    text: (row) => `${row.skuCode} ${row.spec}`,
  },
  {
    key: 'before',
    title: '原来',
    width: 120,
    isRight: true,
    render: (row) => price(row.beforeFen),
    text: (row) => priceText(row.beforeFen),
  },
  {
    key: 'after',
    title: '变成',
    width: 120,
    isRight: true,
    render: (row) => price(row.afterFen),
    text: (row) => priceText(row.afterFen),
  },
  {
    key: 'cause',
    title: '为什么',
    width: 180,
    render: (row) => PRICE_CAUSE[row.cause],
    text: (row) => PRICE_CAUSE[row.cause],
  },
  {
    key: 'where',
    title: '哪里',
    width: 150,
    render: (row) => row.storeName ?? '全部门店的标价',
    text: (row) => row.storeName ?? '标价',
  },
  { key: 'by', title: '谁', width: 120, render: (row) => row.by, text: (row) => row.by },
];

/** Every change of price that counted in this store. */
export function PriceHistory({ storeId, productId }: { storeId: string; productId?: string }) {
  return (
    <ListCard
      name="price-history"
      title="价格变动"
      pages={usePriceHistory(storeId, productId)}
      columns={HISTORY}
      rowKey={(row) => row.id}
      rowTestId="price-row"
      empty={<Empty title="价格没有变过" hint="标价、门店价和价格计划的每一次变动都会记在这里。" />}
    />
  );
}
