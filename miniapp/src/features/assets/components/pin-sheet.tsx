import { Input, View } from '@tarojs/components';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { toastDone } from '@/lib/toast';
import { Button } from '@/ui/button';
import { Sheet } from '@/ui/sheet';

const isWhole = (pin: string) => /^\d{6}$/.test(pin);

function PinField(props: { label: string; value: string; onChange(pin: string): void; testId: string }) {
  return (
    <View className="spacer-top">
      <View className="mid">{props.label}</View>
      <Input
        className="pin"
        type="number"
        password
        maxlength={6}
        value={props.value}
        aria-label={props.label}
        data-testid={props.testId}
        onInput={(event) => props.onChange(event.detail.value.replace(/\D/g, ''))}
      />
    </View>
  );
}

export interface PinSheetProps {
  isOpen: boolean;
  hasPin: boolean;
  onClose(): void;
  onDone(): void;
}

/** Six digits that a payment in a store asks for above an amount. Changing them takes the old ones. */
export function PinSheet({ isOpen, hasPin, onClose, onDone }: PinSheetProps) {
  const [oldPin, setOldPin] = useState('');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isReady = isWhole(pin) && again.length === 6 && (!hasPin || isWhole(oldPin));

  const save = async () => {
    if (pin !== again) return setProblem('两次输入的不一样，再输一次');
    setBusy(true);
    setProblem(null);
    try {
      await api.mall.setWalletPin({ body: { pin, ...(hasPin ? { oldPin } : {}) } });
      toastDone('已设置');
      for (const clear of [setOldPin, setPin, setAgain]) clear('');
      onDone();
    } catch (reason) {
      setProblem(troubleOf(reason).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Sheet
      isOpen={isOpen}
      title={hasPin ? '修改付款密码' : '设置付款密码'}
      onClose={onClose}
      testId="pin-sheet"
      footer={
        <Button isBlock isBusy={isBusy} isDisabled={!isReady} onTap={() => void save()} testId="save-pin">
          保存
        </Button>
      }
    >
      {hasPin ? <PinField label="现在的密码" value={oldPin} onChange={setOldPin} testId="old-pin" /> : null}
      <PinField label="新密码，6 位数字" value={pin} onChange={setPin} testId="new-pin" />
      <PinField label="再输一次" value={again} onChange={setAgain} testId="again-pin" />
      {problem ? (
        <View className="field-error" role="alert" data-testid="pin-problem">
          {problem}
        </View>
      ) : null}
    </Sheet>
  );
}
