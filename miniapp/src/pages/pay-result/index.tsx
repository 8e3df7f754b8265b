import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useEffect } from 'react';
import { NoticeAsk } from '@/features/notices/components/notice-ask';
import { askAfterPaying } from '@/features/notices/model';
import { PickupCode } from '@/features/orders/components/pickup-code';
import { nextStep, stepsAhead } from '@/features/orders/model';
import { useOrder } from '@/features/orders/use-order';
import { goTab, pageUrl, replaceWith } from '@/lib/navigate';
import { useNow } from '@/lib/use-now';
import { groupOrder } from '@/session/checkout-draft';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Failed } from '@/ui/notice';
import { Page } from '@/ui/page';
import { Price } from '@/ui/price';
import { BlockSkeleton } from '@/ui/skeleton';
import '@/features/orders/components/orders.scss';
import './index.scss';

const CHECK_EVERY_MS = 2_000;
const CHECKS_MAX = 8;

/** What happened and what comes next; a payment still unclear is asked for a while without the person doing anything. */
export default function PayResult() {
  const { params } = useRouter();
  const id = params.id ?? '';
  const actions = useOrder(id);
  const order = actions.data;
  const isPending = order?.state === 'PENDING_PAY';
  const now = useNow(isPending);
  const { reload } = actions;
  useEffect(() => {
    if (!isPending) return;
    let left = CHECKS_MAX;
    const timer = setInterval(() => {
      left -= 1;
      void reload();
      if (left <= 0) clearInterval(timer);
    }, CHECK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isPending, reload]);

  if (!order)
    return (
      <Page testId="page-pay-result">
        <View className="body">
          {actions.trouble ? (
            <Failed trouble={actions.trouble} onRetry={() => void actions.reload()} />
          ) : (
            <BlockSkeleton />
          )}
        </View>
      </Page>
    );
  const isPaid = order.paidAt !== null;
  // A presale is paid with its tail; its deposit is a success of its own.
  const isDepositPaid = order.presale?.due === 'TAIL';
  // The tail has a time of its own, and only the server's clock counts for it.
  const isTooEarly = isDepositPaid && !order.canPay;
  const ahead = isPaid && !order.presale ? stepsAhead(order) : [];
  const isNow = (at: number) => !ahead[at]?.isDone && (at === 0 || Boolean(ahead[at - 1]?.isDone));
  const isOfGroup = Boolean(groupOrder.get() === order.id);
  const moment = isPaid || isTooEarly ? askAfterPaying(order, isOfGroup) : null;
  return (
    <Page testId="page-pay-result">
      <View className="body">
        <View className="result">
          <View className={`result-mark ${isPaid || isDepositPaid ? 'result-good' : 'result-wait'}`}>
            <Icon name={isPaid || isDepositPaid ? 'check' : 'clock'} size={24} />
          </View>
          <View className="result-words" data-testid="pay-state">
            {isPaid ? '付款成功' : isDepositPaid ? '定金已付' : isPending ? '还没有付款' : order.stateText}
          </View>
          <Price fen={isDepositPaid ? (order.presale?.depositFen ?? 0) : order.totalFen} size="xl" tone="ink" />
          <View className="mid result-next" data-testid="next-step">
            {nextStep(order, now)}
          </View>
        </View>
        {isPaid && order.pickupCode ? (
          <PickupCode code={order.pickupCode} storeName={order.storeName} isExit={order.fulfil === 'SCAN_AND_GO'} />
        ) : null}
        {moment ? <NoticeAsk moment={moment} /> : null}
        {ahead.length > 0 ? (
          <View className="card" data-testid="steps-ahead">
            <View className="card-title">接下来</View>
            {ahead.map(({ text, note, isDone }, at) => (
              <View
                key={text}
                className={`timeline-row ${isDone ? 'timeline-done' : ''} ${isNow(at) ? 'timeline-now' : ''}`}
              >
                <View className="grow">
                  <View className={isNow(at) ? 'strong' : ''}>{text}</View>
                  {note ? <View className="small soft">{note}</View> : null}
                </View>
              </View>
            ))}
          </View>
        ) : null}
        <View className="result-actions">
          {order.canPay ? (
            <Button isBlock isBusy={actions.busy === 'pay'} onTap={() => void actions.pay()} testId="pay-again">
              {isDepositPaid ? '付尾款' : '继续付款'}
            </Button>
          ) : null}
          {isPaid && isOfGroup ? (
            <Button isBlock kind="soft" onTap={() => replaceWith(pageUrl.myPlays('GROUP_BUY'))} testId="see-group">
              邀请朋友来拼团
            </Button>
          ) : null}
          <Button
            isBlock
            kind={isPaid || isTooEarly ? 'primary' : 'quiet'}
            onTap={() => replaceWith(pageUrl.order(id))}
            testId="see-order"
          >
            查看订单
          </Button>
          <Button
            isBlock
            kind={isPaid || isTooEarly || order.canPay ? 'quiet' : 'primary'}
            onTap={() => goTab(0)}
            testId="go-home"
          >
            继续逛逛
          </Button>
        </View>
      </View>
    </Page>
  );
}
