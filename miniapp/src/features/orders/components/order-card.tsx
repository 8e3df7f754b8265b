import type { OrderSummary, PresaleDeal } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { clock } from '@/lib/clock';
import { goodsName, timeText } from '@/lib/format';
import { go, pageUrl } from '@/lib/navigate';
import { useNow } from '@/lib/use-now';
import { Button } from '@/ui/button';
import { Picture } from '@/ui/picture';
import { Price } from '@/ui/price';
import { cameFrom, lineState, nextStep, tailWords, toneOf } from '../model';
import './orders.scss';

const LINES_SHOWN = 2;
const TO_DO: Partial<Record<OrderSummary['state'], string>> = {
  PENDING_PAY: '去付款',
  TO_PICKUP: '看自提码',
  SHIPPED: '看物流',
};

function Line({ line, order }: { line: OrderSummary['lines'][number]; order: OrderSummary }) {
  const state = lineState(line, order);
  return (
    <View className="order-line">
      <Picture url={line.imageUrl} className="picture-mini" label={line.name} />
      <View className="grow">
        <View className="one-line">{goodsName(line.name)}</View>
        <View className="small soft one-line">
          {line.spec ? `${line.spec} · ` : ''}
          {line.qty} 件
        </View>
      </View>
      {state ? (
        <Text className={`tag ${state.tone}`} data-testid={`line-state-${line.id}`}>
          {state.text}
        </Text>
      ) : null}
    </View>
  );
}

/** One order of any channel: state in words, what is in it and what became of each part, the next step. */
export function OrderCard({ order, presale }: { order: OrderSummary; presale?: PresaleDeal | undefined }) {
  const open = () => go(pageUrl.order(order.id));
  const pieces = order.lines.reduce((sum, line) => sum + line.qty, 0);
  const unseen = order.lines.length - LINES_SHOWN;
  const now = useNow(order.state === 'PENDING_PAY');
  // A presale waits for its tail: before its time there is nothing to pay.
  const tail = presale && presale.state !== 'DEPOSIT_DUE' ? presale : null;
  const isTooEarly = tail !== null && tail.state !== 'TAIL_DUE';
  const toDo = tail ? (isTooEarly ? '看订单' : '付尾款') : TO_DO[order.state];
  return (
    <View className="card" hoverClass="card-pressed" data-testid={`order-${order.id}`} onClick={open}>
      <View className="row between gap-2">
        <Text className="strong one-line">{order.storeName}</Text>
        <Text className={`tag ${toneOf(order.state)}`} data-testid="order-state">
          {tail?.stateText ?? order.stateText}
        </Text>
      </View>
      <View className="small soft">
        {timeText(order.createdAt, clock.now())} · {cameFrom(order)}
      </View>
      <View className="order-lines">
        {order.lines.slice(0, LINES_SHOWN).map((line) => (
          <Line key={line.id} line={line} order={order} />
        ))}
      </View>
      <View className="row between">
        <Text className="small soft">
          {unseen > 0 ? `还有 ${unseen} 款，` : ''}共 {pieces} 件
        </Text>
        <Price fen={order.totalFen} tone="ink" />
      </View>
      {toDo ? (
        <View className="order-foot">
          <View className="order-next">
            {tail ? tailWords(tail.tailFromAt, tail.tailUntilAt, now, !isTooEarly) : nextStep(order, now)}
          </View>
          <Button
            isSmall
            kind={order.state === 'PENDING_PAY' && !isTooEarly ? 'primary' : 'soft'}
            onTap={open}
            testId={`order-next-${order.id}`}
          >
            {toDo}
          </Button>
        </View>
      ) : null}
    </View>
  );
}
