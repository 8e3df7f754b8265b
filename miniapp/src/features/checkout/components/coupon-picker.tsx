import type { CheckoutPreview } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { priceText } from '@/lib/format';
import { Button } from '@/ui/button';
import { Empty, Strip } from '@/ui/notice';
import { Sheet } from '@/ui/sheet';
import { Tick } from '@/ui/tick';
import './checkout.scss';

type Offers = NonNullable<CheckoutPreview['offers']>['coupons'];

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id));

export interface CouponPickerProps {
  isOpen: boolean;
  offers: Offers;
  chosen: readonly string[];
  unused: NonNullable<CheckoutPreview['unusedCoupons']>;
  savedFen: number;
  onChoose(couponIds: string[]): void;
  onClose(): void;
}

/** Coupons for this order: the best combination with its reason, each usable one, and the others with why not. */
export function CouponPicker(props: CouponPickerProps) {
  const { offers, chosen, unused } = props;
  const isBest = sameIds(offers.bestIds, chosen);
  const toggle = (id: string) =>
    props.onChoose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <Sheet
      isOpen={props.isOpen}
      title="选择优惠券"
      onClose={props.onClose}
      testId="coupon-picker"
      footer={
        <Button isBlock onTap={props.onClose} testId="coupons-done">
          {props.savedFen > 0 ? `好了，省 ${priceText(props.savedFen)}` : '好了'}
        </Button>
      }
    >
      {offers.bestIds.length > 0 ? (
        <View className="best-coupons">
          <View className="grow">
            <View className="strong">最省的组合 {priceText(offers.bestFen)}</View>
            <View className="small mid" data-testid="best-reason">
              {offers.reason}
            </View>
          </View>
          {isBest ? (
            <Text className="tag tag-good">已选用</Text>
          ) : (
            <Button kind="soft" isSmall onTap={() => props.onChoose([...offers.bestIds])} testId="use-best">
              用这个
            </Button>
          )}
        </View>
      ) : null}
      {offers.usable.length + offers.unusable.length === 0 ? (
        <Empty icon="ticket" title="还没有优惠券" text="可以去领券中心看看" />
      ) : null}
      {offers.usable.map((coupon) => {
        const isOn = chosen.includes(coupon.couponId);
        const failing = unused.find((one) => one.couponId === coupon.couponId)?.failing;
        return (
          <View
            key={coupon.couponId}
            className="pay-choice"
            role="checkbox"
            aria-checked={isOn}
            data-testid={`coupon-${coupon.couponId}`}
            onClick={() => toggle(coupon.couponId)}
          >
            <View className="grow">
              <View>{coupon.name}</View>
              <View className="small soft">
                {isOn && failing
                  ? failing
                  : coupon.aloneFen > 0
                    ? `单独用省 ${priceText(coupon.aloneFen)}`
                    : '能用，这一单省不了钱'}
              </View>
            </View>
            <View className={`check-box ${isOn ? 'check-on' : ''}`}>
              <Tick />
            </View>
          </View>
        );
      })}
      {chosen.length > 0 ? (
        <View className="text-tap" role="button" data-testid="no-coupons" onClick={() => props.onChoose([])}>
          这次不用券
        </View>
      ) : null}
      {offers.unusable.length > 0 ? (
        <View data-testid="unusable-coupons">
          <View className="pick-label">这些券这次用不了</View>
          {offers.unusable.map((coupon) => (
            <View key={coupon.couponId} className="pay-choice pay-choice-off">
              <View className="grow">
                <View>{coupon.name}</View>
                <View className="small mid">
                  {coupon.failing}
                  {coupon.lackFen ? `，还差 ${priceText(coupon.lackFen)}` : ''}
                </View>
              </View>
            </View>
          ))}
        </View>
      ) : null}
      {isBest || offers.bestIds.length === 0 ? null : (
        <Strip tone="info">
          现在的选择比最省的组合少省 {priceText(Math.max(0, offers.bestFen - props.savedFen))}。
        </Strip>
      )}
    </Sheet>
  );
}
