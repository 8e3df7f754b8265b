import type { Consequence, RefundSources } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { priceText, tidyMoney } from '@/lib/format';
import { Icon } from '@/ui/icon';
import { Price } from '@/ui/price';
import { byTone } from '../model';
import './after-sale.scss';

const ICON: Partial<Record<Consequence['kind'], string>> = {
  CASH: 'refund',
  WALLET: 'wallet',
  FREIGHT: 'truck',
  POINTS_BACK: 'star',
  POINTS_TAKEN: 'star',
  COUPON: 'ticket',
  GIFT: 'gift',
  GUIDE: 'user',
  RETURN_FREIGHT: 'truck',
  TIME: 'clock',
};

function amountOf({ fen, points }: Consequence): string | null {
  if (fen !== null) return priceText(fen);
  return points === null ? null : `${points} 积分`;
}

/** Everything that a case changes, in plain words, what comes back first. */
export function Consequences({ items }: { items: readonly Consequence[] }) {
  return (
    <View className="card card-flush" data-testid="consequences">
      {byTone(items).map((one) => (
        <View key={one.kind + one.title} className="consequence">
          <Icon name={ICON[one.kind] ?? 'info'} className={`consequence-${one.tone.toLowerCase()}`} />
          <View className="grow">
            <View>{one.title}</View>
            <View className="small soft">{tidyMoney(one.text)}</View>
          </View>
          {amountOf(one) ? <View className="digits strong">{amountOf(one)}</View> : null}
        </View>
      ))}
    </View>
  );
}

/** The sum that comes back, and by which way. */
export function RefundSum({ sources, isDone = false }: { sources: RefundSources; isDone?: boolean }) {
  const ways = [
    sources.cashFen > 0 ? `微信原路退 ${priceText(sources.cashFen)}` : null,
    sources.walletFen > 0 ? `退回钱包 ${priceText(sources.walletFen)}` : null,
    sources.pointsBack > 0 ? `返还 ${sources.pointsBack} 积分` : null,
  ].filter(Boolean);
  return (
    <View className="card refund-sum">
      <View className="mid">{isDone ? '已退给你' : '退给你'}</View>
      <Price fen={sources.totalFen} size="xl" testId="refund-total" />
      <View className="small soft">{ways.join(' · ')}</View>
    </View>
  );
}
