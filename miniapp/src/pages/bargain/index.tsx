import type { BargainView } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import Taro, { useDidShow, usePullDownRefresh, useRouter, useShareAppMessage } from '@tarojs/taro';
import { useState } from 'react';
import { Countdown } from '@/features/promotions/components/countdown';
import '@/features/promotions/components/promotions.scss';
import { cutPercent } from '@/features/promotions/model';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { troubleOf } from '@/lib/errors';
import { priceText, timeText } from '@/lib/format';
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
import { Failed, Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { Picture } from '@/ui/picture';
import { Price } from '@/ui/price';
import { BlockSkeleton, RowsSkeleton } from '@/ui/skeleton';

function Progress({ bargain }: { bargain: BargainView }) {
  return (
    <View>
      <View className="promo-bar promo-bar-wide">
        <View className="promo-bar-on" style={{ width: `${cutPercent(bargain)}%` }} />
      </View>
      <View className="bargain-ends">
        <Text>原价 {priceText(bargain.startFen)}</Text>
        <Text>底价 {priceText(bargain.floorFen)}</Text>
      </View>
    </View>
  );
}

function Helps({ bargain }: { bargain: BargainView }) {
  return (
    <View className="card" data-testid="helps">
      <View className="card-title">
        帮砍的朋友 {bargain.helpCount}/{bargain.helpsNeeded}
      </View>
      {bargain.helps.length === 0 ? <View className="small soft">还没有人帮忙，分享出去请朋友砍一刀</View> : null}
      {bargain.helps.map((help) => (
        <View key={help.at + help.nickname} className="promo-item row">
          <Avatar url={help.avatarUrl} name={help.nickname} />
          <View className="grow">
            <View className="one-line">{help.nickname}</View>
            <View className="small soft">{timeText(help.at, clock.now())}</View>
          </View>
          <Text className="digits strong">砍掉 {priceText(help.fen)}</Text>
        </View>
      ))}
    </View>
  );
}

function Actions(props: { bargain: BargainView; path: string; onHelped(next: BargainView): void; onStale(): void }) {
  const { bargain } = props;
  const [isBusy, setBusy] = useState(false);
  const help = async () => {
    setBusy(true);
    try {
      if (!(await ensureMember())) return toast('请在微信里打开，登录后再帮忙');
      const { cutFen, bargain: next } = await api.mall.helpBargain({ params: { id: bargain.id } });
      props.onHelped(next);
      toast(`帮 TA 砍掉了 ${priceText(cutFen)}`);
    } catch (reason) {
      toast(troubleOf(reason).message);
      props.onStale();
    } finally {
      setBusy(false);
    }
  };
  const order = () => {
    if (!bargain.item) return;
    checkoutDraft.set({
      storeId: bargain.storeId,
      lines: [{ skuId: bargain.item.skuId, qty: 1 }],
      from: 'now',
      activity: { promotionId: bargain.promotionId, sessionId: bargain.id },
    });
    go(pageUrl.checkout('now'));
  };
  return (
    <View className="play-actions">
      {bargain.isMine && bargain.state === 'OPEN' ? <ShareButton path={props.path} text="请朋友砍一刀" isMain /> : null}
      {bargain.canOrder ? (
        <Button
          isBlock
          kind={bargain.state === 'OPEN' ? 'soft' : 'primary'}
          isDisabled={!bargain.item}
          onTap={order}
          testId="order-bargain"
        >
          {bargain.state === 'OPEN' ? `不等了，${priceText(bargain.nowFen)} 下单` : `${priceText(bargain.nowFen)} 下单`}
        </Button>
      ) : null}
      {bargain.isMine && bargain.state === 'EXPIRED' ? (
        <Button
          isBlock
          kind="soft"
          onTap={() => replaceWith(pageUrl.promotion(bargain.promotionId))}
          testId="bargain-over"
        >
          再看看这个活动
        </Button>
      ) : null}
      {bargain.isMine && bargain.state === 'ORDERED' ? (
        <Button isBlock kind="soft" onTap={() => go(pageUrl.orders('ALL'))} testId="bargain-order">
          查看订单
        </Button>
      ) : null}
      {bargain.canHelp ? (
        <Button isBlock isBusy={isBusy} onTap={() => void help()} testId="help-bargain">
          帮 TA 砍一刀
        </Button>
      ) : null}
      {bargain.isMine ? null : (
        <Button
          isBlock
          kind="quiet"
          onTap={() => replaceWith(pageUrl.promotion(bargain.promotionId))}
          testId="own-bargain"
        >
          我也要砍
        </Button>
      )}
    </View>
  );
}

/** A bargain: how far it is, who helped with how much, and what to do next. */
export default function Bargain() {
  const id = useRouter().params.id ?? '';
  const { status } = useCell(session);
  const found = useQuery(id ? `bargain:${id}:${status}` : null, () => api.mall.bargain({ params: { id } }));
  useDidShow(() => void found.reload());
  usePullDownRefresh(() => void found.reload().finally(() => Taro.stopPullDownRefresh()));
  const bargain = found.data;
  const path = `pages/bargain/index?id=${id}&storeId=${bargain?.storeId ?? ''}&g=${attribution().guideCode ?? ''}`;
  useShareAppMessage(() => ({
    title: bargain?.item ? `帮我砍一刀「${bargain.item.name}」` : '帮我砍一刀',
    path: `/${path}`,
  }));
  return (
    <Page testId="page-bargain">
      {!bargain && found.trouble ? <Failed trouble={found.trouble} onRetry={() => void found.reload()} /> : null}
      {!bargain && !found.trouble ? (
        <View className="body">
          <BlockSkeleton />
          <RowsSkeleton count={2} />
        </View>
      ) : null}
      {bargain ? (
        <View className="body">
          <View className="card">
            {bargain.item ? (
              <View
                className="sku-head play-head"
                onClick={() => bargain.item && go(pageUrl.product(bargain.item.productId))}
              >
                <Picture url={bargain.item.imageUrl} className="picture-thumb" label={bargain.item.name} />
                <View className="grow">
                  <View className="strong two-lines">{bargain.item.name}</View>
                  <View className="small soft">{bargain.item.spec}</View>
                </View>
              </View>
            ) : null}
            <View className="play-centre">
              <View className="small mid" data-testid="bargain-state">
                {bargain.stateText}
              </View>
              <Price fen={bargain.nowFen} size="xl" testId="bargain-price" />
              {bargain.state === 'OPEN' || bargain.state === 'AT_FLOOR' ? (
                <Countdown instant={bargain.expiresAt} label="剩余" over="时间到了" />
              ) : null}
            </View>
            <Progress bargain={bargain} />
            <View className="spacer-top" />
            <Actions
              bargain={bargain}
              path={path}
              onHelped={(next) => found.put(next)}
              onStale={() => void found.reload()}
            />
          </View>
          {!bargain.isMine && bargain.helpProblem ? <Strip tone="info">{bargain.helpProblem}</Strip> : null}
          {bargain.isMine && bargain.state === 'OPEN' ? (
            <Strip tone="info">
              还需要 {Math.max(0, bargain.helpsNeeded - bargain.helpCount)} 位朋友砍到底价
              {bargain.canOrder ? '；现在也可以按当前价下单。' : '，砍到底价就能下单。'}
            </Strip>
          ) : null}
          <Helps bargain={bargain} />
        </View>
      ) : null}
    </Page>
  );
}
