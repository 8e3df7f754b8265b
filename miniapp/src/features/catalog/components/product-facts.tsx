import type { ProductDetail, StoreCard } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { priceText } from '@/lib/format';
import { Cell } from '@/ui/cell';
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

/** How it gets to the person from this store. */
export function Fulfilment({ store }: { store: StoreCard }) {
  return (
    <View className="card card-flush" data-testid="fulfilment">
      {store.canShip ? (
        <Cell
          icon="truck"
          title="门店发货"
          note={
            store.deliveryFeeFen > 0
              ? `运费 ${priceText(store.deliveryFeeFen)}，由${store.name}发出`
              : `包邮，由${store.name}发出`
          }
        />
      ) : null}
      {store.canPickup ? (
        <Cell
          icon="store"
          title="到店自提"
          note={`${store.hours.open}–${store.hours.close} · ${store.district}${store.address}`}
        />
      ) : null}
      {!store.canPickup && !store.canShip ? (
        <Cell icon="info" title="这家店暂时只能到店选购" note={store.address} />
      ) : null}
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
