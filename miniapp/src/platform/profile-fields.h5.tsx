import { View } from '@tarojs/components';
import { pictureUrl } from '@/lib/api-client';
import { Avatar } from '@/ui/avatar';
import { Button } from '@/ui/button';
import { wx } from './wx';

export interface ProfileFieldsProps {
  avatarUrl: string;
  nickname: string;
  onAvatar(avatarUrl: string): void;
  onNickname(nickname: string): void;
}

/** The phone frame offers the persona's WeChat name and picture together. */
export function ProfileFields({ avatarUrl, nickname, onAvatar, onNickname }: ProfileFieldsProps) {
  const ask = async () => {
    const profile = await wx.profile();
    onAvatar(profile.avatarUrl);
    onNickname(profile.nickName);
  };
  return (
    <View className="row gap-3">
      <Avatar url={pictureUrl(avatarUrl)} name={nickname} size={48} />
      <Button kind="quiet" isSmall testId="use-wechat-profile" onTap={() => void ask().catch(() => undefined)}>
        使用微信头像和昵称
      </Button>
    </View>
  );
}
