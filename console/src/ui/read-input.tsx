import { Input } from 'antd';
import { useState } from 'react';
import { useReportUnreadable } from './unreadable';

export interface ReadInputProps {
  /** What was read, or null for nothing. */
  value?: number | null;
  onChange?: (value: number | null) => void;
  label?: string;
  placeholder?: string;
  isDisabled?: boolean;
  width?: number;
  id?: string;
  testId?: string;
}

interface Way {
  read: (text: string) => number | null;
  show: (value: number) => string;
  /** How to write it, said below what cannot be read; empty where something nearby says it. */
  howTo: string;
  prefix?: string;
  suffix?: string;
  maxLength?: number;
}

/** A number typed as people write it and kept whole; what cannot be read stays visible, is named and counts as nothing. */
export function ReadInput({ value, onChange, label, width, id, testId, ...rest }: ReadInputProps & Way) {
  const { read, show, howTo, isDisabled, ...look } = rest;
  const shown = value === null || value === undefined ? '' : show(value);
  const [text, setText] = useState(shown);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    if (read(text) !== (value ?? null)) setText(shown);
  }
  const isUnreadable = text.trim() !== '' && read(text) === null;
  useReportUnreadable(isUnreadable);
  return (
    <div style={{ width: width ?? '100%' }}>
      <Input
        {...look}
        id={id}
        aria-label={label}
        aria-invalid={isUnreadable || undefined}
        inputMode="decimal"
        disabled={isDisabled}
        status={isUnreadable ? 'error' : undefined}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          const next = read(event.target.value);
          setSeen(next);
          onChange?.(next);
        }}
        className="num"
        data-testid={testId}
      />
      {isUnreadable && howTo ? (
        <div className="unread danger small" role="alert">
          {howTo}
        </div>
      ) : null}
    </div>
  );
}
