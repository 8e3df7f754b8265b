import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { CouponCard } from '@/features/coupons/components/coupon-card';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { goTab, pageUrl, replaceWith } from '@/lib/navigate';
import { useCell } from '@/lib/state';
import { toast, toastDone } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { login, session } from '@/session/session';
import { Button } from '@/ui/button';
import { Failed, Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { BlockSkeleton } from '@/ui/skeleton';

/** A guide's coupon card, tapped in a chat or a group: take it once, or read why not. */
export default function CouponOffer() {
  const token = useRouter().params.token ?? '';
  const { status } = useCell(session);
  const offer = useQuery(token ? `offer:${token}:${status}` : null, () => api.mall.couponOffer({ params: { token } }));
  const [isBusy, setBusy] = useState(false);
  const one = offer.data;
  const take = async () => {
    if (status !== 'member' && !(await login())) return toast('请在微信里打开后再领');
    setBusy(true);
    try {
      await api.mall.takeOffer({ params: { token } });
      toastDone('领到了');
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusy(false);
      await offer.reload();
    }
  };
  const canTake = one?.state === 'CAN_TAKE' || one?.state === 'LOGIN';
  return (
    <Page testId="page-coupon-offer">
      <View className="body">
        {!one && offer.trouble ? <Failed trouble={offer.trouble} onRetry={() => void offer.reload()} /> : null}
        {!one && !offer.trouble ? <BlockSkeleton /> : null}
        {one ? (
          <>
            <View className="section-title">
              {one.storeName}的{one.guideName}送你一张券
            </View>
            <View className="spacer" />
            <CouponCard
              face={one.face}
              validText={one.validText}
              isOff={!canTake && one.state !== 'TAKEN'}
              note={one.kind === 'GROUP' ? `先到先得，还剩 ${one.leftCount} / ${one.totalCount} 张` : null}
            />
            {one.reason ? <Strip tone="info">{one.reason}</Strip> : null}
            {canTake ? (
              <Button isBlock isBusy={isBusy} onTap={() => void take()} testId="take-offer">
                {one.state === 'LOGIN' ? '登录领取' : '领取'}
              </Button>
            ) : (
              <Button
                isBlock
                kind={one.state === 'TAKEN' ? 'primary' : 'quiet'}
                onTap={() => (one.state === 'TAKEN' ? replaceWith(pageUrl.coupons()) : goTab(0))}
                testId="offer-next"
              >
                {one.state === 'TAKEN' ? '已经领到，去看看' : '逛逛商城'}
              </Button>
            )}
          </>
        ) : null}
      </View>
    </Page>
  );
}
