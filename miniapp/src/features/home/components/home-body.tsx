import type { Category, ProductCard as Product, StoreCard } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { api } from '@/lib/api-client';
import type { Trouble } from '@/lib/errors';
import { useQuery } from '@/lib/use-query';
import { Section } from '@/ui/cell';
import { Empty, Strip } from '@/ui/notice';
import { Picture } from '@/ui/picture';
import { HomeSkeleton } from '@/ui/skeleton';
import { Banners } from './banners';
import './home.scss';

function Categories({ categories, onOpen }: { categories: Category[]; onOpen(id: string): void }) {
  return (
    <View className="category-row">
      {categories.map((category) => (
        <View
          key={category.id}
          className="category-tile"
          role="link"
          hoverClass="card-pressed"
          data-testid={`category-tile-${category.id}`}
          onClick={() => onOpen(category.id)}
        >
          <Picture url={category.iconUrl} className="category-tile-icon" />
          {category.name}
        </View>
      ))}
    </View>
  );
}

export interface HomeBodyProps {
  store: StoreCard;
  guideStrip: ReactNode;
  mine: ReactNode;
  campaigns: ReactNode;
  /** The campaigns are known, so that nothing below them moves later. */
  isComplete: boolean;
  renderProduct(product: Product): ReactNode;
  onCategory(id: string): void;
  more: ReactNode;
  renderTrouble(trouble: Trouble, onRetry: () => void): ReactNode;
}

/** What this store shows: guide, campaigns, categories, new and recommended pieces. */
export function HomeBody(props: HomeBodyProps) {
  const { store, guideStrip, mine, campaigns, renderProduct, onCategory, more } = props;
  const home = useQuery(`home:${store.id}`, () => api.mall.home({ query: { storeId: store.id } }));
  if (!home.data && home.trouble) return props.renderTrouble(home.trouble, () => void home.reload());
  if (!home.data || !props.isComplete) return <HomeSkeleton />;
  const { banners, categories, newArrivals, recommended } = home.data;
  return (
    <>
      {home.trouble ? <Strip tone="warn">网络不太顺畅，先给你看刚才的内容。</Strip> : null}
      {guideStrip}
      <Banners banners={banners} />
      {mine}
      <Categories categories={categories} onOpen={onCategory} />
      {campaigns}
      {newArrivals.length > 0 ? (
        <Section title="新品" testId="new-arrivals">
          <View className="arrivals">{newArrivals.map(renderProduct)}</View>
        </Section>
      ) : null}
      {recommended.length > 0 ? (
        <Section title="这家店推荐" testId="recommended" more={more}>
          <View className="product-grid">{recommended.map(renderProduct)}</View>
          <View className="list-end">更多款式在「分类」里</View>
        </Section>
      ) : null}
      {recommended.length + newArrivals.length === 0 ? (
        <Empty icon="bag" title="这家店还没有上架商品" text="换一家附近的门店看看吧" />
      ) : null}
    </>
  );
}
