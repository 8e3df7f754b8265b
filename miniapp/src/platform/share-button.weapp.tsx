import { Button as NativeButton } from '@tarojs/components';
import { Icon } from '@/ui/icon';
import type { ShareButtonProps } from './share-types';

/** WeChat opens the share sheet only from its own button; the page's useShareAppMessage gives the card. */
export function ShareButton({ text = '分享', isMain }: ShareButtonProps) {
  return (
    <NativeButton
      className={isMain ? 'btn btn-primary btn-block' : 'btn-bare text-tap'}
      hoverClass={isMain ? 'btn-pressed' : 'none'}
      openType="share"
    >
      <Icon name="share" size={16} />
      {text}
    </NativeButton>
  );
}
