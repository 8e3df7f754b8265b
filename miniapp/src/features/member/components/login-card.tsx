import { View } from '@tarojs/components';
import { useState } from 'react';
import { toast } from '@/lib/toast';
import { login } from '@/session/session';
import { Button } from '@/ui/button';
import { Empty } from '@/ui/notice';

/** For guests: what a login brings, and one button. */
export function LoginCard({ title, text }: { title: string; text: string }) {
  const [isBusy, setBusy] = useState(false);
  const logIn = () => {
    setBusy(true);
    void login()
      .then((ok) => {
        if (!ok) toast('请在微信里打开后再登录');
      })
      .finally(() => setBusy(false));
  };
  return (
    <View className="card">
      <Empty
        icon="mountain"
        title={title}
        text={text}
        testId="guest"
        action={
          <Button isBusy={isBusy} onTap={logIn} testId="login">
            微信登录
          </Button>
        }
      />
    </View>
  );
}
