import { Swiper, SwiperItem, View } from '@tarojs/components';
import { go, pageUrl } from '@/lib/navigate';
import { Picture } from '@/ui/picture';
import './home.scss';

export interface Banner {
  imageUrl: string;
  title: string;
  subtitle: string;
  productId: string | null;
}

export function Banners({ banners }: { banners: Banner[] }) {
  if (banners.length === 0) return null;
  return (
    <Swiper
      className="banner-swiper"
      autoplay={banners.length > 1}
      circular={banners.length > 1}
      interval={5000}
      data-testid="banners"
    >
      {banners.map((banner) => (
        <SwiperItem key={banner.imageUrl + banner.title}>
          <View className="banner" onClick={() => banner.productId && go(pageUrl.product(banner.productId))}>
            <Picture url={banner.imageUrl} className="banner-picture" label={banner.title} />
            <View className="banner-words">
              <View className="banner-title one-line">{banner.title}</View>
              <View className="banner-sub one-line">{banner.subtitle}</View>
            </View>
          </View>
        </SwiperItem>
      ))}
    </Swiper>
  );
}
