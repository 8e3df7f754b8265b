import type { DeletionPreview } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { confirm, toast } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { leave } from '@/session/session';
import { Button } from '@/ui/button';
import { Cell } from '@/ui/cell';
import { Failed, Strip } from '@/ui/notice';
import { Sheet } from '@/ui/sheet';
import { BlockSkeleton } from '@/ui/skeleton';
import { Tick } from '@/ui/tick';

function Lost(props: { preview: DeletionPreview; confirmed: readonly string[]; onToggle(subject: string): void }) {
  return (
    <>
      {props.preview.settlements.map((one) => {
        const isOn = props.confirmed.includes(one.subject);
        return (
          <View
            key={one.subject}
            className={`agree ${isOn ? 'check-on' : ''}`}
            role={one.mustConfirm ? 'checkbox' : undefined}
            aria-checked={isOn}
            data-testid={`settle-${one.subject}`}
            onClick={() => one.mustConfirm && props.onToggle(one.subject)}
          >
            {one.mustConfirm ? (
              <View className="check-box">
                <Tick />
              </View>
            ) : null}
            <Cell title={one.title} note={one.text} value={one.amountText} />
          </View>
        );
      })}
    </>
  );
}

/** Deleting the account: what stands in the way, what is settled, what is lost, and only then the button. */
export function DeleteSheet({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const preview = useQuery(isOpen ? 'deletion' : null, () => api.mall.deletionPreview());
  const [confirmed, setConfirmed] = useState<string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const shown = preview.data;
  const open =
    shown?.settlements.filter(({ mustConfirm, subject }) => mustConfirm && !confirmed.includes(subject)) ?? [];
  const remove = async () => {
    if (!shown) return;
    if (!(await confirm('注销账号', '注销后不能恢复，再来时是一位新会员', '确定注销'))) return;
    setBusy(true);
    try {
      const { text } = await api.mall.deleteAccount({ body: { token: shown.token, confirmed } });
      leave();
      await Taro.showModal({ title: '已注销', content: text, showCancel: false });
      void Taro.reLaunch({ url: '/pages/home/index' });
    } catch (reason) {
      toast(troubleOf(reason).message);
      await preview.reload();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet
      isOpen={isOpen}
      title="注销账号"
      onClose={onClose}
      testId="delete-sheet"
      footer={
        <Button
          isBlock
          kind="bad"
          isBusy={isBusy}
          isDisabled={!shown?.canDelete || open.length > 0}
          onTap={() => void remove()}
          testId="delete-account"
        >
          {shown && !shown.canDelete ? '还不能注销' : open.length > 0 ? '请逐项确认' : '注销账号'}
        </Button>
      }
    >
      {!shown && preview.trouble ? <Failed trouble={preview.trouble} onRetry={() => void preview.reload()} /> : null}
      {!shown && !preview.trouble ? <BlockSkeleton /> : null}
      {shown?.blockers.map((one) => (
        <Strip key={one.subject + one.text} tone="warn">
          {one.text}。{one.actionText}
        </Strip>
      ))}
      {shown ? (
        <>
          <Lost
            preview={shown}
            confirmed={confirmed}
            onToggle={(subject) =>
              setConfirmed((now) => (now.includes(subject) ? now.filter((one) => one !== subject) : [...now, subject]))
            }
          />
          <View className="law">
            {shown.kept.map((text) => (
              <View key={text}>{text}</View>
            ))}
          </View>
        </>
      ) : null}
    </Sheet>
  );
}
