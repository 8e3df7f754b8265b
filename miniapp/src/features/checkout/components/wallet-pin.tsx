import { Input, View } from '@tarojs/components';
import { useState } from 'react';
import { go, pageUrl } from '@/lib/navigate';
import { Button } from '@/ui/button';
import { Sheet } from '@/ui/sheet';

/** The wallet pays more than it may without its PIN. */
export function WalletPin(props: { isOpen: boolean; isBusy: boolean; onPin(pin: string): void; onClose(): void }) {
  const [pin, setPin] = useState('');
  return (
    <Sheet
      isOpen={props.isOpen}
      title="输入付款密码"
      onClose={props.onClose}
      testId="wallet-pin"
      footer={
        <Button
          isBlock
          isBusy={props.isBusy}
          isDisabled={pin.length !== 6}
          onTap={() => props.onPin(pin)}
          testId="wallet-pin-confirm"
        >
          确认用余额付
        </Button>
      }
    >
      <View className="mid small">这一单用的余额比较多，要核对你的 6 位付款密码。</View>
      <Input
        className="pin spacer-top"
        type="number"
        password
        maxlength={6}
        value={pin}
        aria-label="付款密码"
        data-testid="wallet-pin-input"
        onInput={(event) => setPin(event.detail.value.replace(/\D/g, ''))}
      />
      <View className="text-tap" role="button" onClick={() => go(pageUrl.wallet())}>
        还没有密码？去钱包设置
      </View>
    </Sheet>
  );
}
