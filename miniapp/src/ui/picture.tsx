import { Image, View } from '@tarojs/components';
import { useState } from 'react';
import { pictureUrl } from '@/lib/api-client';
import { Icon } from './icon';

export interface PictureProps {
  url: string | null;
  className?: string;
  label?: string;
  isWhole?: boolean;
}

/** A product picture with its place kept while it loads and a quiet stand-in when it cannot. */
export function Picture({ url, className = '', label, isWhole }: PictureProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const source = pictureUrl(url);
  return (
    <View className={`picture ${className}`}>
      {source && source !== broken ? (
        <Image
          className="picture-image"
          src={source}
          mode={isWhole ? 'aspectFit' : 'aspectFill'}
          lazyLoad
          aria-label={label}
          onError={() => setBroken(source)}
        />
      ) : (
        <Icon name="mountain" size={24} className="picture-none" />
      )}
    </View>
  );
}
