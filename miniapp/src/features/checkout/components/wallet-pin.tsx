import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { Button } from '@/ui/button';
import { isWhole, PinField, PinProblem } from '@/ui/pin-field';
import { PinSheet } from '@/ui/pin-sheet';
import { Sheet } from '@/ui/sheet';
import type { PinAsk } from '../use-pin-ask';

interface WalletPinProps {
  ask: PinAsk | null;
  isBusy: boolean;
  onPin(pin: string): void;
  onClose(): void;
}

/** The wallet pays more than it may without its PIN: it is typed, set for the first time, or set anew, without leaving the order. */
export function WalletPin({ ask, isBusy, onPin, onClose }: WalletPinProps) {
  const [pin, setPin] = useState('');
  const [hasForgotten, setForgotten] = useState(false);
  useEffect(() => {
    if (!ask) return;
    setPin('');
    setForgotten(false);
  }, [ask]);
  if (ask && (!ask.hasPin || hasForgotten))
    return (
      <PinSheet
        isOpen
        way={ask.hasPin ? 'reset' : 'set'}
        why={ask.hasPin ? '' : '这一单用的余额比较多。先设一个付款密码，以后用余额付大额都靠它确认是你本人。'}
        saveText="设好并付款"
        onClose={onClose}
        onDone={onPin}
      />
    );
  return (
    <Sheet
      isOpen={ask !== null}
      title="输入付款密码"
      onClose={onClose}
      testId="wallet-pin"
      footer={
        <Button isBlock isBusy={isBusy} isDisabled={!isWhole(pin)} onTap={() => onPin(pin)} testId="wallet-pin-confirm">
          确认用余额付
        </Button>
      }
    >
      <View className="mid small">这一单用的余额比较多，要核对你的 6 位付款密码。</View>
      <PinField label="付款密码" value={pin} onChange={setPin} testId="wallet-pin-input" />
      <PinProblem text={ask?.problem ?? null} testId="wallet-pin-problem" />
      <View className="text-tap" role="button" data-testid="forgot-pin" onClick={() => setForgotten(true)}>
        忘记密码了？
      </View>
    </Sheet>
  );
}
