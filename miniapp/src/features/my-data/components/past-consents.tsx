import type { ConsentHistory } from '@shuke/shared/contracts';
import { businessDay } from '@shuke/shared/kernel';
import { Picker, View } from '@tarojs/components';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { dayText, exactTimeText } from '@/lib/format';
import { useQuery } from '@/lib/use-query';
import { Cell } from '@/ui/cell';
import { Icon } from '@/ui/icon';
import { Failed } from '@/ui/notice';
import { Sheet } from '@/ui/sheet';
import { BlockSkeleton } from '@/ui/skeleton';

const FIRST_DAY = '2020-01-01';
const endOf = (day: string): string => new Date(`${day}T23:59:59.999+08:00`).toISOString();
const wordsOf = (day: string): string => dayText(`${day}T12:00:00+08:00`);

type Change = ConsentHistory['changes'][number];
const changeWords = ({ isGiven, title, version }: Change): string => {
  if (isGiven === null) return `${title}：不再有回答`;
  return `${isGiven ? '同意' : '不同意'}：${title}（${version} 版）`;
};

/** What I had agreed to on any day, and every time that I changed my mind. */
export function PastConsents({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const today = businessDay(clock.now());
  const [day, setDay] = useState<string>(today);
  const past = useQuery(isOpen ? `consents-of ${day}` : null, () =>
    api.mall.consentHistory({ query: day === today ? {} : { at: endOf(day) } }),
  );
  const answered = past.data?.answers.filter((one) => one.isGiven !== null) ?? [];
  return (
    <Sheet isOpen={isOpen} title="以前同意过什么" onClose={onClose} testId="past-consents">
      <Picker mode="date" value={day} start={FIRST_DAY} end={today} onChange={(event) => setDay(event.detail.value)}>
        <Cell
          icon="clock"
          title="看哪一天"
          note={day === today ? '到现在为止' : '到这一天结束时'}
          value={
            <View className="row gap-1">
              {day === today ? '今天' : wordsOf(day)}
              <Icon name="right" size={16} className="soft" />
            </View>
          }
          testId="past-consents-day"
        />
      </Picker>
      {!past.data && past.trouble ? <Failed trouble={past.trouble} onRetry={() => void past.reload()} /> : null}
      {!past.data && !past.trouble ? <BlockSkeleton /> : null}
      {past.data && answered.length === 0 ? (
        <View className="small soft past-consents-none">到那时，你还没有回答过任何一项</View>
      ) : null}
      {answered.map((one) => (
        <Cell
          key={one.subBrand + one.purpose}
          title={one.title}
          note={one.at ? exactTimeText(one.at) : ''}
          value={one.isGiven ? '同意' : '不同意'}
          testId="past-answer"
        />
      ))}
      {past.data && past.data.changes.length > 0 ? (
        <>
          <View className="pick-label">每一次的选择</View>
          {past.data.changes.map((one) => (
            <View key={`${one.at}${one.subBrand}${one.purpose}${one.sourceText}`} className="timeline-step">
              {changeWords(one)}
              <View className="small soft">
                {exactTimeText(one.at)} · {one.sourceText}
              </View>
            </View>
          ))}
        </>
      ) : null}
    </Sheet>
  );
}
