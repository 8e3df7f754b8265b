import type { MyNoticeKind } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { toast, toastDone } from '@/lib/toast';
import { askConsent } from '@/session/notices';
import { Button } from '@/ui/button';
import { Toggle } from '@/ui/toggle';
import './notices.scss';

interface NoticeKindProps {
  one: MyNoticeKind;
  onTurn(isOn: boolean): void;
  onAnswered(): void;
}

/** What stands in the way of the next message, or how many were agreed to. */
function standing({ isStopped, isRefused, isLasting, left }: MyNoticeKind): string {
  if (isStopped) return '已关闭，不会发给你';
  if (isRefused) return '在微信里选了不接收，可以在右上角「…」→ 设置 里打开';
  if (left <= 0) return '还没有同意接收';
  return isLasting ? '一直会提醒你' : `还会提醒你 ${left} 次`;
}

/** One kind of message: when it comes, whether it may, and a switch. */
export function NoticeKindRow({ one, onTurn, onAnswered }: NoticeKindProps) {
  const [isAsking, setAsking] = useState(false);
  const canAsk = !one.isStopped && !one.isRefused && one.left <= 0;
  const ask = async () => {
    setAsking(true);
    const answer = await askConsent([one.templateId]);
    setAsking(false);
    if (answer === 'ALLOWED') toastDone('已同意');
    if (answer === 'OFF') toast('请在微信里打开消息提醒');
    onAnswered();
  };
  return (
    <View className="cell notice-kind" data-testid={`notice-kind-${one.kind}`}>
      <View className="grow">
        <View>{one.title}</View>
        <View className="cell-note">{one.when}</View>
        <View className="cell-note" data-testid="notice-standing">
          {standing(one)}
        </View>
      </View>
      {canAsk ? (
        <Button kind="soft" isSmall isBusy={isAsking} onTap={() => void ask()} testId={`notice-allow-${one.kind}`}>
          订阅
        </Button>
      ) : null}
      <Toggle isOn={!one.isStopped} label={one.title} onTurn={onTurn} testId={`notice-switch-${one.kind}`} />
    </View>
  );
}
