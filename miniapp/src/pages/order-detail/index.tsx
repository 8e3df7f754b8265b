import type { OrderDetail } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro';
import { Delivery, OrderFacts, OrderLines, Refunds, Timeline } from '@/features/orders/components/order-sections';
import { PickupCode } from '@/features/orders/components/pickup-code';
import { isWaiting, nextStep } from '@/features/orders/model';
import { useOrder } from '@/features/orders/use-order';
import { PresaleCard } from '@/features/promotions/components/presale-card';
import { api } from '@/lib/api-client';
import { go, pageUrl } from '@/lib/navigate';
import { useNow } from '@/lib/use-now';
import { useQuery } from '@/lib/use-query';
import { Button } from '@/ui/button';
import { Failed, Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { BlockSkeleton, RowsSkeleton } from '@/ui/skeleton';

type Actions = ReturnType<typeof useOrder>;

/** Only what can be done now; the strong button is the next step. */
function ActionBar({ order, actions }: { order: OrderDetail; actions: Actions }) {
  const { canCancel, canPay, canConfirmReceipt, canRefund } = order;
  const canReview = order.state === 'RECEIVED' || order.state === 'FINISHED';
  if (!canCancel && !canPay && !canConfirmReceipt && !canRefund && !canReview) return null;
  return (
    <View className="bar">
      <View className="grow" />
      {canCancel ? (
        <Button
          kind="quiet"
          isBusy={actions.busy === 'cancel'}
          onTap={() => void actions.cancel()}
          testId="cancel-order"
        >
          取消订单
        </Button>
      ) : null}
      {canRefund ? (
        <Button kind="quiet" onTap={() => go(pageUrl.afterSale(order.id))} testId="refund">
          退换 / 售后
        </Button>
      ) : null}
      {canReview ? (
        <Button kind="soft" onTap={() => go(pageUrl.review(order.id))} testId="write-review">
          评价
        </Button>
      ) : null}
      {canConfirmReceipt ? (
        <Button isBusy={actions.busy === 'receive'} onTap={() => void actions.receive()} testId="confirm-receipt">
          确认收货
        </Button>
      ) : null}
      {canPay ? (
        <Button isBusy={actions.busy === 'pay'} onTap={() => void actions.pay()} testId="pay">
          {order.presale?.due === 'DEPOSIT' ? '付定金' : order.presale?.due === 'TAIL' ? '付尾款' : '去付款'}
        </Button>
      ) : null}
    </View>
  );
}

/** Deposit and tail, where the order is a presale's. */
function OrderPresale({ order }: { order: OrderDetail }) {
  const deals = useQuery(order.presale ? 'presales' : null, () => api.mall.presales({ query: { limit: 50 } }));
  const deal = deals.data?.items.find((one) => one.orderId === order.id);
  if (deal) return <PresaleCard deal={deal} />;
  // Its place is kept, so that the order below does not move when it comes.
  return order.presale && !deals.data && !deals.trouble ? <BlockSkeleton lines={6} /> : null;
}

function Detail({ order, actions }: { order: OrderDetail; actions: Actions }) {
  const now = useNow(isWaiting(order.state));
  return (
    <>
      <View className="order-state">
        <View className="order-state-words" data-testid="order-state">
          {order.stateText}
        </View>
        <View className="mid" data-testid="next-step">
          {nextStep(order, now)}
        </View>
      </View>
      <View className="body body-with-bar">
        {actions.trouble ? <Strip tone="warn">网络不太顺畅，这里可能不是最新状态。</Strip> : null}
        {order.pickupCode && order.state === 'TO_PICKUP' ? (
          <PickupCode code={order.pickupCode} storeName={order.storeName} isExit={order.fulfil === 'SCAN_AND_GO'} />
        ) : null}
        <OrderPresale order={order} />
        <Refunds order={order} />
        <Delivery order={order} />
        <OrderLines order={order} />
        <Timeline order={order} />
        <OrderFacts order={order} />
      </View>
      <ActionBar order={order} actions={actions} />
    </>
  );
}

export default function OrderPage() {
  const { params } = useRouter();
  const actions = useOrder(params.id ?? '');
  usePullDownRefresh(() => void actions.reload().finally(() => Taro.stopPullDownRefresh()));
  return (
    <Page testId="page-order-detail">
      {actions.data ? <Detail order={actions.data} actions={actions} /> : null}
      {!actions.data && actions.trouble ? (
        <Failed trouble={actions.trouble} onRetry={() => void actions.reload()} />
      ) : null}
      {!actions.data && !actions.trouble ? (
        <View className="body">
          <BlockSkeleton />
          <RowsSkeleton count={2} />
        </View>
      ) : null}
    </Page>
  );
}
