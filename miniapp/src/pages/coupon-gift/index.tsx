import { View } from '@tarojs/components';
import { useRouter, useShareAppMessage } from '@tarojs/taro';
import { useState } from 'react';
import { CouponCard } from '@/features/coupons/components/coupon-card';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { troubleOf } from '@/lib/errors';
import { timeText } from '@/lib/format';
import { pageUrl, replaceWith } from '@/lib/navigate';
import { useCell } from '@/lib/state';
import { toast, toastDone } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { ShareButton } from '@/platform/share-button';
import { login, session } from '@/session/session';
import { Button } from '@/ui/button';
import { Failed, Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { BlockSkeleton } from '@/ui/skeleton';

/** A gift: the giver shares it from here, the friend accepts it here. */
export default function CouponGift() {
  const token = useRouter().params.token ?? '';
  const { status } = useCell(session);
  const gift = useQuery(token ? `gift:${token}:${status}` : null, () => api.mall.couponGift({ params: { token } }));
  const [isBusy, setBusy] = useState(false);
  const path = `pages/coupon-gift/index?token=${token}`;
  const one = gift.data;
  useShareAppMessage(() => ({ title: one ? `送你一张「${one.face.name}」` : '送你一张券', path: `/${path}` }));
  const accept = async () => {
    if (status !== 'member' && !(await login())) return toast('请在微信里打开后再领');
    setBusy(true);
    try {
      await api.mall.acceptGift({ params: { token } });
      toastDone('收下了');
      replaceWith(pageUrl.coupons());
    } catch (reason) {
      toast(troubleOf(reason).message);
      await gift.reload();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page testId="page-coupon-gift">
      <View className="body">
        {!one && gift.trouble ? <Failed trouble={gift.trouble} onRetry={() => void gift.reload()} /> : null}
        {!one && !gift.trouble ? <BlockSkeleton /> : null}
        {one ? (
          <>
            <View className="section-title">
              {one.isMine ? '转发给一位朋友' : `${one.giverName || '朋友'} 送你一张券`}
            </View>
            <View className="spacer" />
            <CouponCard face={one.face} validText={one.validText} isOff={one.state !== 'OFFERED'} />
            {one.state === 'OFFERED' ? (
              <Strip tone="info">
                {timeText(one.expiresAt, clock.now())} 前没有人领，就会回到{one.isMine ? '你' : '送券人'}那里
              </Strip>
            ) : (
              <Strip tone="info" testId="gift-state">
                {one.stateText}
              </Strip>
            )}
            {one.reason && !one.isMine ? <Strip tone="warn">{one.reason}</Strip> : null}
            {one.isMine && one.state === 'OFFERED' ? <ShareButton path={path} text="送给微信朋友" isMain /> : null}
            {!one.isMine && one.state === 'OFFERED' ? (
              <Button
                isBlock
                isBusy={isBusy}
                isDisabled={!one.canAccept}
                onTap={() => void accept()}
                testId="accept-gift"
              >
                收下
              </Button>
            ) : null}
          </>
        ) : null}
      </View>
    </Page>
  );
}
