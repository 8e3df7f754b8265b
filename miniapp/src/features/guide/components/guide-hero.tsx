import type { GuideCard } from '@shuke/shared/contracts';
import { Image, View } from '@tarojs/components';
import { useState } from 'react';
import { pictureUrl } from '@/lib/api-client';
import { toast, toastDone } from '@/lib/toast';
import { wx } from '@/platform/wx';
import { Avatar } from '@/ui/avatar';
import { Button } from '@/ui/button';
import './guide.scss';

/** Who the guide is and how to add them on WeChat: long press in WeChat, a tap in the phone frame. */
export function GuideHero({ guide }: { guide: GuideCard }) {
  const [isBusy, setBusy] = useState(false);
  const [isAdded, setAdded] = useState(false);
  const add = async () => {
    if (!wx.canOpenContact) return toast('长按二维码，选择「打开对方的名片」');
    setBusy(true);
    try {
      const { added } = await wx.openContact(guide.wecomUserid);
      setAdded(added);
      if (added) toastDone('已添加');
    } catch {
      toast('没有打开名片，请再试一次');
    } finally {
      setBusy(false);
    }
  };
  return (
    <View className="card guide-hero" data-testid="guide-hero">
      <Avatar url={guide.avatarUrl} name={guide.name} size={64} />
      <View className="guide-hero-name">{guide.name}</View>
      <View className="soft">
        {guide.title} · {guide.storeName}
      </View>
      {guide.qrUrl ? (
        <View className="guide-qr" data-testid="guide-qr" onLongPress={() => void add()}>
          <Image className="guide-qr-image" src={pictureUrl(guide.qrUrl)} mode="aspectFit" showMenuByLongpress />
        </View>
      ) : null}
      <View className="small soft">
        {guide.qrUrl ? '长按二维码，加我微信，选尺码、搭配、到货都可以问我' : 'TA 还没有开通微信名片，可以到店找 TA'}
      </View>
      {guide.qrUrl ? (
        <View className="notice-action">
          <Button isBusy={isBusy} isDisabled={isAdded} onTap={() => void add()} testId="add-guide">
            {isAdded ? '已经是好友' : '加导购微信'}
          </Button>
        </View>
      ) : null}
    </View>
  );
}
