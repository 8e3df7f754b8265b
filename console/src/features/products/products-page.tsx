import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { countText, moneyText, plainYuan } from '../../lib/money';
import { useCategories } from '../../lib/stores';
import type { Product } from '../../lib/types';
import { useUrlFilters } from '../../lib/url-state';
import { optionsOf } from '../../lib/words';
import { Choice, TextFilter } from '../../ui/filters';
import { ListCard } from '../../ui/list-card';
import type { Column } from '../../ui/list-table';
import { Money } from '../../ui/money';
import { PageFrame } from '../../ui/page';
import { ProductCell } from '../../ui/product-cell';
import { Empty } from '../../ui/states';
import { Status } from '../../ui/status';
import { When } from '../../ui/when';
import { PRODUCT_FILTERS, useProducts } from './api';
import { CategoryDrawer } from './components/category-drawer';
import { ProductDrawer } from './components/product-drawer';
import { PRODUCT_STATUS } from './model';

const COLUMNS: Column<Product>[] = [
  {
    key: 'name',
    title: '商品',
    width: 230,
    isFixed: true,
    render: (row) => <ProductCell name={row.name} code={row.code} imageUrl={row.imageUrl} opens />,
    text: (row) => `${row.code} ${row.name}`,
  },
  {
    key: 'status',
    title: '状态',
    width: 84,
    render: (row) => <Status tone={row.status === 'ON_SALE' ? 'good' : 'off'}>{PRODUCT_STATUS[row.status]}</Status>,
    text: (row) => PRODUCT_STATUS[row.status],
  },
  { key: 'category', title: '品类', width: 96, render: (row) => row.categoryName, text: (row) => row.categoryName },
  {
    key: 'price',
    title: '标价和可定价',
    width: 188,
    isRight: true,
    render: (row) => (
      <>
        <Money fen={row.listPriceFen} />
        <div className="muted small num">
          门店 {moneyText(row.floorFen)} – {moneyText(row.ceilingFen)}
        </div>
      </>
    ),
    text: (row) => plainYuan(row.listPriceFen),
    beneath: [{ title: '门店可定价', text: (row) => `${plainYuan(row.floorFen)}-${plainYuan(row.ceilingFen)}` }],
  },
  {
    key: 'skus',
    title: '规格',
    width: 60,
    isRight: true,
    render: (row) => <span className="num">{row.skuCount}</span>,
    text: (row) => row.skuCount,
  },
  {
    key: 'stores',
    title: '上架门店',
    width: 84,
    isRight: true,
    render: (row) => <span className="num">{countText(row.listedStoreCount)}</span>,
    text: (row) => row.listedStoreCount,
  },
  {
    key: 'stock',
    title: '总库存',
    width: 80,
    isRight: true,
    render: (row) => <span className="num">{countText(row.totalOnHand)}</span>,
    text: (row) => row.totalOnHand,
  },
  {
    key: 'edit',
    title: '内容',
    width: 100,
    render: (row) => (
      <Link
        className="link"
        to={`/products/${row.id}`}
        onClick={(event) => event.stopPropagation()}
        data-testid="product-edit"
      >
        图片与规格
      </Link>
    ),
  },
  { key: 'updated', title: '更新', width: 112, render: (row) => <When at={row.updatedAt} /> },
];

export default function ProductsPage() {
  const [filters, setFilters] = useUrlFilters(PRODUCT_FILTERS);
  const [open, setOpen] = useState<Product | null>(null);
  const [isSorting, setSorting] = useState(false);
  const products = useProducts(filters);
  const categories = useCategories();
  return (
    <PageFrame
      title="商品"
      hint="总部定标价和价格走廊；门店只能在走廊里定自己的价。"
      actions={
        <>
          <Button onClick={() => setSorting(true)} data-testid="categories-open">
            品类
          </Button>
          <Button type="primary" href="#/products/new" data-testid="product-new">
            新建商品
          </Button>
        </>
      }
    >
      <ListCard
        name="products"
        title="商品"
        pages={products}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        rowTestId="product-row"
        onRow={setOpen}
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
            <Choice
              label="状态"
              value={filters.status}
              options={optionsOf(PRODUCT_STATUS)}
              onChange={(status) => setFilters({ status })}
              width={110}
            />
          </>
        }
        empty={<Empty title="没有符合条件的商品" hint="换个名称、品类或状态再找找。" />}
      />
      {open ? <ProductDrawer key={open.id} product={open} onClose={() => setOpen(null)} /> : null}
      <CategoryDrawer isOpen={isSorting} onClose={() => setSorting(false)} />
    </PageFrame>
  );
}
