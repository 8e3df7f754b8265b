import { Image, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { pictureUrl } from '@/lib/api-client';

/** A person's picture, by its address or its path with us, or the last character of the name on a tint. */
export function Avatar({ url, name, size = 40 }: { url: string | null; name: string; size?: 32 | 40 | 48 | 64 }) {
  const [isBroken, setBroken] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture gets its own chance
  useEffect(() => setBroken(false), [url]);
  return (
    <View className={`avatar avatar-${size}`}>
      {url && !isBroken ? (
        <Image className="avatar-image" src={pictureUrl(url)} mode="aspectFill" onError={() => setBroken(true)} />
      ) : (
        name.slice(-1) || '雪'
      )}
    </View>
  );
}
