import type { ProductCard as Product } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { Trouble } from '@/lib/errors';
import type { Pages } from '@/lib/use-pages';
import { Button } from '@/ui/button';
import { Empty, ListEnd } from '@/ui/notice';
import { GridSkeleton, RowsSkeleton } from '@/ui/skeleton';
import { Tick } from '@/ui/tick';
import { nextPriceSort, SORTS, type SortKey } from '../model';
import { ProductCard, ProductRow } from './product-card';
import './catalog.scss';

export interface ListOptions {
  sort: SortKey;
  inStockOnly: boolean;
}

const isByPrice = (sort: SortKey): boolean => sort === 'price-asc' || sort === 'price-desc';

/** One tap sorts; 价格 turns round when it is tapped again. */
function Sorts({ value, onChange }: { value: SortKey; onChange(next: SortKey): void }) {
  const own = SORTS.filter(({ key }) => !isByPrice(key));
  const words = SORTS.find(({ key }) => key === value)?.label ?? '';
  return (
    <View className="sort-tabs" role="tablist">
      {own.map(({ key, label }) => (
        <View
          key={key}
          className={`tab ${key === value ? 'tab-on' : ''}`}
          role="tab"
          aria-selected={key === value}
          data-testid={`sort-${key}`}
          onClick={() => onChange(key)}
        >
          {label}
        </View>
      ))}
      <View
        className={`tab ${isByPrice(value) ? 'tab-on' : ''}`}
        role="tab"
        aria-selected={isByPrice(value)}
        aria-label={isByPrice(value) ? words : '按价格排'}
        data-testid="sort-price"
        onClick={() => onChange(nextPriceSort(value))}
      >
        价格
        <View className={`sort-ends sort-${value}`}>
          <View className="sort-up" />
          <View className="sort-down" />
        </View>
      </View>
    </View>
  );
}

/** Sorting and the one filter; they stay as they are while categories and words change. */
export function ListTools({ value, onChange }: { value: ListOptions; onChange(next: ListOptions): void }) {
  return (
    <View className="list-tools">
      <Sorts value={value.sort} onChange={(sort) => onChange({ ...value, sort })} />
      <View
        className={`filter ${value.inStockOnly ? 'filter-on' : ''}`}
        role="checkbox"
        aria-checked={value.inStockOnly}
        data-testid="in-stock-only"
        onClick={() => onChange({ ...value, inStockOnly: !value.inStockOnly })}
      >
        <View className={value.inStockOnly ? 'check-on' : ''}>
          <Tick />
        </View>
        只看有货
      </View>
    </View>
  );
}

export interface ProductListProps {
  pages: Pages<Product>;
  isRows?: boolean;
  emptyTitle: string;
  emptyText: string;
  onClear?: (() => void) | undefined;
  renderTags(product: Product): ReactNode;
  renderTrouble(trouble: Trouble, onRetry: () => void): ReactNode;
}

export function ProductList(props: ProductListProps) {
  const { pages, isRows, emptyTitle, emptyText, onClear, renderTags, renderTrouble } = props;
  if (pages.isFirstLoad) return isRows ? <RowsSkeleton count={5} /> : <GridSkeleton />;
  if (pages.trouble && pages.items.length === 0) return renderTrouble(pages.trouble, () => void pages.reload());
  if (pages.items.length === 0)
    return (
      <Empty
        icon="mountain"
        title={emptyTitle}
        text={emptyText}
        action={
          onClear ? (
            <Button kind="soft" onTap={onClear} testId="clear-filter">
              清除筛选
            </Button>
          ) : null
        }
      />
    );
  return (
    <>
      <View className={isRows ? '' : 'product-grid'} data-testid="product-list">
        {pages.items.map((product) =>
          isRows ? (
            <ProductRow key={product.id} product={product} tags={renderTags(product)} />
          ) : (
            <ProductCard key={product.id} product={product} tags={renderTags(product)} />
          ),
        )}
      </View>
      <ListEnd
        isLoadingMore={pages.isLoadingMore}
        isEnd={pages.isEnd}
        onMore={pages.more}
        text={`共 ${pages.items.length} 款，到底啦`}
      />
    </>
  );
}
