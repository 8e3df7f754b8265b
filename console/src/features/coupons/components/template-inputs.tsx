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
  most?: number;
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
          most={props.most}
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
  /** The most that the server takes; a higher number falls back to it when the field is left. */
  max: number;
  problem?: string | null;
  testId?: string;
}) {
  return (
    <Field label={props.label} hint={props.hint} problem={props.problem}>
      <InputNumber
        aria-label={props.label}
        min={props.min ?? 1}
        max={props.max}
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
