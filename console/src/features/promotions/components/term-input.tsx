import { InputNumber, Segmented, Select, Switch } from 'antd';
import type { PlayField } from '../../../lib/types';
import { SkuPicker, SkusPicker } from '../../../ui/goods-pickers';
import { InstantInput } from '../../../ui/instant-input';
import { FoldInput } from '../../../ui/percent-input';
import { YuanInput } from '../../../ui/yuan-input';

interface TermInputProps {
  spec: PlayField['columns'][number];
  value: unknown;
  onChange: (value: unknown) => void;
  testId: string;
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const MOST_SEGMENTS = 3;

/** The control of one field of a play's form, chosen by the field's own description. */
export function TermInput({ spec, value, onChange, testId }: TermInputProps) {
  switch (spec.type) {
    case 'FEN':
      return (
        <div style={{ width: 140 }}>
          <YuanInput label={spec.label} value={numberOf(value)} onChange={onChange} testId={testId} />
        </div>
      );
    case 'COUNT':
      return (
        <InputNumber
          aria-label={spec.label}
          min={spec.min ?? undefined}
          max={spec.max ?? undefined}
          precision={0}
          suffix={spec.unit ?? undefined}
          value={numberOf(value)}
          onChange={onChange}
          style={{ width: 120 }}
          data-testid={testId}
        />
      );
    case 'BP':
      return <FoldInput label={spec.label} value={numberOf(value)} onChange={onChange} testId={testId} />;
    case 'CHOICE':
      return spec.choices.length <= MOST_SEGMENTS ? (
        <Segmented
          aria-label={spec.label}
          options={spec.choices}
          value={String(value ?? spec.choices[0]?.value ?? '')}
          onChange={onChange}
          style={{ alignSelf: 'flex-start' }}
          data-testid={testId}
        />
      ) : (
        <Select
          aria-label={spec.label}
          options={spec.choices}
          value={typeof value === 'string' ? value : undefined}
          onChange={onChange}
          style={{ width: 240 }}
          data-testid={testId}
        />
      );
    case 'SKU':
      return (
        <div style={{ width: 300 }}>
          <SkuPicker
            label={spec.label}
            value={typeof value === 'string' ? value : undefined}
            onChange={onChange}
            testId={testId}
          />
        </div>
      );
    case 'SKUS':
      return (
        <SkusPicker
          label={spec.label}
          value={Array.isArray(value) ? (value as string[]) : []}
          onChange={onChange}
          testId={testId}
        />
      );
    case 'BOOL':
      return (
        <Switch
          aria-label={spec.label}
          checked={value === true}
          onChange={onChange}
          style={{ alignSelf: 'flex-start' }}
          data-testid={testId}
        />
      );
    case 'INSTANT':
      return (
        <InstantInput
          label={spec.label}
          value={typeof value === 'string' ? value : null}
          onChange={onChange}
          testId={testId}
        />
      );
    case 'ROWS':
      return null;
  }
}
