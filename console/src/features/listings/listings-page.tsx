import { Button, Select } from 'antd';
import { useListings } from '../../lib/listings';
import { useIsHq } from '../../lib/me';
import { plainYuan } from '../../lib/money';
import { useAllStores, useCategories } from '../../lib/stores';
import type { Listing } from '../../lib/types';
import { useUrlFilters } from '../../lib/url-state';
import { Choice, TextFilter } from '../../ui/filters';
import { ListCard } from '../../ui/list-card';
import type { Column } from '../../ui/list-table';
import { PageFrame } from '../../ui/page';
import { ProductCell } from '../../ui/product-cell';
import { Empty } from '../../ui/states';
import { Status } from '../../ui/status';
import { ListSwitch } from './components/list-switch';
import { SkuTable } from './components/sku-table';
import { sumListing } from './model';

const columnsOf = (storeId: string): Column<Listing>[] => [
  {
    key: 'name',
    title: '商品',
    width: 300,
    render: (row) => <ProductCell name={row.name} code={row.code} imageUrl={row.imageUrl} />,
    text: (row) => `${row.code} ${row.name}`,
  },
  {
    key: 'listed',
    title: '在本店售卖',
    width: 150,
    render: (row) => <ListSwitch storeId={storeId} listing={row} />,
    text: (row) => (row.isListed ? '上架' : '未上架'),
  },
  {
    key: 'price',
    title: '本店售价',
    width: 190,
    isRight: true,
    render: (row) => {
      const sum = sumListing(row);
      return (
        <>
          <span className="num">{sum.priceText}</span>
          <div className="muted small">{sum.hasOwnPrice ? '门店定价' : '跟随标价'}</div>
        </>
      );
    },
    text: (row) => sumListing(row).priceText,
  },
  {
    key: 'available',
    title: '可售',
    width: 120,
    isRight: true,
    render: (row) => {
      const sum = sumListing(row);
      return (
        <>
          <span className="num">{sum.available}</span>
          {sum.soldOut > 0 ? <div className="small warn">{sum.soldOut} 个规格无货</div> : null}
        </>
      );
    },
    text: (row) => sumListing(row).available,
  },
  {
    key: 'onHand',
    title: '在库',
    width: 90,
    isRight: true,
    render: (row) => <span className="num">{sumListing(row).onHand}</span>,
    text: (row) => sumListing(row).onHand,
  },
  {
    key: 'list',
    title: '标价',
    width: 110,
    isRight: true,
    isExtra: true,
    render: (row) => plainYuan(row.listPriceFen),
    text: (row) => plainYuan(row.listPriceFen),
  },
];

function PickStore({ onPick }: { onPick: (id: string) => void }) {
  const stores = useAllStores();
  const [first] = stores.data ?? [];
  return (
    <div className="card">
      <Empty
        title="先选一家门店"
        hint="每家店有自己的上架、价格和库存。"
        action={
          <div className="row wrap" style={{ justifyContent: 'center', maxWidth: '100%' }}>
            <Select
              aria-label="选择门店"
              placeholder="选择门店"
              loading={stores.isPending}
              options={(stores.data ?? []).map((store) => ({ value: store.id, label: store.name }))}
              showSearch={{ optionFilterProp: 'label' }}
              onChange={onPick}
              style={{ width: 300, maxWidth: '100%', textAlign: 'left' }}
              data-testid="pick-store"
            />
            {first ? (
              <Button type="link" onClick={() => onPick(first.id)} style={{ marginTop: 0 }}>
                看「{first.name}」
              </Button>
            ) : null}
          </div>
        }
      />
    </div>
  );
}

export default function ListingsPage() {
  const isHq = useIsHq();
  const [filters, setFilters] = useUrlFilters(['store', 'q', 'category']);
  const listings = useListings(filters.store, filters);
  const stores = useAllStores();
  const categories = useCategories();
  const store = stores.data?.find((one) => one.id === filters.store);
  return (
    <PageFrame
      title="门店商品"
      hint={
        store ? (
          <span className="row">
            {store.name} ·{' '}
            <Status tone={store.status === 'OPEN' ? 'good' : 'warn'}>
              {store.status === 'OPEN' ? '营业' : '未营业'}
            </Status>{' '}
            · 展开商品可以改每个规格的价格和库存
          </span>
        ) : (
          '每家门店卖什么、卖多少钱、还有几件。'
        )
      }
      actions={
        isHq ? null : (
          <Button href="#/products/new" data-testid="own-product">
            上自己的商品
          </Button>
        )
      }
    >
      {filters.store ? (
        <ListCard
          key={filters.store}
          name="listings"
          title="门店商品"
          pages={listings}
          columns={columnsOf(filters.store)}
          rowKey={(row) => row.productId}
          rowTestId="listing-row"
          expand={(row) => <SkuTable storeId={filters.store ?? ''} listing={row} />}
          filters={
            <>
              <TextFilter label="名称、款号" value={filters.q} onChange={(q) => setFilters({ q })} testId="filter-q" />
              <Choice
                label="品类"
                isSearchable
                value={filters.category}
                options={(categories.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
                onChange={(category) => setFilters({ category })}
              />
            </>
          }
          empty={<Empty title="没有符合条件的商品" hint="换个名称或品类再找找。" />}
        />
      ) : (
        <PickStore onPick={(id) => setFilters({ store: id })} />
      )}
    </PageFrame>
  );
}
