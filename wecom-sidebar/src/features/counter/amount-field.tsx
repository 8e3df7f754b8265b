import { fenOfText } from './yuan';

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
  testId: string;
}

export function AmountField({ label, value, onChange, testId }: Props) {
  return (
    <label className="amount-field">
      <span className="weak">{label}</span>
      <span className="row g8">
        <b>¥</b>
        <input
          className="field num grow"
          inputMode="decimal"
          autoComplete="off"
          placeholder="0.00"
          maxLength={10}
          value={value}
          aria-invalid={value !== '' && fenOfText(value) === null}
          onChange={(event) => onChange(event.target.value)}
          data-testid={testId}
        />
      </span>
    </label>
  );
}
