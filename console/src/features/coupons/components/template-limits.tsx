import { Checkbox, Input, InputNumber, Segmented, Switch } from 'antd';
import { BearersInput } from '../../../ui/bearers-input';
import { Field, FieldRow } from '../../../ui/field';
import { InstantInput } from '../../../ui/instant-input';
import { Card } from '../../../ui/page';
import { Amount, Count, type PartProps, type Terms } from './template-inputs';

/** A hundred million yuan. */
const BUDGET_MOST_FEN = 10_000_000_000;
const WEEK = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

export function TimePart({ form, setTerms, problemOf }: PartProps) {
  const { validity, windows } = form.terms;
  const set = (part: Partial<Terms['validity']>) => setTerms({ validity: { ...validity, ...part } });
  const days = windows[0]?.weekdays ?? [];
  const isWholeDay = windows.every((one) => one.fromMinute === 0 && one.untilMinute === 1440);
  return (
    <Card title="什么时候能用">
      <div className="stack">
        <Field label="有效期" problem={problemOf('terms.validity')}>
          <Segmented
            options={[
              { value: 'RELATIVE', label: '领取后算' },
              { value: 'ABSOLUTE', label: '固定时间' },
            ]}
            value={validity.mode}
            onChange={(mode) => set({ mode: mode as Terms['validity']['mode'] })}
            style={{ alignSelf: 'flex-start' }}
          />
        </Field>
        {validity.mode === 'RELATIVE' ? (
          <FieldRow>
            <Count
              label="领取几天后生效"
              max={365}
              min={0}
              suffix="天"
              value={validity.afterDays}
              onChange={(afterDays) => set({ afterDays })}
            />
            <Count
              label="有效几天"
              max={730}
              suffix="天"
              value={validity.days}
              onChange={(value) => set({ days: value })}
              testId="template-days"
            />
          </FieldRow>
        ) : (
          <FieldRow>
            <Field label="从">
              <InstantInput label="从" value={validity.from} onChange={(from) => set({ from })} />
            </Field>
            <Field label="到">
              <InstantInput label="到" value={validity.until} onChange={(until) => set({ until })} />
            </Field>
          </FieldRow>
        )}
        {isWholeDay && windows.length <= 1 ? (
          <Field label="限星期几（选填）" hint="都不选就是每天">
            <Checkbox.Group
              options={WEEK.map((label, value) => ({ value, label }))}
              value={days}
              onChange={(weekdays) =>
                setTerms({ windows: weekdays.length > 0 ? [{ weekdays, fromMinute: 0, untilMinute: 1440 }] : [] })
              }
            />
          </Field>
        ) : (
          <Field label="限时段">
            <span className="muted">这张券有 {windows.length} 个使用时段，保存时原样保留。</span>
          </Field>
        )}
      </div>
    </Card>
  );
}

export function TakePart({ form, set, setTake, problemOf }: PartProps) {
  const { take } = form;
  return (
    <Card title="谁能领，发多少">
      <div className="stack">
        <FieldRow>
          <Field label="领券中心">
            <Switch
              aria-label="领券中心"
              checked={take.isPublic}
              onChange={(isPublic) => setTake({ isPublic })}
              style={{ alignSelf: 'flex-start' }}
            />
          </Field>
          <Field label="导购可发">
            <Switch
              aria-label="导购可发"
              checked={take.forGuides}
              onChange={(forGuides) => setTake({ forGuides })}
              style={{ alignSelf: 'flex-start' }}
            />
          </Field>
          <Field label="只给新客">
            <Switch
              aria-label="只给新客"
              checked={take.newMembersOnly}
              onChange={(newMembersOnly) => setTake({ newMembersOnly })}
              style={{ alignSelf: 'flex-start' }}
            />
          </Field>
          <Amount
            label="付款满多少自动送（选填）"
            placeholder="不送"
            value={take.afterPayFromFen}
            onChange={(afterPayFromFen) => setTake({ afterPayFromFen })}
          />
        </FieldRow>
        <FieldRow>
          <Count
            label="一共发"
            max={10_000_000}
            suffix="张"
            placeholder="不限"
            value={form.totalCount}
            onChange={(totalCount) => set({ totalCount })}
            testId="template-total"
          />
          <Amount
            label="预算"
            placeholder="不限"
            most={BUDGET_MOST_FEN}
            value={form.budgetFen}
            onChange={(budgetFen) => set({ budgetFen })}
            problem={problemOf('budgetFen')}
            testId="template-budget"
          />
          <Count
            label="每人限领"
            max={1000}
            suffix="张"
            value={take.perMember}
            onChange={(count) => setTake({ perMember: count ?? 1 })}
          />
          <Count
            label="每人每天限领"
            max={1000}
            suffix="张"
            placeholder="不限"
            value={take.perDay}
            onChange={(perDay) => setTake({ perDay })}
            problem={problemOf('take.perDay')}
          />
        </FieldRow>
        {take.forGuides ? (
          <FieldRow>
            <Count
              label="每位导购每天发"
              max={1000}
              min={0}
              suffix="张"
              placeholder="不限"
              value={form.guidePerDay}
              onChange={(guidePerDay) => set({ guidePerDay })}
            />
            <Count
              label="每位导购每月发"
              max={10_000}
              min={0}
              suffix="张"
              placeholder="不限"
              value={form.guidePerMonth}
              onChange={(guidePerMonth) => set({ guidePerMonth })}
            />
          </FieldRow>
        ) : null}
        <FieldRow>
          <Field label="领取开始（选填）">
            <InstantInput label="领取开始" value={take.from} onChange={(from) => setTake({ from })} />
          </Field>
          <Field label="领取结束（选填）" problem={problemOf('take.until')}>
            <InstantInput label="领取结束" value={take.until} onChange={(until) => setTake({ until })} />
          </Field>
        </FieldRow>
      </div>
    </Card>
  );
}

export function CostPart({ form, setTerms, problemOf }: PartProps) {
  const { terms } = form;
  const setStack = (part: Partial<Terms['stack']>) => setTerms({ stack: { ...terms.stack, ...part } });
  return (
    <Card title="谁承担，怎么叠加">
      <div className="stack">
        <Field label="优惠的钱谁承担" problem={problemOf('terms.bearers')}>
          <BearersInput value={terms.bearers} onChange={(bearers) => setTerms({ bearers })} />
        </Field>
        <FieldRow>
          <Field label="和别的券">
            <Segmented
              options={[
                { value: 'JOINT', label: '可以一起用' },
                { value: 'EXCLUSIVE', label: '只能单独用' },
              ]}
              value={terms.stack.mode}
              onChange={(mode) => setStack({ mode: mode as Terms['stack']['mode'] })}
              style={{ alignSelf: 'flex-start' }}
            />
          </Field>
          <Field label="叠加类别" hint="同类别一单最多几张，在右边填">
            <Input
              aria-label="叠加类别"
              maxLength={20}
              value={terms.stack.category}
              onChange={(event) => setStack({ category: event.target.value })}
              style={{ width: 140 }}
            />
          </Field>
          <Field label="一单最多用">
            <InputNumber
              aria-label="一单最多用"
              min={1}
              max={5}
              precision={0}
              suffix="张"
              value={terms.stack.perOrder}
              onChange={(perOrder) => setStack({ perOrder: perOrder ?? 1 })}
              style={{ width: 110 }}
            />
          </Field>
        </FieldRow>
        <div className="row wrap">
          <Checkbox checked={terms.canGive} onChange={(event) => setTerms({ canGive: event.target.checked })}>
            可以转赠朋友
          </Checkbox>
          <Checkbox checked={terms.isRefundable} onChange={(event) => setTerms({ isRefundable: event.target.checked })}>
            全额退款后退回
          </Checkbox>
          <Checkbox
            checked={terms.birthMonthOnly}
            onChange={(event) => setTerms({ birthMonthOnly: event.target.checked })}
          >
            只在生日月能用
          </Checkbox>
        </div>
      </div>
    </Card>
  );
}
