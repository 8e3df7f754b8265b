import { Input } from 'antd';
import { useState } from 'react';
import { plainYuan, readYuan } from '../lib/money';

interface YuanInputProps {
  /** Fen, or null for nothing. */
  value?: number | null;
  onChange?: (fen: number | null) => void;
  label?: string;
  placeholder?: string;
  isDisabled?: boolean;
  id?: string;
  testId?: string;
}

/** Typed in yuan, kept in fen; text arithmetic only. What cannot be read stays visible and counts as nothing. */
export function YuanInput({ value, onChange, label, placeholder, isDisabled, id, testId }: YuanInputProps) {
  const shown = value === null || value === undefined ? '' : plainYuan(value);
  const [text, setText] = useState(shown);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    if (readYuan(text) !== (value ?? null)) setText(shown);
  }
  const isUnreadable = text.trim() !== '' && readYuan(text) === null;
  return (
    <Input
      id={id}
      aria-label={label}
      prefix="¥"
      inputMode="decimal"
      placeholder={placeholder}
      disabled={isDisabled}
      status={isUnreadable ? 'error' : undefined}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        const next = readYuan(event.target.value);
        setSeen(next);
        onChange?.(next);
      }}
      className="num"
      data-testid={testId}
    />
  );
}
