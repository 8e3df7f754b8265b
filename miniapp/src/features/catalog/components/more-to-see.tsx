import { View } from '@tarojs/components';
import { api } from '@/lib/api-client';
import { useQuery } from '@/lib/use-query';
import { Section } from '@/ui/cell';
import type { SortKey } from '../model';
import { ProductCard } from './product-card';
import './catalog.scss';

const SHOWN = 6;

export interface MoreToSeeProps {
  storeId: string;
  title: string;
  sort?: SortKey;
  /** Products that the page shows already. */
  except?: readonly string[];
}

/** Goods that this store has, below what the page is about: a page never ends in nothing. */
export function MoreToSee({ storeId, title, sort = 'recommended', except = [] }: MoreToSeeProps) {
  const limit = SHOWN + except.length;
  const goods = useQuery(`more:${storeId}:${sort}:${limit}`, () =>
    api.mall.products({ query: { storeId, sort, inStockOnly: true, limit } }),
  );
  const shown = (goods.data?.items ?? []).filter(({ id }) => !except.includes(id)).slice(0, SHOWN);
  // An extra of the page: while it loads or when it cannot be had, the page does without.
  if (shown.length < 2) return null;
  return (
    <View className="more-to-see">
      <Section title={title} testId="more-to-see">
        <View className="product-grid">
          {shown.map((product) => (
            <ProductCard key={product.id} product={product} />
          ))}
        </View>
      </Section>
    </View>
  );
}
