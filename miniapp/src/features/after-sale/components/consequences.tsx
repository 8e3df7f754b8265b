import type { Consequence, RefundSources } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { exactCount, priceText } from '@/lib/format';
import { Icon } from '@/ui/icon';
import { Price } from '@/ui/price';
import { byTone, isMine } from '../model';
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
  return points === null ? null : `${exactCount(points)} 积分`;
}

function Row({ one }: { one: Consequence }) {
  return (
    <View className="consequence">
      <Icon name={ICON[one.kind] ?? 'info'} className={`consequence-${one.tone.toLowerCase()}`} />
      <View className="grow">
        <View>{one.title}</View>
        <View className="small soft">{one.text}</View>
      </View>
      {amountOf(one) ? <View className="digits strong">{amountOf(one)}</View> : null}
    </View>
  );
}

/** Everything that a case changes, in plain words: what comes back to me first, what it means for others on demand. */
export function Consequences({ items }: { items: readonly Consequence[] }) {
  const [isWhole, setWhole] = useState(false);
  const sorted = byTone(items);
  const others = sorted.filter((one) => !isMine(one));
  const shown = isWhole ? sorted : sorted.filter(isMine);
  return (
    <View className="card card-flush" data-testid="consequences">
      {shown.map((one) => (
        <Row key={one.kind + one.title + one.text} one={one} />
      ))}
      {others.length > 0 ? (
        <View
          className="consequence-more"
          role="button"
          data-testid="consequences-more"
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? '收起' : '对门店和导购有什么影响'}
          <Icon name="down" size={14} className={isWhole ? 'turned' : ''} />
        </View>
      ) : null}
    </View>
  );
}

/** The sum that comes back, and by which way. */
export function RefundSum({ sources, isDone = false }: { sources: RefundSources; isDone?: boolean }) {
  const ways = [
    sources.cashFen > 0 ? `微信原路退 ${priceText(sources.cashFen)}` : null,
    sources.walletFen > 0 ? `退回钱包 ${priceText(sources.walletFen)}` : null,
    sources.pointsBack > 0 ? `返还 ${exactCount(sources.pointsBack)} 积分` : null,
  ].filter(Boolean);
  return (
    <View className="card refund-sum">
      <View className="mid">{isDone ? '已退给你' : '退给你'}</View>
      <Price fen={sources.totalFen} size="xl" testId="refund-total" />
      <View className="small soft">{ways.join(' · ')}</View>
      {sources.presentsFen ? (
        <View className="small soft" data-testid="presents-paid">
          已扣留下赠品的 {priceText(sources.presentsFen)}
        </View>
      ) : null}
    </View>
  );
}
