import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { AmountField } from '../src/features/counter/amount-field';

function Till() {
  const [text, setText] = useState('');
  return <AmountField label="收多少" value={text} onChange={setText} testId="amount" />;
}

describe('an amount at the counter', () => {
  it('is named as wrong when the clerk has left it, and no more once it is mended', () => {
    render(<Till />);
    const field = screen.getByTestId<HTMLInputElement>('amount');
    for (const wrong of ['12.345', '-5', '0', '一百']) {
      fireEvent.change(field, { target: { value: wrong } });
      expect(screen.queryByRole('alert')).toBeNull();
      fireEvent.blur(field);
      expect(screen.getByRole('alert').textContent).toMatch('写成 128');
      expect(field.value).toBe(wrong);
    }
    fireEvent.change(field, { target: { value: '99999999' } });
    fireEvent.blur(field);
    expect(screen.getByRole('alert').textContent).toBe('金额太大，看看是不是少了小数点');
    fireEvent.change(field, { target: { value: '12.34' } });
    fireEvent.blur(field);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
