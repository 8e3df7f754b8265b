import type { CouponFace } from '@shuke/shared/contracts';
import { businessDay } from '@shuke/shared/kernel';
import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { clock } from '@/lib/clock';
import './coupons.scss';

export interface CouponCardProps {
  face: CouponFace;
  validText: string;
  /** Taken, used or gone: quieter, still readable. */
  isOff?: boolean;
  tag?: ReactNode;
  note?: ReactNode;
  action?: ReactNode;
  onTap?(): void;
  testId?: string;
}

/** As people write days: 「有效至 2026年12月21日 23:59」 ends with that day, and this year needs no number. */
function wholeDays(text: string): string {
  const thisYear = businessDay(clock.now()).slice(0, 4);
  return text.replace(/ (23:59|00:00)/, '').replace(`${thisYear}年`, '');
}

/** A coupon anywhere: what it is worth on the left, when and where it counts on the right. */
export function CouponCard(props: CouponCardProps) {
  const { face, validText, isOff, tag, note, action, onTap, testId } = props;
  return (
    <View
      className={`coupon ${isOff ? 'coupon-off' : ''}`}
      hoverClass={onTap ? 'card-pressed' : 'none'}
      role={onTap ? 'button' : undefined}
      data-testid={testId}
      onClick={onTap}
    >
      <View className="coupon-worth">
        <View className="coupon-figure">
          {face.unit === '元' ? <View className="coupon-mark">¥</View> : null}
          <View className={face.worth.length > 4 ? 'coupon-number-long' : 'coupon-number'}>{face.worth}</View>
          {face.unit && face.unit !== '元' ? <View className="coupon-mark">{face.unit}</View> : null}
        </View>
        <View className="coupon-condition">
          {face.conditionText.split('，').map((part) => (
            <View key={part}>{part}</View>
          ))}
        </View>
      </View>
      <View className="coupon-body">
        <View className="row between gap-2 coupon-head">
          <View className="coupon-name two-lines">{face.name}</View>
          {tag}
        </View>
        <View className="small soft two-lines">
          {face.scopeText} · {face.storeText}
        </View>
        <View className="row between gap-2 coupon-foot">
          <View className="small soft grow coupon-valid">
            {wholeDays(validText)
              .split(' ')
              .map((words) => (
                <Text key={words} className="coupon-words">
                  {words}
                </Text>
              ))}
          </View>
          {action}
        </View>
        {note ? <View className="small mid coupon-note">{note}</View> : null}
      </View>
    </View>
  );
}
