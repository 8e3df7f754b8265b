import { businessDay } from '@shuke/shared/kernel';
import { Picker, View } from '@tarojs/components';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { troubleOf } from '@/lib/errors';
import { dayText } from '@/lib/format';
import { confirm, toast, toastDone } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { Cell } from '@/ui/cell';
import { Icon } from '@/ui/icon';
import './birthday.scss';

const FIRST_SHOWN = '1990-01-01';
const wordsOf = (day: string) => dayText(`${day}T12:00:00+08:00`);

/** The day that birthday coupons and points go by; it may be told once a year. */
export function BirthdayCell() {
  const mine = useQuery('my-data', () => api.mall.myData());
  const [isBusy, setBusy] = useState(false);
  const birthday = mine.data?.birthday ?? null;
  const tell = async (day: string) => {
    if (day === birthday) return;
    if (!(await confirm('你的生日', `${wordsOf(day)}，对吗？填好后一年里不能再改。`, '确定'))) return;
    setBusy(true);
    try {
      await api.mall.setRealName({ body: { birthday: day } });
      await mine.reload();
      toastDone('已保存');
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Picker
      className="birthday"
      mode="date"
      value={birthday ?? FIRST_SHOWN}
      start="1920-01-01"
      end={businessDay(clock.now())}
      disabled={isBusy || !mine.data}
      onChange={(event) => void tell(event.detail.value)}
    >
      <Cell
        icon="gift"
        title="生日"
        note="生日礼遇按它来发"
        value={
          <View className="row gap-1">
            {birthday ? wordsOf(birthday) : mine.data ? '去填写' : ''}
            <Icon name="right" size={16} className="soft" />
          </View>
        }
        testId="birthday"
      />
    </Picker>
  );
}
