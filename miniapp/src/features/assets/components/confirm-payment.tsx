import type { InStorePayment } from '@shuke/shared/contracts';
import { Input, View } from '@tarojs/components';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { Button } from '@/ui/button';
import { Price } from '@/ui/price';
import './assets.scss';

/** A store asks for an amount above the limit: who asks, how much, and the PIN. Refusing is as easy as paying. */
export function ConfirmPayment(props: { payment: InStorePayment; onAnswer(payment: InStorePayment): void }) {
  const { payment, onAnswer } = props;
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState<'pay' | 'refuse' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (what: 'pay' | 'refuse') => {
    setBusy(what);
    setProblem(null);
    const params = { id: payment.id };
    try {
      onAnswer(
        what === 'pay'
          ? await api.mall.confirmInStore({ params, body: { pin, amountFen: payment.amountFen } })
          : await api.mall.refuseInStore({ params }),
      );
    } catch (reason) {
      setProblem(troubleOf(reason).message);
      setPin('');
    } finally {
      setBusy(null);
    }
  };
  return (
    <View className="card code-card" data-testid="confirm-payment">
      <View className="mid">
        {payment.storeName}
        {payment.guideName ? ` · ${payment.guideName}` : ''} 请你付款
      </View>
      <Price fen={payment.amountFen} size="xl" tone="ink" testId="asked-amount" />
      {payment.note ? <View className="small soft">{payment.note}</View> : null}
      <Input
        className="pin spacer-top"
        type="number"
        password
        maxlength={6}
        placeholder="付款密码"
        value={pin}
        data-testid="confirm-pin"
        onInput={(event) => setPin(event.detail.value.replace(/\D/g, ''))}
      />
      {problem ? (
        <View className="field-error" role="alert" data-testid="confirm-problem">
          {problem}
        </View>
      ) : null}
      <View className="row gap-3 spacer-top">
        <Button kind="quiet" isBusy={busy === 'refuse'} onTap={() => void run('refuse')} testId="refuse-amount">
          不付
        </Button>
        <Button
          isBusy={busy === 'pay'}
          isDisabled={pin.length !== 6 || busy !== null}
          onTap={() => void run('pay')}
          testId="confirm-amount"
        >
          确认付款
        </Button>
      </View>
    </View>
  );
}
