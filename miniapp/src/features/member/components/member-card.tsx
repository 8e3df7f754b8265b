import type { MemberProfile } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { countText } from '@/lib/format';
import { Avatar } from '@/ui/avatar';
import { levelProgress, rankClass, shownName } from '../model';
import './member.scss';

export function MemberCard({ profile, onTap }: { profile: MemberProfile; onTap(): void }) {
  const progress = levelProgress(profile);
  return (
    <View className={`member-card ${rankClass(profile.level)}`} data-testid="member-card" onClick={onTap}>
      <View className="member-top">
        <Avatar url={profile.avatarUrl} name={shownName(profile)} size={48} />
        <View className="grow">
          <View className="member-name one-line" data-testid="nickname">
            {shownName(profile)}
          </View>
          <View className="member-no">{profile.phoneMasked ?? `会员号 ${profile.memberNo}`}</View>
        </View>
        <View className="member-level" data-testid="level-name">
          {profile.levelName}
        </View>
      </View>
      <View className="member-progress" role="progressbar" aria-valuenow={progress.percent}>
        <View className="member-progress-done" style={{ width: `${progress.percent}%` }} />
      </View>
      <View className="member-growth">
        <View>成长值 {countText(profile.growth)}</View>
        <View>{progress.text}</View>
      </View>
    </View>
  );
}
