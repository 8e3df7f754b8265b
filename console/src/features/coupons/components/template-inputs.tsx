import { InputNumber } from 'antd';
import { Field } from '../../../ui/field';
import { YuanInput } from '../../../ui/yuan-input';
import type { TemplateForm } from '../model';

export type Terms = TemplateForm['terms'];
/** What every part of the form is given. */
export interface PartProps {
  form: TemplateForm;
  set: (part: Partial<TemplateForm>) => void;
  setTerms: (part: Partial<Terms>) => void;
  setTake: (part: Partial<TemplateForm['take']>) => void;
  problemOf: (field: string) => string | null;
}

export function Amount(props: {
  label: string;
  value: number | null;
  onChange: (fen: number | null) => void;
  placeholder?: string;
  hint?: string;
  problem?: string | null;
  testId?: string;
}) {
  return (
    <Field label={props.label} hint={props.hint} problem={props.problem}>
      <div style={{ width: 150 }}>
        <YuanInput
          label={props.label}
          value={props.value}
          placeholder={props.placeholder}
          onChange={props.onChange}
          testId={props.testId}
        />
      </div>
    </Field>
  );
}

export function Count(props: {
  label: string;
  value: number | null;
  onChange: (count: number | null) => void;
  suffix?: string;
  placeholder?: string;
  hint?: string;
  min?: number;
  problem?: string | null;
  testId?: string;
}) {
  return (
    <Field label={props.label} hint={props.hint} problem={props.problem}>
      <InputNumber
        aria-label={props.label}
        min={props.min ?? 1}
        precision={0}
        suffix={props.suffix}
        placeholder={props.placeholder}
        value={props.value}
        onChange={props.onChange}
        style={{ width: 140 }}
        data-testid={props.testId}
      />
    </Field>
  );
}
