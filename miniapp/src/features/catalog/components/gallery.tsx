import { Swiper, SwiperItem, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { pictureUrl } from '@/lib/api-client';
import { Picture } from '@/ui/picture';

/** Pictures of the chosen colour, large at a tap; changing the colour goes back to its first picture. */
export function Gallery({ images, name }: { images: string[]; name: string }) {
  const [index, setIndex] = useState(0);
  const first = images[0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another first picture means another colour
  useEffect(() => setIndex(0), [first]);
  return (
    <View className="gallery" data-testid="gallery">
      <Swiper className="gallery-swiper" current={index} onChange={(event) => setIndex(event.detail.current)}>
        {images.map((url) => (
          <SwiperItem key={url}>
            <View
              className="gallery-picture"
              data-testid="gallery-picture"
              onClick={() => void Taro.previewImage({ current: pictureUrl(url), urls: images.map(pictureUrl) })}
            >
              <Picture url={url} className="gallery-picture" label={name} />
            </View>
          </SwiperItem>
        ))}
      </Swiper>
      {images.length > 1 ? (
        <View className="gallery-count digits">
          {index + 1} / {images.length}
        </View>
      ) : null}
    </View>
  );
}
