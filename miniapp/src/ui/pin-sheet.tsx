import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { toastDone } from '@/lib/toast';
import { PhoneButton } from '@/platform/phone-button';
import { wx } from '@/platform/wx';
import { Button } from './button';
import { isWhole, PinField, PinProblem } from './pin-field';
import { Sheet } from './sheet';

/** set: the first one; change: takes the old one; reset: the old one is forgotten, the phone number proves who asks. */
export type PinWay = 'set' | 'change' | 'reset';

const TITLES: Record<PinWay, string> = { set: '设置付款密码', change: '修改付款密码', reset: '重设付款密码' };

/** The three fields, and the call that each way of setting a PIN makes. */
function usePinForm(onDone: (pin: string) => void) {
  const [oldPin, setOldPin] = useState('');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const clear = () => {
    for (const empty of [setOldPin, setPin, setAgain]) empty('');
    setProblem(null);
  };
  const save = async (call: () => Promise<unknown>) => {
    if (pin !== again) return setProblem('两次输入的不一样，再输一次');
    setBusy(true);
    setProblem(null);
    try {
      await call();
      toastDone('密码已设好');
      clear();
      onDone(pin);
    } catch (reason) {
      setProblem(troubleOf(reason).message);
      setOldPin('');
    } finally {
      setBusy(false);
    }
  };
  return {
    oldPin,
    setOldPin,
    pin,
    setPin,
    again,
    setAgain,
    problem,
    setProblem,
    isBusy,
    clear,
    set: () => save(() => api.mall.setWalletPin({ body: { pin, ...(oldPin ? { oldPin } : {}) } })),
    reset: (phoneCode: string) =>
      save(async () => api.mall.resetWalletPin({ body: { pin, phoneCode, loginCode: await wx.login() } })),
  };
}

export interface PinSheetProps {
  isOpen: boolean;
  way: PinWay;
  /** Why a PIN is asked for now. */
  why?: string;
  saveText?: string;
  onClose(): void;
  onDone(pin: string): void;
}

/** Six digits that confirm large payments: set, changed with the old ones, or set anew when they are forgotten. */
export function PinSheet({ isOpen, way, why, saveText = '保存', onClose, onDone }: PinSheetProps) {
  const form = usePinForm(onDone);
  const [hasForgotten, setForgotten] = useState(false);
  const now: PinWay = way === 'change' && hasForgotten ? 'reset' : way;
  const isReady = isWhole(form.pin) && form.again.length === 6 && (now !== 'change' || isWhole(form.oldPin));
  const { clear } = form;
  // What was typed must not wait for whoever opens the sheet next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only opening and closing count.
  useEffect(() => {
    clear();
    setForgotten(false);
  }, [isOpen]);
  return (
    <Sheet
      isOpen={isOpen}
      title={TITLES[now]}
      onClose={onClose}
      testId="pin-sheet"
      footer={
        now === 'reset' ? (
          <PhoneButton
            isMain
            isBusy={form.isBusy}
            isDisabled={!isReady}
            onCode={(code) => void form.reset(code)}
            onRefuse={(error) =>
              form.setProblem(error.isRefused ? '验证手机号后才能重设' : '没有取到手机号，请再试一次')
            }
          >
            用手机号验证并保存
          </PhoneButton>
        ) : (
          <Button isBlock isBusy={form.isBusy} isDisabled={!isReady} onTap={() => void form.set()} testId="save-pin">
            {saveText}
          </Button>
        )
      }
    >
      {why ? <View className="mid small">{why}</View> : null}
      {now === 'reset' ? <View className="mid small">先想好新密码，再用你在微信绑定的手机号验证是你本人。</View> : null}
      {now === 'change' ? (
        <PinField label="现在的密码" value={form.oldPin} onChange={form.setOldPin} testId="old-pin" />
      ) : null}
      <PinField label="新密码，6 位数字" value={form.pin} onChange={form.setPin} testId="new-pin" />
      <PinField label="再输一次" value={form.again} onChange={form.setAgain} testId="again-pin" />
      <PinProblem text={form.problem} testId="pin-problem" />
      {now === 'change' ? (
        <View className="text-tap" role="button" data-testid="forgot-pin" onClick={() => setForgotten(true)}>
          忘记密码了？
        </View>
      ) : null}
    </Sheet>
  );
}
