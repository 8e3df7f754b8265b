import type { LevelBenefits, MyLevel } from '@shuke/shared/contracts';
import { ScrollView, View } from '@tarojs/components';
import { Ledger } from '@/features/assets/components/ledger';
import { discountText, ladder, multiplierText, signedCount } from '@/features/assets/model';
import { levelProgress, rankClass } from '@/features/member/model';
import { api } from '@/lib/api-client';
import { dayText, exactCount } from '@/lib/format';
import { useQuery } from '@/lib/use-query';
import { Icon } from '@/ui/icon';
import { Failed, Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { HeroSkeleton } from '@/ui/skeleton';

/** Benefits are free words of the brand; a word of theirs finds the picture. */
const ICONS: readonly [RegExp, string][] = [
  [/积分/, 'star'],
  [/导购|顾问/, 'chat'],
  [/试穿|尺码/, 'ruler'],
  [/护理|养护|清洗/, 'shield'],
  [/生日|礼/, 'gift'],
  [/新品|先看/, 'bag'],
];
const iconOf = (text: string): string => ICONS.find(([words]) => words.test(text))?.[1] ?? 'heart';

function benefitRows(benefits: LevelBenefits): { icon: string; text: string }[] {
  const discount = discountText(benefits.discountBp);
  const multiplier = multiplierText(benefits.pointsMultiplierBp);
  return [
    ...(discount ? [{ icon: 'tag', text: `全场 ${discount}` }] : []),
    ...(multiplier ? [{ icon: 'star', text: multiplier }] : []),
    ...(benefits.isFreightFree ? [{ icon: 'truck', text: '全年包邮' }] : []),
    ...(benefits.birthdayText ? [{ icon: 'gift', text: benefits.birthdayText }] : []),
    ...benefits.texts.map((text) => ({ icon: iconOf(text), text })),
  ];
}

function Now({ mine }: { mine: MyLevel }) {
  const progress = levelProgress(mine);
  return (
    <View className={`rank-card ${rankClass(mine.level)}`} data-testid="level-hero">
      <View className="rank-top">
        <View>
          <View className="hero-label">现在的等级</View>
          <View className="rank-name">{mine.name}</View>
        </View>
        <Icon name="award" size={44} />
      </View>
      <View className="rank-bar" role="progressbar" aria-valuenow={progress.percent}>
        <View className="rank-bar-on" style={{ width: `${progress.percent}%` }} />
      </View>
      <View className="rank-facts">
        <View>成长值 {exactCount(mine.growth)}</View>
        <View>{progress.text}</View>
        {mine.periodEndsAt ? <View>有效期到 {dayText(mine.periodEndsAt)}</View> : null}
      </View>
    </View>
  );
}

function Ladder({ mine }: { mine: MyLevel }) {
  return (
    <ScrollView scrollX className="steps" scrollIntoView={`step-${mine.level}`} showScrollbar={false}>
      <View className="steps-row" role="list">
        {ladder(mine).map((step) => (
          <View
            key={step.level}
            id={`step-${step.level}`}
            className={`step-card ${step.isMine ? 'step-mine' : ''}`}
            role="listitem"
            data-testid={`level-${step.level}`}
          >
            <View className="step-name">
              <View className="one-line">{step.name}</View>
              {step.isReached ? <Icon name="check" size={16} className="ledger-in" /> : null}
            </View>
            <View className="small soft">
              {step.isMine ? '你在这里' : step.isReached ? '已经达到' : `还差 ${exactCount(step.left)} 成长值`}
            </View>
            <View className="step-more">
              {benefitRows(step.benefits)
                .slice(0, 4)
                .map(({ text }) => (
                  <View key={text} className="one-line">
                    {text}
                  </View>
                ))}
            </View>
          </View>
        ))}
      </View>
    </ScrollView>
  );
}

/** The level: where I stand, what it brings, what is next, and how the growth came about. */
export default function Level() {
  const level = useQuery('level', () => api.mall.level());
  const mine = level.data;
  const rows = mine ? benefitRows(mine.benefits) : [];
  return (
    <Page testId="page-level">
      <View className="body">
        {!mine && level.trouble ? <Failed trouble={level.trouble} onRetry={() => void level.reload()} /> : null}
        {!mine && !level.trouble ? <HeroSkeleton /> : null}
        {mine ? (
          <>
            <Now mine={mine} />
            {mine.warning ? <Strip tone="warn">{mine.warning}</Strip> : null}
            <View className="section-title spacer-top">我的权益</View>
            <View className="spacer" />
            <View className="card benefits">
              {rows.length === 0 ? <View className="soft small">这个等级还没有权益，升一级就有</View> : null}
              {rows.map(({ icon, text }) => (
                <View key={text} className="benefit">
                  <View className="benefit-icon">
                    <Icon name={icon} />
                  </View>
                  {text}
                </View>
              ))}
            </View>
            <View className="section-title spacer-top">等级阶梯</View>
            <View className="spacer" />
            <Ladder mine={mine} />
            <View className="section-title spacer-top">成长值明细</View>
            <Ledger
              name="growth"
              load={(cursor) => api.mall.growthEntries({ query: cursor ? { cursor } : {} })}
              amountText={signedCount}
              balanceText={exactCount}
              emptyText="每次购物都会增加成长值"
            />
          </>
        ) : null}
      </View>
    </Page>
  );
}
