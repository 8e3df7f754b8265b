import type { MyCoupon } from '@shuke/shared/contracts';
import { Image, View } from '@tarojs/components';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { troubleOf } from '@/lib/errors';
import { timeText } from '@/lib/format';
import { go, goTab, pageUrl } from '@/lib/navigate';
import { qrPicture } from '@/lib/qr';
import { toast, toastDone } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { Button } from '@/ui/button';
import { Cell } from '@/ui/cell';
import { Failed } from '@/ui/notice';
import { Sheet } from '@/ui/sheet';
import { BlockSkeleton } from '@/ui/skeleton';
import { CouponCard } from './coupon-card';

/** The signed code for the counter: a scanner reads it without asking the network. */
function CounterCode({ id }: { id: string }) {
  const shown = useQuery(`show-coupon:${id}`, () => api.mall.showCoupon({ params: { id } }));
  if (!shown.data)
    return shown.trouble ? <Failed trouble={shown.trouble} onRetry={() => void shown.reload()} /> : <BlockSkeleton />;
  return (
    <View className="coupon-code" data-testid="counter-code">
      <Image className="coupon-code-picture" src={qrPicture(shown.data.qrText)} mode="aspectFit" aria-label="核销码" />
      <View className="coupon-code-text">{shown.data.code}</View>
      <View className="small soft">给店员扫一扫，或者报这串号码</View>
    </View>
  );
}

/** One coupon: its rules, its history, showing it at the counter, giving it to a friend. */
export function CouponSheet(props: { coupon: MyCoupon | null; onClose(): void; onChanged(): void }) {
  const { coupon, onClose, onChanged } = props;
  const id = coupon?.id ?? '';
  const detail = useQuery(coupon ? `coupon:${id}` : null, () => api.mall.coupon({ params: { id } }));
  const [isShowing, setShowing] = useState(false);
  const [busy, setBusy] = useState<'give' | 'back' | null>(null);
  const close = () => {
    setShowing(false);
    onClose();
  };
  const run = async (what: 'give' | 'back', work: () => Promise<void>) => {
    if (busy) return;
    setBusy(what);
    try {
      await work();
      onChanged();
    } catch (reason) {
      toast(troubleOf(reason).message);
      await detail.reload();
    } finally {
      setBusy(null);
    }
  };
  const share = (token: string) => {
    close();
    go(pageUrl.couponGift(token));
  };
  const give = () => run('give', async () => share((await api.mall.giveCoupon({ params: { id } })).token));
  const one = detail.data;
  const gift = one?.gift;
  const takeBack = (token: string) =>
    run('back', async () => {
      await api.mall.takeGiftBack({ params: { token } });
      toastDone('已收回');
      close();
    });
  return (
    <Sheet
      isOpen={coupon !== null}
      title={isShowing ? '到店使用' : '优惠券详情'}
      onClose={close}
      testId="coupon-sheet"
      footer={
        coupon?.state === 'AVAILABLE' && !isShowing ? (
          <View className="row gap-3">
            {coupon.canUseOffline ? (
              <Button kind="soft" isBlock onTap={() => setShowing(true)} testId="show-coupon">
                到店出示
              </Button>
            ) : null}
            {coupon.canUseOnline ? (
              <Button isBlock onTap={() => goTab(0)} testId="use-coupon">
                去使用
              </Button>
            ) : null}
          </View>
        ) : gift && !isShowing ? (
          <View className="row gap-3">
            <Button
              kind="quiet"
              isBlock
              isBusy={busy === 'back'}
              onTap={() => void takeBack(gift.token)}
              testId="take-gift-back"
            >
              收回
            </Button>
            <Button isBlock onTap={() => share(gift.token)} testId="show-gift">
              再发给朋友
            </Button>
          </View>
        ) : null
      }
    >
      {coupon ? <CouponCard face={coupon.face} validText={coupon.validText} note={coupon.sourceText} /> : null}
      {isShowing && coupon ? <CounterCode id={coupon.id} /> : null}
      {!isShowing && coupon && !one ? (
        detail.trouble ? (
          <Failed trouble={detail.trouble} onRetry={() => void detail.reload()} />
        ) : (
          <BlockSkeleton />
        )
      ) : null}
      {!isShowing && one ? (
        <>
          {gift ? (
            <Cell
              icon="gift"
              title="正在送给朋友"
              note={`${timeText(gift.expiresAt, clock.now())} 前没有人领，就会回到你这里`}
              testId="gift-waits"
            />
          ) : null}
          {one.canGive && one.state === 'AVAILABLE' ? (
            <Cell
              icon="gift"
              title="送给朋友"
              note="24 小时内有效，只能转送一次"
              value={busy === 'give' ? <View className="spinner" /> : null}
              onTap={() => void give()}
              testId="give-coupon"
            />
          ) : null}
          <View className="law">
            {one.ruleLines.map((line) => (
              <View key={line}>{line}</View>
            ))}
          </View>
          <View className="timeline spacer-top">
            {[...one.history].reverse().map((step) => (
              <View key={`${step.at}${step.text}`} className="timeline-step">
                {step.text} · {timeText(step.at, clock.now())}
              </View>
            ))}
          </View>
        </>
      ) : null}
    </Sheet>
  );
}
