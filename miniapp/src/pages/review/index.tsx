import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useRef } from 'react';
import { ReviewForm, type ReviewWish } from '@/features/reviews/components/review-form';
import { api } from '@/lib/api-client';
import { back } from '@/lib/navigate';
import { randomKey } from '@/lib/random-key';
import { useQuery } from '@/lib/use-query';
import { Button } from '@/ui/button';
import { Empty, Failed } from '@/ui/notice';
import { Page } from '@/ui/page';
import { BlockSkeleton } from '@/ui/skeleton';

/** Sends one review for each part of a purchase; each keeps its key, so that sending again after a failure adds nothing. */
function useSender(orderId: string) {
  const keys = useRef<Record<string, string>>({});
  const keyOf = (name: string) => {
    keys.current[name] ??= randomKey();
    return keys.current[name];
  };
  return async ({ lines, service, isAnonymous }: ReviewWish) => {
    for (const line of lines)
      await api.mall.addReview({ body: { orderId, ...line, isAnonymous }, idempotencyKey: keyOf(line.lineId) });
    if (service)
      await api.mall.addServiceReview({ body: { orderId, ...service, isAnonymous }, idempotencyKey: keyOf('service') });
  };
}

/** Writing reviews of one order: its goods, and who served. */
export default function Review() {
  const orderId = useRouter().params.orderId ?? '';
  const orders = useQuery(orderId ? `reviewable:${orderId}` : null, () => api.mall.reviewable({ query: { orderId } }));
  const [order] = orders.data?.items ?? [];
  const send = useSender(orderId);
  return (
    <Page testId="page-review">
      {!orders.data && orders.trouble ? <Failed trouble={orders.trouble} onRetry={() => void orders.reload()} /> : null}
      {!orders.data && !orders.trouble ? (
        <View className="body">
          <BlockSkeleton />
        </View>
      ) : null}
      {orders.data && !order ? (
        <Empty
          icon="star"
          title="这笔订单没有要评价的"
          text="都评过了，或者已经过了时间"
          action={
            <Button kind="soft" onTap={back} testId="go-back">
              返回
            </Button>
          }
        />
      ) : null}
      {order ? <ReviewForm order={order} onSend={send} /> : null}
    </Page>
  );
}
