import { Button as NativeButton } from '@tarojs/components';
import { Icon } from '@/ui/icon';

/** WeChat opens the share sheet only from its own button; the page's useShareAppMessage gives the card. */
export function ShareButton(_: { path: string }) {
  return (
    <NativeButton className="btn-bare text-tap" openType="share">
      <Icon name="share" size={16} />
      分享
    </NativeButton>
  );
}
