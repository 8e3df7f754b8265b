import type { StoreCard } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { useDidShow, useReachBottom } from '@tarojs/taro';
import { useCallback, useEffect, useState } from 'react';
import { ListTools, ProductList } from '@/features/catalog/components/product-list';
import { useProducts } from '@/features/catalog/use-products';
import { PromotionTags } from '@/features/promotions/components/promotion-tags';
import { useStorePromotions } from '@/features/promotions/store-promotions';
import { StoreGate } from '@/features/store/components/store-gate';
import { StoreTrouble } from '@/features/store/components/store-trouble';
import { api } from '@/lib/api-client';
import { go, pageUrl } from '@/lib/navigate';
import { useCell } from '@/lib/state';
import { useQuery } from '@/lib/use-query';
import { changeListOptions, listOptions } from '@/session/list-options';
import { wantedCategory } from '@/session/wanted-category';
import { Icon } from '@/ui/icon';
import { Page } from '@/ui/page';
import { BodySkeleton } from '@/ui/skeleton';
import './index.scss';

const ALL = '';

function CategoryBody({ store }: { store: StoreCard }) {
  const [categoryId, setCategoryId] = useState(ALL);
  const options = useCell(listOptions);
  useStorePromotions(store.id);
  const categories = useQuery(`categories:${store.id}`, () => api.mall.categories({ query: { storeId: store.id } }));
  const pages = useProducts({ storeId: store.id, categoryId, ...options });
  const takeWanted = useCallback(() => {
    const wanted = wantedCategory.get();
    if (wanted === null) return;
    setCategoryId(wanted);
    wantedCategory.set(null);
  }, []);
  useEffect(takeWanted, [takeWanted]);
  useDidShow(takeWanted);
  useReachBottom(() => pages.more());
  const list = [{ id: ALL, name: '全部', productCount: 0 }, ...(categories.data ?? [])];
  return (
    <View className="category-split">
      <View className="category-side" role="tablist">
        {list.map(({ id, name }) => (
          <View
            key={id}
            className={`category-item ${id === categoryId ? 'category-item-on' : ''}`}
            role="tab"
            aria-selected={id === categoryId}
            data-testid={`category-${id || 'all'}`}
            onClick={() => setCategoryId(id)}
          >
            {name}
          </View>
        ))}
      </View>
      <View className="category-main">
        <ListTools value={options} onChange={changeListOptions} />
        <ProductList
          pages={pages}
          isRows
          emptyTitle={options.inStockOnly ? '这一类都卖完了' : '这一类还没有上架'}
          emptyText={`${store.name}暂时没有，换一类或换一家店看看`}
          onClear={options.inStockOnly ? () => changeListOptions({ ...options, inStockOnly: false }) : undefined}
          renderTags={({ id }) => <PromotionTags productId={id} />}
          renderTrouble={(trouble, onRetry) => <StoreTrouble trouble={trouble} onRetry={onRetry} />}
        />
      </View>
    </View>
  );
}

export default function CategoryPage() {
  return (
    <Page isTab testId="page-category">
      <View className="category-top">
        <View className="search-box" role="search" data-testid="category-search" onClick={() => go(pageUrl.search())}>
          <Icon name="search" size={16} />
          <Text>搜这家店的商品</Text>
        </View>
      </View>
      <StoreGate waiting={<BodySkeleton count={5} />}>{(store) => <CategoryBody store={store} />}</StoreGate>
    </Page>
  );
}
