import type { OrderDetail } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { clock } from '@/lib/clock';
import { copyText } from '@/lib/copy';
import { distanceText, exactTimeText, priceText, timeText } from '@/lib/format';
import { go, pageUrl } from '@/lib/navigate';
import { toast } from '@/lib/toast';
import { wx } from '@/platform/wx';
import { Cell } from '@/ui/cell';
import { MoneySplit } from '@/ui/money-split';
import { PresaleSteps } from '@/ui/presale-steps';
import { PriceSteps } from '@/ui/price-steps';
import { PricedLines } from '@/ui/priced-lines';
import { slotText } from '../local-delivery';
import { cameFrom, lineNote } from '../model';
import './orders.scss';

export function OrderLines({ order }: { order: OrderDetail }) {
  return (
    <View className="card">
      <View className="card-title">{order.storeName}</View>
      <PricedLines
        lines={order.lines.map((line) => ({
          ...line,
          key: line.id,
          note: lineNote(line),
          onTap: () => line.productId && go(pageUrl.product(line.productId)),
        }))}
      />
      <PriceSteps
        steps={order.steps}
        totalFen={order.totalFen}
        totalLabel={order.paidAt ? '实付' : order.state === 'CLOSED' ? '订单金额' : '应付'}
      />
      {order.money ? <MoneySplit money={order.money} isPaid={order.paidAt !== null} /> : null}
      {order.presale?.due === 'DEPOSIT' ? <PresaleSteps plan={order.presale} /> : null}
      {order.refundedFen > 0 ? (
        <View className="price-step">
          <Text>已退</Text>
          <Text className="digits">{priceText(order.refundedFen)}</Text>
        </View>
      ) : null}
    </View>
  );
}

export function Delivery({ order }: { order: OrderDetail }) {
  const { shipping, address, delivery } = order;
  if (!shipping && !address) return null;
  const isLocal = order.fulfil === 'DELIVERY';
  return (
    <View className="card card-flush">
      {delivery ? (
        <Cell
          icon="clock"
          title={`${slotText(delivery, clock.now())} 起送`}
          note={`同城配送 · 离门店 ${distanceText(delivery.distanceM)}`}
          testId="delivery-slot"
        />
      ) : null}
      {isLocal && shipping ? (
        <Cell
          icon="truck"
          title={`${shipping.company}来送`}
          note={
            shipping.trackingNo
              ? `${timeText(shipping.shippedAt, clock.now())}出发，轻点打电话`
              : `${timeText(shipping.shippedAt, clock.now())}出发`
          }
          testId="courier"
          {...(shipping.trackingNo ? { onTap: () => void wx.call(shipping.trackingNo).catch(() => undefined) } : {})}
        />
      ) : null}
      {shipping && !isLocal ? (
        <Cell
          icon="truck"
          title={`${shipping.company} ${shipping.trackingNo}`}
          note={`${timeText(shipping.shippedAt, clock.now())}发出，轻点复制单号`}
          testId="tracking"
          onTap={() => void copyText(shipping.trackingNo)}
        />
      ) : null}
      {address ? (
        <Cell
          icon="pin"
          title={`${address.name}  ${address.phone}`}
          note={`${address.province}${address.city}${address.district}${address.detail}`}
        />
      ) : null}
    </View>
  );
}

export function Refunds({ order }: { order: OrderDetail }) {
  if (order.refunds.length === 0) return null;
  return (
    <View className="card" data-testid="refunds">
      <View className="card-title">退款进度</View>
      {order.refunds.map((refund) => (
        <Cell
          key={refund.id}
          icon="refund"
          title={`${priceText(refund.amountFen)} · ${refund.stateText}`}
          note={`${refund.reason} · ${timeText(refund.finishedAt ?? refund.createdAt, clock.now())}`}
        />
      ))}
    </View>
  );
}

export function Timeline({ order }: { order: OrderDetail }) {
  if (order.timeline.length === 0) return null;
  const newestFirst = [...order.timeline].reverse().sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return (
    <View className="card" data-testid="timeline">
      <View className="card-title">订单进度</View>
      {newestFirst.map((step, index) => (
        <View
          key={step.at + step.text}
          className={`timeline-row ${index === 0 ? 'timeline-now' : ''}`}
          onClick={() => toast(exactTimeText(step.at))}
        >
          <View className="grow">{step.text}</View>
          <Text className="small soft">{timeText(step.at, clock.now())}</Text>
        </View>
      ))}
    </View>
  );
}

export function OrderFacts({ order }: { order: OrderDetail }) {
  return (
    <View className="card card-flush">
      <Cell
        title="订单号"
        value={<Text className="small digits keep">{order.orderNo}</Text>}
        testId="order-no"
        onTap={() => void copyText(order.orderNo)}
      />
      <Cell title="下单时间" value={exactTimeText(order.createdAt)} />
      <Cell title="来源" value={cameFrom(order)} />
      {order.guideName ? <Cell title="服务导购" value={order.guideName} /> : null}
      {order.remark ? <Cell title="留言" value={order.remark} /> : null}
    </View>
  );
}
