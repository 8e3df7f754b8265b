import type { MyNotice, MyNoticeKind, NoticeKind } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useReachBottom } from '@tarojs/taro';
import { LoginCard } from '@/features/member/components/login-card';
import { NoticeKindRow } from '@/features/notices/components/notice-kind';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { troubleOf } from '@/lib/errors';
import { timeText } from '@/lib/format';
import { openPath } from '@/lib/navigate';
import { useCell } from '@/lib/state';
import { toast } from '@/lib/toast';
import { usePages } from '@/lib/use-pages';
import { type Query, useQuery } from '@/lib/use-query';
import { session } from '@/session/session';
import { Cell } from '@/ui/cell';
import { Empty, Failed, ListEnd } from '@/ui/notice';
import { Page } from '@/ui/page';
import { BlockSkeleton } from '@/ui/skeleton';

/** Kinds of messages, each with a switch. */
function Kinds({ kinds }: { kinds: Query<{ items: MyNoticeKind[] }> }) {
  const turn = async (kind: NoticeKind, isOn: boolean) => {
    try {
      kinds.put(await api.mall.stopNotices({ params: { kind }, body: { isStopped: !isOn } }));
    } catch (reason) {
      toast(troubleOf(reason).message);
      await kinds.reload();
    }
  };
  if (!kinds.data)
    return kinds.trouble ? <Failed trouble={kinds.trouble} onRetry={() => void kinds.reload()} /> : <BlockSkeleton />;
  if (kinds.data.items.length === 0)
    return <Empty icon="bell" title="还没有消息提醒" text="品牌开通以后，可以在这里选择要收哪些" />;
  return (
    <View className="card card-flush" data-testid="notice-kinds">
      {kinds.data.items.map((one) => (
        <NoticeKindRow
          key={one.kind}
          one={one}
          onTurn={(isOn) => void turn(one.kind, isOn)}
          onAnswered={() => void kinds.reload()}
        />
      ))}
    </View>
  );
}

const wordsOf = ({ lines }: MyNotice): string => lines.map(({ label, value }) => `${label} ${value}`).join(' · ');

/** What was sent, newest first; a tap opens what it was about. */
function Sent() {
  const pages = usePages<MyNotice>('notices', (cursor) => api.mall.notices({ query: cursor ? { cursor } : {} }));
  useReachBottom(() => pages.more());
  if (pages.items.length === 0 && !pages.trouble)
    return pages.isFirstLoad ? <BlockSkeleton /> : <View className="small soft">还没有给你发过提醒</View>;
  if (pages.items.length === 0 && pages.trouble)
    return <Failed trouble={pages.trouble} onRetry={() => void pages.reload()} />;
  return (
    <>
      <View className="card card-flush" data-testid="notices-sent">
        {pages.items.map((one) => (
          <Cell
            key={one.id}
            title={one.title}
            note={`${timeText(one.at, clock.now())} · ${wordsOf(one)}`}
            {...(one.page ? { onTap: () => void openPath(one.page ?? '') } : {})}
            testId="notice-row"
          />
        ))}
      </View>
      <ListEnd isLoadingMore={pages.isLoadingMore} isEnd={pages.isEnd} onMore={pages.more} />
    </>
  );
}

function MyNotices() {
  const kinds = useQuery('notice-kinds', () => api.mall.noticeKinds());
  return (
    <>
      <View className="small soft">微信规定：每同意一次，只能收到一条。用到的时候我们会再问你。</View>
      <View className="spacer" />
      <Kinds kinds={kinds} />
      {kinds.data || kinds.trouble ? (
        <>
          <View className="section-title spacer-top">最近发给你的</View>
          <View className="spacer" />
          <Sent />
        </>
      ) : null}
    </>
  );
}

/** Which news come to WeChat, and what came. */
export default function Notices() {
  const { status } = useCell(session);
  return (
    <Page testId="page-notices">
      <View className="body">
        {status === 'guest' ? <LoginCard title="登录后可以选择要收的提醒" text="每一类都可以单独关掉" /> : null}
        {status === 'member' ? <MyNotices /> : null}
      </View>
    </Page>
  );
}
