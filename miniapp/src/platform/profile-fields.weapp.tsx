import { Button as NativeButton, View } from '@tarojs/components';
import { pictureUrl } from '@/lib/api-client';
import { Avatar } from '@/ui/avatar';

export interface ProfileFieldsProps {
  avatarUrl: string;
  nickname: string;
  onAvatar(avatarUrl: string): void;
  onNickname(nickname: string): void;
}

/** Since 2022 WeChat gives the picture only through this button; the name comes from an input of type nickname. */
export function ProfileFields({ avatarUrl, nickname, onAvatar }: ProfileFieldsProps) {
  return (
    <View className="row gap-3">
      <NativeButton
        className="btn-bare"
        openType="chooseAvatar"
        onChooseAvatar={(event) => onAvatar((event.detail as { avatarUrl: string }).avatarUrl)}
      >
        <Avatar url={pictureUrl(avatarUrl)} name={nickname} size={48} />
      </NativeButton>
    </View>
  );
}
