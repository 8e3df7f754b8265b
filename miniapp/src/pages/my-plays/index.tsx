import type { BargainView, GroupBuyGroup, PresaleDeal } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { useReachBottom, useRouter } from '@tarojs/taro';
import { type ReactNode, useState } from 'react';
import { PresaleCard } from '@/features/promotions/components/presale-card';
import '@/features/promotions/components/promotions.scss';
import { LoginCard } from '@/features/member/components/login-card';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { timeText } from '@/lib/format';
import { go, pageUrl } from '@/lib/navigate';
import { useCell } from '@/lib/state';
import { type Pages, usePages } from '@/lib/use-pages';
import { session } from '@/session/session';
import { Button } from '@/ui/button';
import { Empty, Failed, ListEnd } from '@/ui/notice';
import { Page } from '@/ui/page';
import { Picture } from '@/ui/picture';
import { Price } from '@/ui/price';
import { RowsSkeleton } from '@/ui/skeleton';
import { Tabs } from '@/ui/tabs';

const TABS = [
  { key: 'GROUP_BUY', label: '拼团' },
  { key: 'BARGAIN', label: '砍价' },
  { key: 'PRESALE', label: '预售' },
] as const;
type Tab = (typeof TABS)[number]['key'];

const pageOf = (cursor?: string) => ({ query: cursor ? { cursor } : {} });

function PlayRow(props: {
  item: GroupBuyGroup['item'];
  priceFen: number;
  state: string;
  note: string;
  testId: string;
  onTap(): void;
}) {
  return (
    <View
      className="card row gap-3"
      hoverClass="card-pressed"
      role="link"
      data-testid={props.testId}
      onClick={props.onTap}
    >
      <Picture url={props.item?.imageUrl ?? null} className="picture-thumb" />
      <View className="grow">
        <View className="strong two-lines">{props.item?.name ?? '商品已下架'}</View>
        <View className="small soft">{props.note}</View>
        <View className="row between gap-2 promo-item-foot">
          <Price fen={props.priceFen} />
          <Text className="tag">{props.state}</Text>
        </View>
      </View>
    </View>
  );
}

function List<T>({ pages, empty, children }: { pages: Pages<T>; empty: string; children(one: T): ReactNode }) {
  useReachBottom(() => pages.more());
  if (pages.isFirstLoad) return <RowsSkeleton />;
  if (pages.trouble && pages.items.length === 0)
    return <Failed trouble={pages.trouble} onRetry={() => void pages.reload()} />;
  if (pages.items.length === 0)
    return (
      <Empty
        icon="user"
        title={empty}
        text="看看这家店正在进行的活动"
        action={
          <Button onTap={() => go(pageUrl.promotions())} testId="see-promotions">
            去看活动
          </Button>
        }
      />
    );
  return (
    <>
      {pages.items.map((one) => children(one))}
      <ListEnd isLoadingMore={pages.isLoadingMore} isEnd={pages.isEnd} onMore={pages.more} />
    </>
  );
}

function Groups() {
  const pages = usePages<GroupBuyGroup>('my-groups', (cursor) => api.mall.myGroups(pageOf(cursor)));
  return (
    <List pages={pages} empty="还没有参加过拼团">
      {(group) => (
        <PlayRow
          key={group.id}
          item={group.item}
          priceFen={group.item?.priceFen ?? 0}
          state={group.stateText}
          note={`${group.storeName} · ${group.joined}/${group.size} 人`}
          testId={`my-group-${group.id}`}
          onTap={() => go(pageUrl.group(group.id))}
        />
      )}
    </List>
  );
}

function Bargains() {
  const pages = usePages<BargainView>('my-bargains', (cursor) => api.mall.bargains(pageOf(cursor)));
  return (
    <List pages={pages} empty="还没有发起过砍价">
      {(bargain) => (
        <PlayRow
          key={bargain.id}
          item={bargain.item}
          priceFen={bargain.nowFen}
          state={bargain.stateText}
          note={`${bargain.helpCount}/${bargain.helpsNeeded} 位朋友帮过 · ${timeText(bargain.expiresAt, clock.now())}截止`}
          testId={`my-bargain-${bargain.id}`}
          onTap={() => go(pageUrl.bargain(bargain.id))}
        />
      )}
    </List>
  );
}

function Presales() {
  const pages = usePages<PresaleDeal>('my-presales', (cursor) => api.mall.presales(pageOf(cursor)));
  return (
    <List pages={pages} empty="还没有预售订单">
      {(deal) => <PresaleCard key={deal.orderId} deal={deal} onTap={() => go(pageUrl.order(deal.orderId))} />}
    </List>
  );
}

/** Groups, bargains and presales that I take part in. */
export default function MyPlays() {
  const wanted = useRouter().params.tab;
  const [tab, setTab] = useState<Tab>(() => TABS.find(({ key }) => key === wanted)?.key ?? 'GROUP_BUY');
  const { status } = useCell(session);
  return (
    <Page testId="page-my-plays">
      <View className="tabs-top">
        <Tabs<Tab> tabs={TABS} value={tab} onChange={setTab} testId="plays" />
      </View>
      <View className="body">
        {status === 'guest' ? <LoginCard title="登录后能看到你参加的活动" text="拼团、砍价和预售都在这里" /> : null}
        {status === 'member' && tab === 'GROUP_BUY' ? <Groups /> : null}
        {status === 'member' && tab === 'BARGAIN' ? <Bargains /> : null}
        {status === 'member' && tab === 'PRESALE' ? <Presales /> : null}
        {status === 'unknown' ? <RowsSkeleton /> : null}
      </View>
    </Page>
  );
}
