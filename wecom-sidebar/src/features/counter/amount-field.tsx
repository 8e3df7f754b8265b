import { useState } from 'react';
import { fenOfText } from './yuan';

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
  /** Shown and not to be changed. */
  isFixed?: boolean;
  testId: string;
}

/** An amount in yuan as clerks type it. What cannot be one is named when they are done typing, not between two keys. */
export function AmountField({ label, value, onChange, isFixed = false, testId }: Props) {
  const [isLeft, setLeft] = useState(false);
  const isWrong = value !== '' && fenOfText(value) === null;
  return (
    <>
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
            readOnly={isFixed}
            aria-invalid={isWrong}
            onBlur={() => setLeft(true)}
            onChange={(event) => {
              setLeft(false);
              onChange(event.target.value);
            }}
            data-testid={testId}
          />
        </span>
      </label>
      {isLeft && isWrong ? (
        <p className="problem-line" role="alert" data-testid={`${testId}-wrong`}>
          {/^\d{8}/.test(value.trim()) ? '金额太大，看看是不是少了小数点' : '写成 128 或 128.50，要大于 0'}
        </p>
      ) : null}
    </>
  );
}
