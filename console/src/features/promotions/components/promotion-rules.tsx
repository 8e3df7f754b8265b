import { Input, InputNumber, Segmented, Switch } from 'antd';
import { BearersInput } from '../../../ui/bearers-input';
import { Field, FieldRow } from '../../../ui/field';
import { YuanInput } from '../../../ui/yuan-input';
import type { PromotionForm } from '../model';

interface PartProps {
  form: PromotionForm;
  set: (change: Partial<PromotionForm>) => void;
}

/** How the promotion stands beside others. */
export function StackingPart({ form, set }: PartProps) {
  const { stacking } = form;
  const change = (part: Partial<PromotionForm['stacking']>) => set({ stacking: { ...stacking, ...part } });
  return (
    <FieldRow>
      <Field label="和别的活动" hint="同一组里只算最优惠的一个，不同组可以叠加">
        <Segmented<'JOINT' | 'EXCLUSIVE'>
          options={[
            { value: 'JOINT', label: '可以叠加' },
            { value: 'EXCLUSIVE', label: '不叠加' },
          ]}
          value={stacking.mode}
          onChange={(mode) => change({ mode })}
          style={{ alignSelf: 'flex-start' }}
          data-testid="stacking-mode"
        />
      </Field>
      <Field label="叠加组">
        <Input
          aria-label="叠加组"
          maxLength={20}
          value={stacking.group}
          onChange={(event) => change({ group: event.target.value })}
          style={{ width: 120 }}
        />
      </Field>
      <Field label="优先级（选填）" hint="数字大的先算">
        <InputNumber
          aria-label="优先级"
          min={0}
          max={1000}
          precision={0}
          value={form.priority}
          onChange={(priority) => set({ priority })}
          style={{ width: 120 }}
        />
      </Field>
      <Field label="还能用券">
        <Switch
          aria-label="还能用券"
          checked={stacking.allowsCoupons}
          onChange={(allowsCoupons) => change({ allowsCoupons })}
          style={{ alignSelf: 'flex-start' }}
        />
      </Field>
      <Field label="还能用积分">
        <Switch
          aria-label="还能用积分"
          checked={stacking.allowsPoints}
          onChange={(allowsPoints) => change({ allowsPoints })}
          style={{ alignSelf: 'flex-start' }}
        />
      </Field>
    </FieldRow>
  );
}

/** Who pays, how often, and how much at most. */
export function LimitsPart({ form, set, isHq }: PartProps & { isHq: boolean }) {
  const count = (label: string, name: 'memberLimit' | 'totalLimit', max: number) => (
    <Field label={label}>
      <InputNumber
        aria-label={label}
        min={1}
        max={max}
        precision={0}
        suffix="次"
        placeholder="不限"
        value={form[name]}
        onChange={(value) => set({ [name]: value })}
        style={{ width: 140 }}
        data-testid={name}
      />
    </Field>
  );
  const money = (label: string, name: 'budgetFen' | 'dayBudgetFen' | 'storeBudgetFen', hint?: string) => (
    <Field label={label} hint={hint}>
      <div style={{ width: 160 }}>
        <YuanInput
          label={label}
          placeholder="不限"
          value={form[name]}
          onChange={(value) => set({ [name]: value })}
          testId={name}
        />
      </div>
    </Field>
  );
  return (
    <div className="stack">
      <Field label="优惠的钱谁承担" hint={isHq ? undefined : '自己的活动由门店和加盟商自己承担'}>
        <BearersInput
          value={form.bearers}
          onChange={(bearers) => set({ bearers })}
          parties={isHq ? undefined : ['FRANCHISEE', 'STORE']}
        />
      </Field>
      <FieldRow>
        {count('每人最多享受', 'memberLimit', 9999)}
        {count('一共最多', 'totalLimit', 100_000_000)}
        {money('总预算', 'budgetFen', isHq ? '花完自动停' : '必填，不超过总部给的当月额度')}
        {money('每天预算', 'dayBudgetFen')}
        {money('每家店预算', 'storeBudgetFen')}
      </FieldRow>
    </div>
  );
}
