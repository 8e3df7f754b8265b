import type { OrderSummary } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { clock } from '@/lib/clock';
import { timeText } from '@/lib/format';
import { go, pageUrl } from '@/lib/navigate';
import { Button } from '@/ui/button';
import { Picture } from '@/ui/picture';
import { Price } from '@/ui/price';
import { toneOf } from '../model';
import './orders.scss';

const PICTURES_SHOWN = 4;

/** One order of any channel: state in words, what is in it, the next step. */
export function OrderCard({ order }: { order: OrderSummary }) {
  const open = () => go(pageUrl.order(order.id));
  const pieces = order.lines.reduce((sum, line) => sum + line.qty, 0);
  const only = order.lines.length === 1 ? order.lines[0] : undefined;
  return (
    <View className="card" hoverClass="card-pressed" data-testid={`order-${order.id}`} onClick={open}>
      <View className="row between gap-2">
        <Text className="strong one-line">{order.storeName}</Text>
        <Text className={`tag ${toneOf(order.state)}`} data-testid="order-state">
          {order.stateText}
        </Text>
      </View>
      <View className="small soft">
        {timeText(order.createdAt, clock.now())} · {order.channel === 'POS' ? '门店消费' : '小程序下单'}
      </View>
      <View className="order-pictures">
        {order.lines.slice(0, PICTURES_SHOWN).map((line) => (
          <Picture key={line.id} url={line.imageUrl} className="picture-mini" label={line.name} />
        ))}
        {only ? (
          <View className="grow">
            <View className="two-lines">{only.name}</View>
            <View className="small soft">{only.spec}</View>
          </View>
        ) : null}
      </View>
      <View className="row between">
        <Text className="small soft">共 {pieces} 件</Text>
        <Price fen={order.totalFen} tone="ink" />
      </View>
      {order.state === 'PENDING_PAY' || order.state === 'TO_PICKUP' ? (
        <View className="order-foot">
          <Button
            isSmall
            kind={order.state === 'PENDING_PAY' ? 'primary' : 'soft'}
            onTap={open}
            testId={`order-next-${order.id}`}
          >
            {order.state === 'PENDING_PAY' ? '去付款' : '看自提码'}
          </Button>
        </View>
      ) : null}
    </View>
  );
}
