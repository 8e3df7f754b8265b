import { Input } from 'antd';
import { useState } from 'react';
import { percentText, readPercent } from '../lib/money';

interface ReadInputProps {
  /** Basis points, or null for nothing. */
  value?: number | null;
  onChange?: (bp: number | null) => void;
  label?: string;
  width?: number;
  id?: string;
  testId?: string;
}

interface Way {
  read: (text: string) => number | null;
  show: (bp: number) => string;
  suffix: string;
}

/** A number typed as people write it and kept in basis points; what cannot be read stays visible and counts as nothing. */
function ReadInput({ value, onChange, label, width = 104, id, testId, read, show, suffix }: ReadInputProps & Way) {
  const shown = value === null || value === undefined ? '' : show(value);
  const [text, setText] = useState(shown);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    if (read(text) !== (value ?? null)) setText(shown);
  }
  return (
    <Input
      id={id}
      aria-label={label}
      suffix={suffix}
      inputMode="decimal"
      maxLength={7}
      status={text.trim() !== '' && read(text) === null ? 'error' : undefined}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        const next = read(event.target.value);
        setSeen(next);
        onChange?.(next);
      }}
      className="num"
      style={{ width }}
      data-testid={testId}
    />
  );
}

/** A share: 12.5 is 1,250 basis points. */
export const PercentInput = (props: ReadInputProps) => (
  <ReadInput {...props} read={readPercent} show={(bp) => percentText(bp).replace('%', '')} suffix="%" />
);

/** What remains to pay as Chinese shops say it: 8.8 折 is 8,800 basis points; null when it cannot be read. */
export function readFold(text: string): number | null {
  const match = /^\s*(\d{1,2})(?:\.(\d{1,3}))?\s*折?\s*$/.exec(text);
  if (!match) return null;
  const bp = Number(`${match[1]}${(match[2] ?? '').padEnd(3, '0')}`);
  return bp <= 10_000 ? bp : null;
}

/** 8,800 → "8.8"; 5,000 → "5". */
export function foldText(bp: number): string {
  const text = String(bp).padStart(4, '0');
  return `${text.slice(0, -3)}.${text.slice(-3)}`.replace(/\.?0+$/, '');
}

export const FoldInput = (props: ReadInputProps) => (
  <ReadInput {...props} read={readFold} show={foldText} suffix="折" />
);
