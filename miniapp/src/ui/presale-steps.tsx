import type { PresalePlan } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { clock } from '@/lib/clock';
import { momentText, priceText } from '@/lib/format';

/** Now and later: the two payments of a presale, and what happens without the second. */
export function PresaleSteps({ plan }: { plan: PresalePlan }) {
  const now = clock.now();
  return (
    <View data-testid="presale-steps">
      <View className="money-row">
        <Text className="mid">第一步 付定金</Text>
        <Text className="digits strong">{priceText(plan.depositFen)}</Text>
      </View>
      <View className="money-row">
        <Text className="mid">第二步 付尾款</Text>
        <Text className="digits">{priceText(plan.tailFen)}</Text>
      </View>
      <View className="small soft">
        尾款 {momentText(plan.tailFrom, now)} 起付，{momentText(plan.tailUntil, now)} 截止。
        {plan.forfeits
          ? '超时不付尾款，定金不退；因我们的原因不能发货，定金一定退给你。'
          : '超时不付尾款，定金原路退回。'}
      </View>
    </View>
  );
}
