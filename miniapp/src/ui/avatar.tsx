import { Image, View } from '@tarojs/components';
import { useState } from 'react';

/** A person's picture, or the last character of the name on a tint. */
export function Avatar({ url, name, size = 40 }: { url: string; name: string; size?: 32 | 40 | 48 | 64 }) {
  const [isBroken, setBroken] = useState(false);
  return (
    <View className={`avatar avatar-${size}`}>
      {url && !isBroken ? (
        <Image className="avatar-image" src={url} mode="aspectFill" onError={() => setBroken(true)} />
      ) : (
        name.slice(-1) || '雪'
      )}
    </View>
  );
}
