import { Image, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useRef, useState } from 'react';
import { api, pictureUrl } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { toast } from '@/lib/toast';
import { pickPictures } from '@/platform/pictures';
import { Icon } from './icon';

export interface KeptPicture {
  id: string;
  url: string;
}
export interface PictureFieldProps {
  purpose: 'REVIEW' | 'AFTER_SALE';
  pictures: readonly KeptPicture[];
  onChange(pictures: KeptPicture[]): void;
  max?: number;
}

/** Up to nine pictures, uploaded as they are chosen, so that sending the form is quick. */
export function PictureField({ purpose, pictures, onChange, max = 9 }: PictureFieldProps) {
  const [waiting, setWaiting] = useState(0);
  // Others may be taken out while one is on its way.
  const kept = useRef(pictures);
  kept.current = pictures;
  const add = async () => {
    try {
      const picked = await pickPictures(max - pictures.length);
      setWaiting(picked.length);
      for (const { base64 } of picked) {
        const { id, url } = await api.mall.uploadPicture({ body: { purpose, dataBase64: base64 } });
        kept.current = [...kept.current, { id, url }];
        onChange([...kept.current]);
        setWaiting((n) => n - 1);
      }
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setWaiting(0);
    }
  };
  return (
    <View className="pictures">
      {pictures.map((picture) => (
        <View key={picture.id} className="pictures-one">
          <Image className="picture-image" src={pictureUrl(picture.url)} mode="aspectFill" />
          <View
            className="pictures-drop"
            role="button"
            aria-label="去掉这张"
            onClick={() => onChange(pictures.filter(({ id }) => id !== picture.id))}
          >
            <Icon name="close" size={14} />
          </View>
        </View>
      ))}
      {waiting > 0 ? (
        <View className="pictures-one bone" aria-label={`还有 ${waiting} 张在上传`}>
          {waiting}
        </View>
      ) : null}
      {pictures.length + waiting < max ? (
        <View className="pictures-one pictures-add" role="button" data-testid="add-picture" onClick={() => void add()}>
          <Icon name="camera" size={24} />
          {pictures.length === 0 ? '加图片' : `${pictures.length}/${max}`}
        </View>
      ) : null}
    </View>
  );
}

/** Pictures of a review or a case; a tap shows them whole. */
export function PictureRow({ urls }: { urls: readonly string[] }) {
  if (urls.length === 0) return null;
  const whole = urls.map(pictureUrl);
  return (
    <View className="pictures">
      {whole.map((url) => (
        <View key={url} className="pictures-one">
          <Image
            className="picture-image"
            src={url}
            mode="aspectFill"
            lazyLoad
            onClick={() => void Taro.previewImage({ current: url, urls: whole })}
          />
        </View>
      ))}
    </View>
  );
}
