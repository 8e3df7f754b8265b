import type { GroupBuyGroup } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import Taro, { useDidShow, usePullDownRefresh, useRouter, useShareAppMessage } from '@tarojs/taro';
import { useState } from 'react';
import { Countdown } from '@/features/promotions/components/countdown';
import '@/features/promotions/components/promotions.scss';
import { api } from '@/lib/api-client';
import { priceText } from '@/lib/format';
import { go, pageUrl, replaceWith } from '@/lib/navigate';
import { useCell } from '@/lib/state';
import { toast } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { ShareButton } from '@/platform/share-button';
import { checkoutDraft } from '@/session/checkout-draft';
import { ensureMember, session } from '@/session/session';
import { attribution } from '@/session/visit';
import { Avatar } from '@/ui/avatar';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Failed, Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { PricedLines } from '@/ui/priced-lines';
import { BlockSkeleton, RowsSkeleton } from '@/ui/skeleton';

function People({ group }: { group: GroupBuyGroup }) {
  const free = Math.max(0, Math.min(group.size, 10) - group.members.length);
  return (
    <View className="people" data-testid="group-people">
      {group.members.map((member, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: people of a group carry no id; they only ever grow at the end
        <View key={index} className="person">
          <Avatar url={member.avatarUrl} name={member.nickname} size={48} />
          <View className="one-line">{member.isLeader ? '团长' : member.nickname}</View>
        </View>
      ))}
      {Array.from({ length: free }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: empty places have no identity
        <View key={`free-${index}`} className="person">
          <View className="person-seat">
            <Icon name="plus" size={16} />
          </View>
          <View className="soft">待加入</View>
        </View>
      ))}
    </View>
  );
}

/** What the group has come to, and what happens with the money. */
function outcomeOf(group: GroupBuyGroup): { tone: 'good' | 'warn' | 'info'; text: string } | null {
  if (group.state === 'SUCCEEDED')
    return {
      tone: 'good',
      text: group.isFilledUp ? '拼成啦，名额由品牌补齐，商品照常备货。' : '拼成啦，门店开始备货。',
    };
  if (group.state === 'FAILED')
    return {
      tone: 'warn',
      text: group.isMine ? '没有拼成，付过的钱已经安排原路退回，在「我的订单」能看到进度。' : '这个团没有拼成。',
    };
  return null;
}

function Detail({ group, path }: { group: GroupBuyGroup; path: string }) {
  const [isBusy, setBusy] = useState(false);
  const outcome = outcomeOf(group);
  const item = group.item;
  const join = async () => {
    if (!item) return;
    setBusy(true);
    const isMember = await ensureMember();
    setBusy(false);
    if (!isMember) return toast('请在微信里打开，登录后再参团');
    checkoutDraft.set({
      storeId: group.storeId,
      lines: [{ skuId: item.skuId, qty: 1 }],
      from: 'now',
      isOfGroup: true,
      activity: { promotionId: group.promotionId, sessionId: group.id },
    });
    go(pageUrl.checkout('now'));
  };
  const isOpen = group.state === 'OPEN';
  return (
    <View className="body">
      <View className="card">
        <View className="play-centre">
          <View className="play-words" data-testid="group-state">
            {group.stateText}
          </View>
          {isOpen ? <Countdown instant={group.expiresAt} label="剩余" over="时间到了，下拉看结果" /> : null}
        </View>
        <People group={group} />
        <View className="play-actions">
          {group.canJoin ? (
            <Button isBlock isBusy={isBusy} isDisabled={!item} onTap={() => void join()} testId="join-group">
              {item ? `${priceText(item.priceFen)} 参团` : '这款暂时买不到'}
            </Button>
          ) : null}
          {isOpen && group.isMine ? <ShareButton path={path} text="邀请朋友来拼团" isMain /> : null}
          {!group.canJoin && !group.isMine ? (
            <Button isBlock onTap={() => replaceWith(pageUrl.promotion(group.promotionId))} testId="open-own-group">
              去开一个新团
            </Button>
          ) : null}
        </View>
      </View>
      {isOpen && group.isMine ? <Strip tone="info">分享给朋友，人齐就发货；到时间没拼成，会自动退款。</Strip> : null}
      {outcome ? (
        <Strip tone={outcome.tone} testId="group-outcome">
          {outcome.text}
        </Strip>
      ) : null}
      {!group.isMine && group.joinProblem ? <Strip tone="warn">{group.joinProblem}</Strip> : null}
      {item ? (
        <View className="card">
          <View className="card-title">{group.storeName}</View>
          <PricedLines
            lines={[
              {
                key: item.skuId,
                name: item.name,
                spec: item.spec,
                imageUrl: item.imageUrl,
                qty: 1,
                unitPriceFen: item.priceFen,
                note: `单独买 ${priceText(item.shelfPriceFen)}`,
                onTap: () => go(pageUrl.product(item.productId)),
              },
            ]}
          />
        </View>
      ) : null}
      {group.isMine ? (
        <Button kind="quiet" isBlock onTap={() => go(pageUrl.orders('ALL'))}>
          查看我的订单
        </Button>
      ) : null}
    </View>
  );
}

/** A group as its members and their friends see it. */
export default function Group() {
  const id = useRouter().params.id ?? '';
  const { status } = useCell(session);
  const found = useQuery(id ? `group:${id}:${status}` : null, () => api.mall.group({ params: { id } }));
  useDidShow(() => void found.reload());
  usePullDownRefresh(() => void found.reload().finally(() => Taro.stopPullDownRefresh()));
  const path = `pages/group/index?id=${id}&storeId=${found.data?.storeId ?? ''}&g=${attribution().guideCode ?? ''}`;
  const item = found.data?.item;
  useShareAppMessage(() => ({
    title: item ? `${priceText(item.priceFen)} 和我一起拼「${item.name}」` : '和我一起拼团',
    path: `/${path}`,
  }));
  return (
    <Page testId="page-group">
      {found.data ? <Detail group={found.data} path={path} /> : null}
      {!found.data && found.trouble ? <Failed trouble={found.trouble} onRetry={() => void found.reload()} /> : null}
      {!found.data && !found.trouble ? (
        <View className="body">
          <BlockSkeleton />
          <RowsSkeleton count={1} />
        </View>
      ) : null}
    </Page>
  );
}
