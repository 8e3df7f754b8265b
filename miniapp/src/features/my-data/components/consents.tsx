import type { ConsentView, MyData as Data } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { go, pageUrl } from '@/lib/navigate';
import { toast } from '@/lib/toast';
import { Cell } from '@/ui/cell';
import { Toggle } from '@/ui/toggle';
import { PastConsents } from './past-consents';

/** What I agree to, purpose by purpose, and what I agreed to before. */
export function Consents({ data, onChanged }: { data: Data; onChanged(): void }) {
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (reason) {
      toast(troubleOf(reason).message);
    }
    onChanged();
  };
  const [isLooking, setLooking] = useState(false);
  const give = ({ purpose, version, subBrand }: ConsentView, isGiven: boolean) =>
    run(() =>
      api.mall.setConsent({ params: { purpose }, body: { isGiven, version, ...(subBrand ? { subBrand } : {}) } }),
    );
  // Personalisation has its own switch above, which takes the consent with it.
  const others = data.consents.filter(({ purpose }) => purpose !== 'PERSONALISATION');
  return (
    <View className="card" data-testid="my-consents">
      <View className="card-title">我同意的事</View>
      <View className="cell">
        <View className="grow">
          <View>个性化推荐</View>
          <View className="cell-note">关掉以后，推荐和导购的提醒不再依据你的浏览和购买</View>
        </View>
        <Toggle
          isOn={data.isPersonalised}
          label="个性化推荐"
          testId="personalised"
          onTurn={(isOn) => void run(() => api.mall.setPersonalised({ body: { isOn } }))}
        />
      </View>
      {others.map((one) => (
        <View key={one.subBrand + one.purpose} className="cell">
          <View className="grow">
            <View>{one.title}</View>
            <View className="cell-note">
              {one.text}
              {one.canRefuse && one.isGiven === null ? '。还没问过你，现在开着，不想要可以关掉' : ''}
            </View>
          </View>
          {one.canRefuse ? (
            // Nothing is kept from anybody before it is refused, so the switch says so.
            <Toggle isOn={one.isGiven !== false} label={one.title} onTurn={(on) => void give(one, on)} />
          ) : (
            <View className="small soft">必需</View>
          )}
        </View>
      ))}
      <Cell
        title="以前同意过什么"
        note="哪一天同意了什么，什么时候改过主意"
        onTap={() => setLooking(true)}
        testId="to-past-consents"
      />
      <Cell
        title="消息提醒"
        note="发到微信的提醒，每一类都可以关"
        onTap={() => go(pageUrl.notices())}
        testId="to-notices"
      />
      <PastConsents isOpen={isLooking} onClose={() => setLooking(false)} />
    </View>
  );
}
