import type { NoticeMoment } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { askConsent, type Consent, useAsks } from '@/session/notices';
import { Button } from '@/ui/button';
import { Cell } from '@/ui/cell';
import { Strip } from '@/ui/notice';
import './notices.scss';

const OFFER: Readonly<Record<NoticeMoment, string>> = {
  PAID_SHIP: '发货时提醒你',
  PAID_PICKUP: '把取货码发到微信',
  PAID_GROUP: '拼团有结果时提醒你',
  PAID_DEPOSIT: '可以付尾款时提醒你',
  AFTER_SALE: '售后有进展时提醒你',
  SOLD_OUT: '到货时提醒你',
  COUPON: '券快到期时提醒你',
  WALLET: '余额变动时提醒你',
};
const AFTERWARDS: Readonly<Record<Consent, string>> = {
  ALLOWED: '好的，会发到微信的「服务通知」',
  DENIED: '好的，不打扰你',
  OFF: '微信里的消息提醒关着，可以在右上角「…」→ 设置 里打开',
};

/** Offers to send news to WeChat, where people expect it; leaves no trace where there is nothing to offer. */
export function NoticeAsk({ moment }: { moment: NoticeMoment }) {
  const asks = useAsks(moment);
  const [answer, setAnswer] = useState<Consent | 'ASKING' | null>(null);
  const ask = () => {
    setAnswer('ASKING');
    void askConsent((asks ?? []).map(({ templateId }) => templateId)).then(setAnswer);
  };
  if (answer !== null && answer !== 'ASKING')
    return (
      <Strip tone={answer === 'ALLOWED' ? 'good' : 'info'} testId="notice-said">
        {AFTERWARDS[answer]}
      </Strip>
    );
  if (asks?.length === 0) return null;
  // Its place is kept until it is known whether there is something to offer, so that nothing below moves.
  if (asks === null)
    return (
      <View className="card card-flush">
        <Cell
          icon="bell"
          title={OFFER[moment]}
          note="发到微信的「服务通知」"
          value={<View className="bone notice-bone" />}
        />
      </View>
    );
  return (
    <View className="card card-flush" data-testid="notice-ask">
      <Cell
        icon="bell"
        title={OFFER[moment]}
        note="发到微信的「服务通知」"
        value={
          <Button kind="soft" isSmall isBusy={answer === 'ASKING'} onTap={ask} testId="notice-ask-tap">
            提醒我
          </Button>
        }
      />
    </View>
  );
}
