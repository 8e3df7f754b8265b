import { View } from '@tarojs/components';
import { Avatar } from '@/ui/avatar';
import { Button } from '@/ui/button';
import type { PickedPicture } from './picture-types';
import { pickPictures } from './pictures.h5';
import { wx } from './wx';

export interface ProfileFieldsProps {
  avatarUrl: string;
  nickname: string;
  isBusy: boolean;
  /** The person chose a picture of their own. */
  onPicture(picture: PickedPicture): void;
  onAvatar(avatarUrl: string): void;
  onNickname(nickname: string): void;
}

/** The phone frame offers the persona's WeChat name and picture together; a tap on the picture chooses another. */
export function ProfileFields(props: ProfileFieldsProps) {
  const ask = async () => {
    const profile = await wx.profile();
    props.onAvatar(profile.avatarUrl);
    props.onNickname(profile.nickName);
  };
  const choose = async () => {
    const [picture] = await pickPictures(1);
    if (picture) props.onPicture(picture);
  };
  return (
    <View className="row gap-3">
      <View
        className="avatar-tap"
        role="button"
        aria-label="换头像"
        data-testid="choose-avatar"
        onClick={() => !props.isBusy && void choose().catch(() => undefined)}
      >
        <Avatar url={props.avatarUrl} name={props.nickname} size={48} />
        <View className="small mid">{props.isBusy ? '上传中…' : '换头像'}</View>
      </View>
      <Button kind="quiet" isSmall testId="use-wechat-profile" onTap={() => void ask().catch(() => undefined)}>
        使用微信头像和昵称
      </Button>
    </View>
  );
}
