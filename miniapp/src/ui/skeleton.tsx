import { View } from '@tarojs/components';

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The shapes of what is coming, so that nothing jumps when it arrives. */
export function GridSkeleton({ count = 4 }: { count?: number }) {
  return (
    <View className="product-grid" aria-label="正在加载">
      {range(count).map((index) => (
        <View key={index} className="product-card">
          <View className="bone bone-square" />
          <View className="product-card-body">
            <View className="bone bone-line" />
            <View className="bone bone-line bone-short" />
          </View>
        </View>
      ))}
    </View>
  );
}

export function RowsSkeleton({ count = 3 }: { count?: number }) {
  return (
    <View aria-label="正在加载">
      {range(count).map((index) => (
        <View key={index} className="card row gap-3">
          <View className="bone bone-thumb" />
          <View className="grow">
            <View className="bone bone-line" />
            <View className="bone bone-line bone-short" />
          </View>
        </View>
      ))}
    </View>
  );
}

/** Rows where nothing else of the page is known yet. */
export function BodySkeleton({ count = 3 }: { count?: number }) {
  return (
    <View className="body">
      <RowsSkeleton count={count} />
    </View>
  );
}

/** A coloured card with its ledger below: points, level, what is mine. */
export function HeroSkeleton() {
  return (
    <View aria-label="正在加载">
      <View className="bone bone-hero" />
      <RowsSkeleton />
    </View>
  );
}

/** What is mine: the card, what I own, my orders, my guide. */
export function MineSkeleton() {
  return (
    <View aria-label="正在加载">
      <View className="bone bone-hero" />
      {range(3).map((index) => (
        <View key={index} className="bone bone-strip" />
      ))}
    </View>
  );
}

/** The home page: the banner, what is mine, categories, goods. */
export function HomeSkeleton() {
  return (
    <View aria-label="正在加载">
      <View className="bone bone-banner" />
      <BlockSkeleton />
      <View className="bone-tiles">
        {range(5).map((index) => (
          <View key={index} className="bone bone-tile" />
        ))}
      </View>
      <GridSkeleton />
    </View>
  );
}

/** A card of text: its title and as many lines as are to come. */
export function BlockSkeleton({ lines = 2 }: { lines?: number }) {
  return (
    <View className="card" aria-label="正在加载">
      <View className="bone bone-line bone-short" />
      {range(lines).map((index) => (
        <View key={index} className="bone bone-line" />
      ))}
    </View>
  );
}
