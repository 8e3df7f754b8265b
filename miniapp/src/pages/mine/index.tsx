import { View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import { AssetRow } from '@/features/assets/components/asset-row';
import { GuideStrip } from '@/features/guide/components/guide-strip';
import { LoginCard } from '@/features/member/components/login-card';
import { MemberCard } from '@/features/member/components/member-card';
import { Shortcuts } from '@/features/member/components/shortcuts';
import { api } from '@/lib/api-client';
import { go, pageUrl } from '@/lib/navigate';
import { useCell } from '@/lib/state';
import { useQuery } from '@/lib/use-query';
import { session } from '@/session/session';
import { Cell } from '@/ui/cell';
import { Failed, Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { MineSkeleton } from '@/ui/skeleton';

function Links({ hasGuide }: { hasGuide: boolean }) {
  return (
    <View className="card card-flush">
      {hasGuide ? null : <Cell icon="chat" title="我的导购" onTap={() => go(pageUrl.myGuide())} testId="to-my-guide" />}
      <Cell icon="ticket" title="领券中心" onTap={() => go(pageUrl.couponCentre())} testId="to-coupon-centre" />
      <Cell icon="user" title="拼团、砍价和预售" onTap={() => go(pageUrl.myPlays())} testId="to-my-plays" />
      <Cell icon="star" title="我的评价" onTap={() => go(pageUrl.myReviews())} testId="to-my-reviews" />
      <Cell icon="refund" title="售后" onTap={() => go(pageUrl.afterSales())} testId="to-after-sales" />
      <Cell icon="pin" title="收货地址" onTap={() => go(pageUrl.addresses())} testId="to-addresses" />
      <Cell icon="store" title="全部门店" onTap={() => go(pageUrl.stores())} testId="to-stores" />
      <Cell
        icon="shield"
        title="我的数据"
        note="谁能看到我、标签、导出和注销"
        onTap={() => go(pageUrl.myData())}
        testId="to-my-data"
      />
      <Cell
        icon="gear"
        title="设置"
        note="昵称、手机号、大字、深色"
        onTap={() => go(pageUrl.settings())}
        testId="to-settings"
      />
    </View>
  );
}

export default function Mine() {
  const { status, profile } = useCell(session);
  const isMember = status === 'member';
  const me = useQuery(isMember ? `me:${profile?.id ?? ''}` : null, async () => {
    const home = await api.mall.me();
    session.patch({ profile: home.profile });
    return home;
  });
  useDidShow(() => void me.reload());
  return (
    <Page isTab testId="page-mine">
      <View className="body">
        {status === 'guest' ? (
          <LoginCard title="你好，欢迎来雪岭" text="登录后能看到会员等级、订单和你的专属导购" />
        ) : null}
        {status !== 'guest' && !me.data && !me.trouble ? <MineSkeleton /> : null}
        {!me.data && me.trouble ? <Failed trouble={me.trouble} onRetry={() => void me.reload()} /> : null}
        {me.data ? (
          <>
            {me.trouble ? <Strip tone="warn">网络不太顺畅，这里可能不是最新的。</Strip> : null}
            <MemberCard profile={me.data.profile} onTap={() => go(pageUrl.level())} />
            <AssetRow memberId={me.data.profile.id} />
            <Shortcuts counts={me.data.orderCounts} />
            {me.data.guide ? <GuideStrip guide={me.data.guide} /> : null}
          </>
        ) : null}
        <Links hasGuide={me.data ? me.data.guide !== null : status !== 'guest' && !me.trouble} />
      </View>
    </Page>
  );
}
