import type { DynamicCode, InStorePayment } from '@shuke/shared/contracts';
import { Image, View } from '@tarojs/components';
import { useDidHide, useDidShow } from '@tarojs/taro';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ConfirmPayment } from '@/features/assets/components/confirm-payment';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { type Trouble, troubleOf } from '@/lib/errors';
import { priceText } from '@/lib/format';
import { qrPicture } from '@/lib/qr';
import { useNow } from '@/lib/use-now';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Failed } from '@/ui/notice';
import { Page } from '@/ui/page';

type Kind = 'PAY' | 'MEMBER';
const ASK_EVERY_MS = 2_000;
/** However the clocks differ, a fresh code is not asked for more often. */
const RENEW_PAUSE_MS = 1_000;
const spaced = (code: string) => code.replace(/(\d{6})(?=\d)/g, '$1 ');

/** Shows a code that lives a minute; a fresh one comes by itself, and what the store does with it shows at once. */
function useDynamicCode(kind: Kind) {
  const [code, setCode] = useState<DynamicCode | null>(null);
  const [payment, setPayment] = useState<InStorePayment | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const isShown = useRef(true);
  const renew = useCallback(async () => {
    setTrouble(null);
    try {
      setCode(await (kind === 'PAY' ? api.mall.payCode() : api.mall.memberCode()));
    } catch (reason) {
      setTrouble(troubleOf(reason));
    }
  }, [kind]);
  useEffect(() => {
    setCode(null);
    setPayment(null);
    void renew();
  }, [renew]);
  const expiresAt = code && !payment ? Date.parse(code.expiresAt) : null;
  useDidHide(() => {
    isShown.current = false;
  });
  useDidShow(() => {
    isShown.current = true;
    if (expiresAt !== null && expiresAt <= clock.now()) void renew();
  });
  useEffect(() => {
    if (expiresAt === null) return;
    const left = Math.max(RENEW_PAUSE_MS, expiresAt - clock.now());
    const timer = setTimeout(() => isShown.current && void renew(), left);
    return () => clearTimeout(timer);
  }, [expiresAt, renew]);
  useEffect(() => {
    if (!code || kind !== 'PAY' || payment) return;
    const timer = setInterval(() => {
      if (!isShown.current) return;
      void api.mall
        .payCodeState({ params: { code: code.code } })
        .then((state) => {
          if (state.payment) setPayment(state.payment);
          else if (state.isExpired) void renew();
        })
        .catch(() => undefined);
    }, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [code, kind, payment, renew]);
  return { code, payment, setPayment, trouble, renew };
}

function Receipt({ payment, onAgain }: { payment: InStorePayment; onAgain(): void }) {
  const isPaid = payment.state === 'PAID';
  return (
    <View className="card code-card" data-testid="in-store-receipt">
      <Icon name={isPaid ? 'check' : 'info'} size={44} className={isPaid ? 'ledger-in' : 'soft'} />
      <View className="notice-title spacer-top">{payment.stateText}</View>
      <View className="code-digits">{priceText(payment.amountFen)}</View>
      <View className="small soft">
        {payment.storeName}
        {isPaid ? ` · 本金 ${priceText(payment.principalFen)}，赠金 ${priceText(payment.bonusFen)}` : ''}
      </View>
      <View className="spacer-top">
        <Button kind="soft" onTap={onAgain} testId="new-code">
          再出示一次
        </Button>
      </View>
    </View>
  );
}

function Code({ code, kind, onRenew }: { code: DynamicCode; kind: Kind; onRenew(): void }) {
  const now = useNow(true);
  const leftMs = Date.parse(code.expiresAt) - now;
  const left = Math.max(1, Math.trunc(leftMs / 1_000));
  const isOld = leftMs <= 0;
  return (
    <View className="card code-card" data-testid="dynamic-code">
      <Image
        className={`code-picture ${isOld ? 'code-picture-old' : ''}`}
        src={qrPicture(code.code)}
        mode="aspectFit"
        aria-label={kind === 'PAY' ? '付款码' : '会员码'}
      />
      <View className="code-digits" data-testid="code-digits">
        {spaced(code.code)}
      </View>
      <View className="small soft">{isOld ? '已失效' : `${left} 秒后自动更新，用过一次就失效`}</View>
      <View className="text-tap" role="button" data-testid="renew-code" onClick={onRenew}>
        换一个
      </View>
    </View>
  );
}

/** The code's own shape, so that nothing below moves when it comes. */
function CodeWaiting() {
  return (
    <View className="card code-card" aria-label="正在加载">
      <View className="bone code-picture" />
      <View className="code-digits soft">正在取码</View>
      <View className="small soft">每一分钟换一个</View>
      <View className="text-tap" />
    </View>
  );
}

export default function PayCode() {
  const [kind, setKind] = useState<Kind>('PAY');
  const { code, payment, setPayment, trouble, renew } = useDynamicCode(kind);
  const again = () => {
    setPayment(null);
    void renew();
  };
  return (
    <Page testId="page-pay-code">
      <View className="body">
        <View className="segments" role="tablist">
          {(['PAY', 'MEMBER'] as const).map((one) => (
            <View
              key={one}
              className={`segment ${one === kind ? 'segment-on' : ''}`}
              role="tab"
              aria-selected={one === kind}
              data-testid={`code-${one}`}
              onClick={() => setKind(one)}
            >
              {one === 'PAY' ? '余额付款' : '只报会员'}
            </View>
          ))}
        </View>
        {trouble ? <Failed trouble={trouble} onRetry={() => void renew()} /> : null}
        {!trouble && !code ? <CodeWaiting /> : null}
        {!trouble && code && payment?.state === 'ASKING' ? (
          <ConfirmPayment payment={payment} onAnswer={setPayment} />
        ) : null}
        {!trouble && code && payment && payment.state !== 'ASKING' ? (
          <Receipt payment={payment} onAgain={again} />
        ) : null}
        {!trouble && code && !payment ? <Code code={code} kind={kind} onRenew={() => void renew()} /> : null}
        <View className="law">
          {kind === 'PAY'
            ? '把这个码给店员扫，金额以你手机上看到的为准。不要截图发给别人。'
            : '店员扫一下就知道你是谁，积分会记到你名下。'}
        </View>
      </View>
    </Page>
  );
}
