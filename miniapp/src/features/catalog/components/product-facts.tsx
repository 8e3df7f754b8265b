import type { ProductDetail } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { ListPrice, Price } from '@/ui/price';
import { priceStory, type Sku, stockText } from '../model';

export function ProductHead(props: { product: ProductDetail; sku: Sku | null; storeName: string; share: ReactNode }) {
  const { product, sku } = props;
  const story = priceStory(product, sku, props.storeName);
  const stock = sku ? stockText(sku.available) : null;
  return (
    <View className="product-head">
      <View className="row between">
        <View className="row gap-2">
          <Price fen={story.priceFen} size="xl" isFrom={story.isFrom} testId="product-price" />
          <ListPrice fen={story.listPriceFen} priceFen={story.priceFen} />
        </View>
        {props.share}
      </View>
      <View className="small soft" data-testid="price-story">
        {story.text}
      </View>
      <View className="product-name" data-testid="product-name">
        {product.name}
      </View>
      <View className="soft">{product.subtitle}</View>
      <View className="points">
        {stock ? (
          <Text className="tag tag-warn" data-testid="stock-text">
            {stock}
          </Text>
        ) : null}
        {product.sellingPoints.map((point) => (
          <Text key={point} className="tag">
            {point}
          </Text>
        ))}
      </View>
    </View>
  );
}

export function ProductFacts({ product }: { product: ProductDetail }) {
  return (
    <>
      <View className="card">
        <View className="card-title">商品介绍</View>
        <View className="long-text">{product.description}</View>
      </View>
      <View className="card">
        <View className="card-title">面料与工艺</View>
        {[...product.attributes, ...(product.care ? [{ name: '洗护', value: product.care }] : [])].map(
          ({ name, value }) => (
            <View key={name} className="facts-row">
              <Text className="facts-name">{name}</Text>
              <Text className="grow">{value}</Text>
            </View>
          ),
        )}
      </View>
    </>
  );
}
