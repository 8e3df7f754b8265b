import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useRef } from 'react';
import { LoginCard } from '@/features/member/components/login-card';
import { ReviewForm, type ReviewWish } from '@/features/reviews/components/review-form';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import type { Trouble } from '@/lib/errors';
import { timeText } from '@/lib/format';
import { goTab, pageUrl, replaceWith } from '@/lib/navigate';
import { randomKey } from '@/lib/random-key';
import { useCell } from '@/lib/state';
import { useQuery } from '@/lib/use-query';
import { session } from '@/session/session';
import { Button } from '@/ui/button';
import { Empty, Failed } from '@/ui/notice';
import { Page } from '@/ui/page';
import { BlockSkeleton } from '@/ui/skeleton';

const TOKEN = /^[0-9A-Za-z]{20,40}$/;
const NO_CODE: Trouble = { code: 'INVITE_CODE', message: '', traceId: null, isOffline: false };

/** Codes that lead nowhere, each with why and what is left to do. */
const ENDED: Record<string, { icon: string; title: string; text: string }> = {
  INVITE_USED: { icon: 'check', title: '这张小票已经评价过了', text: '评价码只能用一次，写过的都在「我的评价」里' },
  INVITE_EXPIRED: { icon: 'clock', title: '评价码过期了', text: '购买后 30 天内可以评价，这张小票已经过了时间' },
  INVITE_CODE: { icon: 'alert', title: '没有找到这张小票', text: '请重新扫一次小票上的码，或者问问店员' },
};

function Ended({ trouble, onRetry }: { trouble: Trouble; onRetry(): void }) {
  const words = ENDED[trouble.code];
  if (!words) return <Failed trouble={trouble} onRetry={onRetry} />;
  return (
    <Empty
      icon={words.icon}
      title={words.title}
      text={words.text}
      testId={`invite-${trouble.code.replace('INVITE_', '').toLowerCase()}`}
      action={
        <View className="row gap-2">
          <Button kind="quiet" onTap={() => goTab(0)} testId="go-home">
            去逛逛
          </Button>
          <Button onTap={() => replaceWith(pageUrl.myReviews())} testId="to-my-reviews">
            我的评价
          </Button>
        </View>
      }
    />
  );
}

function Invited({ token }: { token: string }) {
  const invite = useQuery(`review-invite:${token}`, () => api.mall.reviewInvite({ params: { token } }));
  const key = useRef(randomKey());
  const order = invite.data;
  // One request: the code and all that was said with it count together or not at all.
  const send = async (body: ReviewWish) => {
    try {
      // biome-ignore lint/correctness/useHookAtTopLevel: a request whose name begins like a hook's
      await api.mall.useReviewInvite({ params: { token }, body, idempotencyKey: key.current });
    } catch (reason) {
      await invite.reload();
      throw reason;
    }
  };
  if (invite.trouble?.code.startsWith('INVITE_'))
    return <Ended trouble={invite.trouble} onRetry={() => void invite.reload()} />;
  if (!order)
    return invite.trouble ? (
      <Failed trouble={invite.trouble} onRetry={() => void invite.reload()} />
    ) : (
      <View className="body">
        <BlockSkeleton />
        <BlockSkeleton />
      </View>
    );
  if (order.lines.length === 0 && !order.service)
    return <Ended trouble={{ ...NO_CODE, code: 'INVITE_USED' }} onRetry={() => void invite.reload()} />;
  return (
    <>
      <View className="order-state">
        <View className="order-state-words" data-testid="invite-store">
          {order.storeName}
        </View>
        <View className="mid">{timeText(order.boughtAt, clock.now())}在店里买的，穿得怎么样？</View>
      </View>
      <ReviewForm order={order} onSend={send} />
    </>
  );
}

/** Behind the code on a receipt: whoever holds it reviews that purchase at the counter, once. */
export default function ReviewInvite() {
  const token = useRouter().params.t ?? '';
  const { status } = useCell(session);
  return (
    <Page testId="page-review-invite">
      {TOKEN.test(token) ? null : <Ended trouble={NO_CODE} onRetry={() => goTab(0)} />}
      {TOKEN.test(token) && status === 'guest' ? (
        <View className="body">
          <LoginCard title="登录后评价" text="评价会记在你名下，还能得积分" />
        </View>
      ) : null}
      {TOKEN.test(token) && status !== 'guest' ? <Invited token={token} /> : null}
    </Page>
  );
}
