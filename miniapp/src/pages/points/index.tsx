import { View } from '@tarojs/components';
import { Ledger } from '@/features/assets/components/ledger';
import { signedCount } from '@/features/assets/model';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { exactCount, priceText, timeText } from '@/lib/format';
import { go, pageUrl } from '@/lib/navigate';
import { useQuery } from '@/lib/use-query';
import { Failed, Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { HeroSkeleton } from '@/ui/skeleton';

/** Points: what is usable, what is still pending, what lapses, and the full ledger. */
export default function Points() {
  const points = useQuery('points', () => api.mall.points());
  const mine = points.data;
  return (
    <Page testId="page-points">
      <View className="body">
        {!mine && points.trouble ? <Failed trouble={points.trouble} onRetry={() => void points.reload()} /> : null}
        {!mine && !points.trouble ? <HeroSkeleton /> : null}
        {mine ? (
          <>
            <View className="hero">
              <View className="hero-label">可用积分</View>
              <View className="hero-figure" data-testid="points-available">
                {exactCount(mine.available)}
              </View>
              <View className="hero-facts">
                {mine.worthFen > 0 ? <View>可抵 {priceText(mine.worthFen)}</View> : null}
                {mine.pending > 0 ? <View>待生效 {exactCount(mine.pending)}</View> : null}
                {mine.owed > 0 ? <View>待补回 {exactCount(mine.owed)}</View> : null}
              </View>
              <View className="hero-actions">
                <View
                  className="hero-button hero-button-strong"
                  hoverClass="btn-pressed"
                  role="button"
                  data-testid="to-points-mall"
                  onClick={() => go(pageUrl.pointsMall())}
                >
                  去兑换
                </View>
              </View>
            </View>
            {mine.isFrozen ? <Strip tone="warn">积分暂时不能使用，请联系门店</Strip> : null}
            {mine.owed > 0 ? (
              <Strip tone="info">退货时已用掉的 {exactCount(mine.owed)} 积分会从之后得到的积分里补回</Strip>
            ) : null}
            {mine.expiring.slice(0, 1).map(({ at, points: count }) => (
              <Strip key={at} tone="info" testId="points-expiring">
                {exactCount(count)} 积分将在 {timeText(at, clock.now())} 到期
              </Strip>
            ))}
            <View className="section-title spacer-top">明细</View>
            <Ledger
              name="points"
              load={(cursor) => api.mall.pointsEntries({ query: cursor ? { cursor } : {} })}
              amountText={signedCount}
              balanceText={exactCount}
              emptyText="购物、写评价都能得积分"
            />
            <View className="card rules">
              <View className="card-title">积分规则</View>
              {mine.ruleTexts.map((text) => (
                <View key={text} className="rule">
                  {text.replace(/(\d+)\.00 元/g, '$1 元')}
                </View>
              ))}
            </View>
          </>
        ) : null}
      </View>
    </Page>
  );
}
