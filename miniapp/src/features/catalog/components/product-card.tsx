import type { ProductCard as Product } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { go, pageUrl } from '@/lib/navigate';
import { Picture } from '@/ui/picture';
import { ListPrice, Price } from '@/ui/price';
import './catalog.scss';

const COLOURS_SHOWN = 5;

function Colours({ colours }: { colours: Product['colours'] }) {
  return (
    <View className="product-card-colours" aria-label={`${colours.length} 种颜色`}>
      {colours.slice(0, COLOURS_SHOWN).map(({ name, hex }) => (
        <View key={name} className="swatch" style={{ background: hex }} />
      ))}
      {colours.length > COLOURS_SHOWN ? <Text className="small soft">+{colours.length - COLOURS_SHOWN}</Text> : null}
    </View>
  );
}

export interface ProductCardProps {
  product: Product;
  /** What the store's promotions say about the product. */
  tags?: ReactNode;
}

/** One product in a grid of two columns. */
export function ProductCard({ product, tags }: ProductCardProps) {
  return (
    <View
      className="product-card card-tap"
      hoverClass="card-pressed"
      role="link"
      data-testid={`product-card-${product.id}`}
      onClick={() => go(pageUrl.product(product.id))}
    >
      <View className="product-picture">
        <Picture url={product.imageUrl} className="picture-square" label={product.name} />
        {product.badge ? <Text className="product-badge">{product.badge}</Text> : null}
        {product.inStock ? null : <View className="product-out">本店暂时缺货</View>}
      </View>
      <View className="product-card-body">
        <View className="product-card-name two-lines">{product.name}</View>
        <View className="product-card-sub one-line">{product.subtitle}</View>
        <Colours colours={product.colours} />
        <View className="product-card-prices">
          <Price fen={product.priceFen} isFrom={product.isPriceFrom} />
          <ListPrice fen={product.listPriceFen} priceFen={product.priceFen} />
        </View>
        {tags}
      </View>
    </View>
  );
}

/** The same product in a narrow column beside categories. */
export function ProductRow({ product, tags }: ProductCardProps) {
  return (
    <View
      className="product-row"
      hoverClass="card-pressed"
      role="link"
      data-testid={`product-card-${product.id}`}
      onClick={() => go(pageUrl.product(product.id))}
    >
      <View className="product-picture">
        <Picture url={product.imageUrl} className="picture-thumb" label={product.name} />
      </View>
      <View className="grow">
        <View className="product-card-name two-lines">{product.name}</View>
        <View className="product-card-sub one-line">{product.inStock ? product.subtitle : '本店暂时缺货'}</View>
        <View className="product-card-prices">
          <Price fen={product.priceFen} isFrom={product.isPriceFrom} />
          <ListPrice fen={product.listPriceFen} priceFen={product.priceFen} />
        </View>
        {tags}
      </View>
    </View>
  );
}
