import type { CheckoutPreview } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { exactCount, priceText } from '@/lib/format';
import { Cell } from '@/ui/cell';
import { Icon } from '@/ui/icon';
import { Tick } from '@/ui/tick';
import { couponLine, nextPoints, type PayWish } from '../model';
import { CouponPicker } from './coupon-picker';
import './checkout.scss';

interface PayWithProps {
  shown: CheckoutPreview;
  wish: PayWish;
  onChange(part: Partial<PayWish>): void;
}

function PointsRow({ shown, wish, onChange }: PayWithProps) {
  const { points } = shown.offers ?? {};
  if (!points || points.available <= 0) return null;
  const isOff = points.usable <= 0 && wish.points === 0;
  // Choosing points makes fewer of them usable beside; what is chosen may always be kept.
  const most = Math.max(points.usable, wish.points);
  const usedText =
    wish.points > 0
      ? `用 ${exactCount(shown.money?.pointsUsed ?? wish.points)} 积分，省 ${priceText(shown.money?.pointsFen ?? 0)}`
      : `最多用 ${exactCount(points.usable)} 积分，省 ${priceText(points.usableFen)}`;
  return (
    <View className="pay-choice" data-testid="points-row">
      <Icon name="star" className="cell-icon" />
      <View className="grow">
        <View>积分 {exactCount(points.available)}</View>
        <View className="small mid" data-testid="points-note">
          {isOff ? '这一单不能用积分' : usedText}
        </View>
      </View>
      {isOff ? null : (
        <View className="row">
          <View
            className={`stepper-tap ${wish.points <= 0 ? 'stepper-off' : ''}`}
            role="button"
            aria-label="少用一些积分"
            data-testid="points-minus"
            onClick={() => onChange({ points: nextPoints(wish.points, -1, most) })}
          >
            <Icon name="minus" size={16} />
          </View>
          <View
            className="text-tap"
            role="button"
            data-testid="points-all"
            onClick={() => onChange({ points: wish.points > 0 ? 0 : points.usable })}
          >
            {wish.points > 0 ? '不用' : '全用'}
          </View>
          <View
            className={`stepper-tap ${wish.points >= most ? 'stepper-off' : ''}`}
            role="button"
            aria-label="多用一些积分"
            data-testid="points-plus"
            onClick={() => onChange({ points: nextPoints(wish.points, 1, most) })}
          >
            <Icon name="plus" size={16} />
          </View>
        </View>
      )}
    </View>
  );
}

function WalletRow({ shown, wish, onChange }: PayWithProps) {
  const { wallet } = shown.offers ?? {};
  if (!wallet || wallet.availableFen <= 0) return null;
  const paid = shown.money?.walletFen ?? 0;
  return (
    <View
      className="pay-choice"
      role="checkbox"
      aria-checked={wish.usesWallet}
      data-testid="wallet-row"
      onClick={() => onChange({ usesWallet: !wish.usesWallet })}
    >
      <Icon name="wallet" className="cell-icon" />
      <View className="grow">
        <View>钱包余额 {priceText(wallet.availableFen)}</View>
        <View className="small mid" data-testid="wallet-note">
          {wish.usesWallet ? `这一单用余额付 ${priceText(paid)}` : `可以付 ${priceText(wallet.usableFen)}`}
        </View>
      </View>
      <View className={`check-box ${wish.usesWallet ? 'check-on' : ''}`}>
        <Tick />
      </View>
    </View>
  );
}

/** Coupons, points and wallet: what each saves or pays, changed in place. */
export function PayWith(props: PayWithProps) {
  const { shown, wish, onChange } = props;
  const [isPicking, setPicking] = useState(false);
  const { offers } = shown;
  if (!offers) return null;
  const hasCoupons = offers.coupons.usable.length + offers.coupons.unusable.length > 0;
  return (
    <View className="card card-flush" data-testid="pay-with">
      <Cell
        icon="ticket"
        title="优惠券"
        value={<Text className={shown.money?.couponFen ? 'saved' : ''}>{couponLine(shown, wish)}</Text>}
        {...(hasCoupons ? { onTap: () => setPicking(true) } : {})}
        testId="open-coupons"
      />
      <PointsRow {...props} />
      <WalletRow {...props} />
      <CouponPicker
        isOpen={isPicking}
        offers={offers.coupons}
        chosen={wish.couponIds ?? []}
        unused={shown.unusedCoupons ?? []}
        savedFen={shown.money?.couponFen ?? 0}
        onChoose={(couponIds) => onChange({ couponIds })}
        onClose={() => setPicking(false)}
      />
    </View>
  );
}
