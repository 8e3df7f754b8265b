import type { GuideCard } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { go, pageUrl } from '@/lib/navigate';
import { Avatar } from '@/ui/avatar';
import { Button } from '@/ui/button';
import './guide.scss';

/** My guide, one tap away. */
export function GuideStrip({ guide, text }: { guide: GuideCard; text?: string }) {
  const open = () => go(pageUrl.guideCard({ code: guide.code }));
  return (
    <View className="card guide-strip" hoverClass="card-pressed" data-testid="guide-strip" onClick={open}>
      <Avatar url={guide.avatarUrl} name={guide.name} size={48} />
      <View className="grow">
        <View className="guide-strip-name one-line">{guide.name}</View>
        <View className="small soft one-line">{text ?? `你的专属导购 · ${guide.title}`}</View>
      </View>
      <Button kind="soft" isSmall onTap={open} testId="guide-contact">
        找 TA
      </Button>
    </View>
  );
}
