import { Input, Segmented, Select } from 'antd';
import { COUPON_KIND, COUPON_PURPOSE, optionsOf } from '../../../lib/words';
import { Field, FieldRow } from '../../../ui/field';
import { Card } from '../../../ui/page';
import { FoldInput } from '../../../ui/percent-input';
import { Amount, type PartProps, type Terms } from './template-inputs';
import { CostPart, TakePart, TimePart } from './template-limits';
import { ScopePart } from './template-scope';

/** What it is worth, to whom it is shown under which name. */
function WorthPart({ form, set, setTerms, problemOf }: PartProps) {
  const { terms } = form;
  return (
    <Card title="这张券值多少">
      <div className="stack">
        <FieldRow>
          <Field label="名称" hint="顾客会看到">
            <Input
              aria-label="名称"
              maxLength={30}
              value={form.name}
              placeholder="比如：初雪满减券"
              onChange={(event) => set({ name: event.target.value })}
              style={{ width: 260 }}
              data-testid="template-name"
            />
          </Field>
          <Field label="用来做什么">
            <Select
              aria-label="用来做什么"
              value={form.purpose}
              options={optionsOf(COUPON_PURPOSE)}
              onChange={(purpose) => set({ purpose })}
              style={{ width: 140 }}
            />
          </Field>
        </FieldRow>
        <Field label="种类">
          <Segmented
            options={optionsOf(COUPON_KIND)}
            value={terms.kind}
            onChange={(kind) => setTerms({ kind: kind as Terms['kind'] })}
            style={{ alignSelf: 'flex-start' }}
            data-testid="template-kind"
          />
        </Field>
        <FieldRow>
          {terms.kind === 'AMOUNT' || terms.kind === 'FIXED_PRICE' ? (
            <Amount
              label={terms.kind === 'AMOUNT' ? '减多少' : '一件卖'}
              value={terms.valueFen}
              onChange={(valueFen) => setTerms({ valueFen })}
              problem={problemOf('terms.valueFen')}
              testId="template-value"
            />
          ) : null}
          {terms.kind === 'PERCENT' ? (
            <Field label="打几折" hint="8.8 折填 8.8" problem={problemOf('terms.payBp')}>
              <FoldInput
                label="打几折"
                value={terms.payBp}
                onChange={(payBp) => setTerms({ payBp })}
                testId="template-fold"
              />
            </Field>
          ) : null}
          {terms.kind === 'AMOUNT' ? null : (
            <Amount
              label="最多优惠"
              value={terms.maxFen}
              onChange={(maxFen) => setTerms({ maxFen })}
              problem={problemOf('terms.maxFen')}
              testId="template-max"
            />
          )}
          <Amount
            label="满多少可用"
            placeholder="无门槛"
            value={terms.thresholdFen}
            onChange={(thresholdFen) => setTerms({ thresholdFen })}
            problem={problemOf('terms.thresholdFen')}
            testId="template-threshold"
          />
        </FieldRow>
        <Field label="使用说明（选填）" hint="顾客会看到，500 字以内">
          <Input.TextArea
            aria-label="使用说明"
            rows={2}
            maxLength={500}
            value={form.ruleText}
            onChange={(event) => set({ ruleText: event.target.value })}
          />
        </Field>
      </div>
    </Card>
  );
}

/** All that a template asks, in the order in which people think of it. */
export function TemplateFields(props: PartProps) {
  return (
    <div className="stack">
      <WorthPart {...props} />
      <ScopePart {...props} />
      <TimePart {...props} />
      <TakePart {...props} />
      <CostPart {...props} />
    </div>
  );
}
