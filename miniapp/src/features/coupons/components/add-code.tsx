import { Input, View } from '@tarojs/components';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { toastDone } from '@/lib/toast';
import { Button } from '@/ui/button';

/** Turns a printed code into a coupon of mine. */
export function AddCode({ onAdded }: { onAdded(): void }) {
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const add = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await api.mall.addCouponCode({ body: { code: code.trim() } });
      setCode('');
      toastDone('已放进券包');
      onAdded();
    } catch (reason) {
      setProblem(troubleOf(reason).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <View className="card card-flush">
      <View className="field">
        <Input
          className="field-input"
          placeholder="有券码？在这里兑换"
          maxlength={32}
          value={code}
          data-testid="coupon-code-input"
          onInput={(event) => setCode(event.detail.value)}
        />
        <Button
          isSmall
          kind="soft"
          isBusy={isBusy}
          isDisabled={code.trim().length < 4}
          onTap={() => void add()}
          testId="add-coupon-code"
        >
          兑换
        </Button>
      </View>
      {problem ? (
        <View className="field-error" role="alert" data-testid="coupon-code-problem">
          {problem}
        </View>
      ) : null}
    </View>
  );
}
