import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { toastDone } from '@/lib/toast';
import { Icon } from '@/ui/icon';
import type { ShareButtonProps } from './share-types';

/** Browsers have no friend to send to: the link is copied. */
export function ShareButton({ path, text = '分享', isMain }: ShareButtonProps) {
  const copy = async () => {
    const { origin, pathname } = window.location;
    await Taro.setClipboardData({ data: `${origin}${pathname}#/${path.replace(/^\//, '')}` });
    toastDone('链接已复制');
  };
  return (
    <View
      className={isMain ? 'btn btn-primary btn-block' : 'text-tap'}
      hoverClass={isMain ? 'btn-pressed' : 'none'}
      role="button"
      data-testid="share"
      onClick={() => void copy().catch(() => undefined)}
    >
      <Icon name="share" size={16} />
      {text}
    </View>
  );
}
