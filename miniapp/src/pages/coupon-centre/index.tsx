import type { CentreCoupon } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { CouponCard } from '@/features/coupons/components/coupon-card';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { exactCount } from '@/lib/format';
import { go, pageUrl } from '@/lib/navigate';
import { useCell } from '@/lib/state';
import { toast, toastDone } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { useWishKey } from '@/lib/use-wish-key';
import { useCurrentStore } from '@/session/current-store';
import { login, session } from '@/session/session';
import { Button } from '@/ui/button';
import { Empty, Failed } from '@/ui/notice';
import { Page } from '@/ui/page';
import { RowsSkeleton } from '@/ui/skeleton';

const ACTION: Record<CentreCoupon['state'], string> = {
  CAN_TAKE: '领取',
  TAKEN: '去使用',
  SOLD_OUT: '领完了',
  NOT_YET: '还没开始',
  OVER: '结束了',
  NOT_FOR_YOU: '暂不可领',
  LOGIN: '登录领取',
};

/** What can be had comes first. Taking one leaves it where it is, so that nothing jumps under the finger. */
const isOpen = ({ state }: CentreCoupon) => state === 'CAN_TAKE' || state === 'TAKEN' || state === 'LOGIN';
const placeOf = (coupon: CentreCoupon) => (isOpen(coupon) ? 0 : coupon.state === 'NOT_YET' ? 1 : 2);

/** A bar only once it shows something; how many are left in any case. */
function Left({ coupon }: { coupon: CentreCoupon & { takenBp: number } }) {
  const left = coupon.leftCount === null ? '' : `还剩 ${exactCount(coupon.leftCount)} 张`;
  const percent = Math.floor(coupon.takenBp / 100);
  if (percent < 1) return <View className="small soft">{left || '刚刚开始领'}</View>;
  return (
    <View>
      <View className="coupon-left">
        <View className="coupon-left-gone" style={{ width: `${coupon.takenBp / 100}%` }} />
      </View>
      <View className="small soft">
        已领 {percent}%{left ? `，${left}` : ''}
      </View>
    </View>
  );
}

const hasCount = (coupon: CentreCoupon): coupon is CentreCoupon & { takenBp: number } => coupon.takenBp !== null;

/** Coupons to take. One that cannot be taken says why. */
export default function CouponCentre() {
  const { store } = useCurrentStore();
  const { status } = useCell(session);
  const storeId = store?.id;
  const list = useQuery(`coupon-centre:${storeId ?? ''}:${status}`, () =>
    api.mall.couponCentre({ query: storeId ? { storeId } : {} }),
  );
  const [busyId, setBusyId] = useState<string | null>(null);
  // A repeat after a lost answer takes the same coupon, not one more.
  const key = useWishKey();
  const take = async ({ templateId: id }: CentreCoupon) => {
    if (status !== 'member' && !(await login())) return toast('请在微信里打开后再领');
    setBusyId(id);
    try {
      await api.mall.takeCoupon({
        params: { id },
        body: storeId ? { storeId } : {},
        idempotencyKey: key.of(`${id} ${storeId ?? ''}`),
      });
      key.done();
      toastDone('领到了');
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusyId(null);
      await list.reload();
    }
  };
  const act = (coupon: CentreCoupon) => {
    if (coupon.state === 'TAKEN') go(pageUrl.coupons());
    else if (coupon.state === 'CAN_TAKE' || coupon.state === 'LOGIN') void take(coupon);
    else toast(coupon.reason ?? ACTION[coupon.state]);
  };
  return (
    <Page testId="page-coupon-centre">
      <View className="body">
        {!list.data && list.trouble ? <Failed trouble={list.trouble} onRetry={() => void list.reload()} /> : null}
        {!list.data && !list.trouble ? <RowsSkeleton /> : null}
        {list.data?.length === 0 ? (
          <Empty icon="ticket" title="现在没有可以领的券" text="有新的券会第一时间放在这里" />
        ) : null}
        {[...(list.data ?? [])]
          .sort((a, b) => placeOf(a) - placeOf(b))
          .map((coupon) => (
            <CouponCard
              key={coupon.templateId}
              face={coupon.face}
              validText={coupon.validText}
              isOff={!isOpen(coupon)}
              note={coupon.reason ?? (hasCount(coupon) ? <Left coupon={coupon} /> : null)}
              testId={`centre-${coupon.templateId}`}
              action={
                <Button
                  isSmall
                  kind={coupon.state === 'CAN_TAKE' ? 'primary' : coupon.state === 'LOGIN' ? 'soft' : 'quiet'}
                  isBusy={busyId === coupon.templateId}
                  onTap={() => act(coupon)}
                  testId={`take-${coupon.templateId}`}
                >
                  {ACTION[coupon.state]}
                </Button>
              }
            />
          ))}
      </View>
    </Page>
  );
}
