import { Button as NativeButton, View } from '@tarojs/components';
import { Avatar } from '@/ui/avatar';
import type { PickedPicture } from './picture-types';
import { readPicture } from './pictures.weapp';

export interface ProfileFieldsProps {
  avatarUrl: string;
  nickname: string;
  isBusy: boolean;
  /** The person chose a picture of their own. */
  onPicture(picture: PickedPicture): void;
  onAvatar(avatarUrl: string): void;
  onNickname(nickname: string): void;
}

/** Since 2022 WeChat gives the picture only through this button, as a file on the phone; the name comes from an input. */
export function ProfileFields({ avatarUrl, nickname, isBusy, onPicture }: ProfileFieldsProps) {
  return (
    <View className="row gap-3">
      <NativeButton
        className="btn-bare avatar-tap"
        openType="chooseAvatar"
        disabled={isBusy}
        onChooseAvatar={(event) => onPicture(readPicture((event.detail as { avatarUrl: string }).avatarUrl))}
      >
        <Avatar url={avatarUrl} name={nickname} size={48} />
        <View className="small mid">{isBusy ? '上传中…' : '换头像'}</View>
      </NativeButton>
    </View>
  );
}
