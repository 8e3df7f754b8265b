import type { MyData } from '@shuke/shared/contracts';
import { Textarea, View } from '@tarojs/components';
import { useRef, useState } from 'react';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { troubleOf } from '@/lib/errors';
import { timeText } from '@/lib/format';
import { randomKey } from '@/lib/random-key';
import { toast, toastDone } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { Avatar } from '@/ui/avatar';
import { Button } from '@/ui/button';
import { Failed, Strip } from '@/ui/notice';
import { Sheet } from '@/ui/sheet';
import { BlockSkeleton } from '@/ui/skeleton';
import { Tick } from '@/ui/tick';

function ChangeSheet(props: { isOpen: boolean; hint: string; onClose(): void; onDone(): void }) {
  const { isOpen, hint, onClose, onDone } = props;
  const choices = useQuery(isOpen ? 'guide-choices' : null, () => api.mall.guideChoices({ query: {} }));
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const key = useRef(randomKey());
  const send = async () => {
    setBusy(true);
    try {
      await api.mall.changeGuide({
        body: { reason: reason.trim(), ...(chosen ? { toGuideId: chosen } : {}) },
        idempotencyKey: key.current,
      });
      key.current = randomKey();
      toastDone('已提交');
      onDone();
    } catch (problem) {
      toast(troubleOf(problem).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet
      isOpen={isOpen}
      title="换一位导购"
      onClose={onClose}
      testId="change-guide-sheet"
      footer={
        <Button
          isBlock
          isBusy={isBusy}
          isDisabled={reason.trim().length < 2}
          onTap={() => void send()}
          testId="send-guide-change"
        >
          {reason.trim().length < 2 ? '写下原因' : '提交'}
        </Button>
      }
    >
      <View className="small soft">{hint}</View>
      {!choices.data && choices.trouble ? (
        <Failed trouble={choices.trouble} onRetry={() => void choices.reload()} />
      ) : null}
      {!choices.data && !choices.trouble ? <BlockSkeleton /> : null}
      {choices.data?.map((guide) => (
        <View
          key={guide.id}
          className={`benefit ${chosen === guide.id ? 'check-on' : ''}`}
          role="radio"
          aria-checked={chosen === guide.id}
          data-testid={`choose-guide-${guide.id}`}
          onClick={() => setChosen(chosen === guide.id ? null : guide.id)}
        >
          <Avatar url={guide.avatarUrl} name={guide.name} size={40} />
          <View className="grow">
            <View>{guide.name}</View>
            <View className="small soft">{guide.storeName}</View>
          </View>
          <Tick />
        </View>
      ))}
      <Textarea
        className="field-area spacer-top"
        value={reason}
        maxlength={100}
        placeholder="为什么想换？只有门店店长和总部看得到"
        data-testid="guide-change-reason"
        onInput={(event) => setReason(event.detail.value)}
      />
    </Sheet>
  );
}

/** Why this guide, since when, and how to change. */
export function GuideSection({ guide, onChanged }: { guide: MyData['guide']; onChanged(): void }) {
  const [isOpen, setOpen] = useState(false);
  const { card, request } = guide;
  const isWaiting = request?.state === 'OPEN';
  const withdraw = async (id: string) => {
    try {
      await api.mall.withdrawGuideChange({ params: { id } });
      toastDone('已撤回');
    } catch (problem) {
      toast(troubleOf(problem).message);
    }
    onChanged();
  };
  return (
    <View className="card" data-testid="my-guide-why">
      <View className="card-title">我的导购</View>
      {card ? (
        <View className="row gap-3">
          <Avatar url={card.avatarUrl} name={card.name} size={40} />
          <View className="grow">
            <View>{card.name}</View>
            <View className="small soft">{card.storeName}</View>
          </View>
        </View>
      ) : null}
      <View className="mid spacer-top">{guide.why}</View>
      <View className="timeline">
        {guide.timeline.map((step) => (
          <View key={step.at + step.text} className="timeline-step">
            {step.text} · {timeText(step.at, clock.now())}
          </View>
        ))}
      </View>
      {request ? (
        <Strip tone="info" testId="guide-request">
          {request.stateText}
        </Strip>
      ) : null}
      {isWaiting ? (
        <Button isSmall kind="quiet" onTap={() => void withdraw(request.id)} testId="withdraw-guide-change">
          撤回
        </Button>
      ) : guide.canChange ? (
        <Button isSmall kind="soft" onTap={() => setOpen(true)} testId="change-guide">
          换一位导购
        </Button>
      ) : (
        <View className="small soft">{guide.changeText}</View>
      )}
      <ChangeSheet
        isOpen={isOpen}
        hint={guide.changeText}
        onClose={() => setOpen(false)}
        onDone={() => {
          setOpen(false);
          onChanged();
        }}
      />
    </View>
  );
}
