import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { Sheet } from '../src/design/sheet';

const closed = vi.fn();

function Page() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        写备注
      </button>
      <Sheet
        title="备注"
        isOpen={isOpen}
        onClose={() => {
          closed();
          setOpen(false);
        }}
      >
        <input aria-label="备注" />
        <button type="button" disabled>
          还不能按
        </button>
        <button type="button">存好</button>
      </Sheet>
    </>
  );
}

async function openByKeyboard() {
  render(<Page />);
  const opener = screen.getByRole('button', { name: '写备注' });
  opener.focus();
  fireEvent.click(opener);
  return { opener, sheet: await screen.findByRole('dialog', { name: '备注' }) };
}
const tab = (shiftKey = false) => fireEvent.keyDown(document.activeElement as Element, { key: 'Tab', shiftKey });

describe('a sheet at the keyboard', () => {
  it('takes the focus as it opens, and gives it back to the button that opened it', async () => {
    const { opener, sheet } = await openByKeyboard();
    await waitFor(() => expect(document.activeElement).toBe(sheet));
    fireEvent.click(screen.getByRole('button', { name: '关闭' }));
    await waitFor(() => expect(document.activeElement).toBe(opener));
  });

  it('goes round inside, past what cannot be pressed', async () => {
    const { sheet } = await openByKeyboard();
    await waitFor(() => expect(document.activeElement).toBe(sheet));
    tab(true);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '存好' }));
    tab();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '关闭' }));
    tab(true);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '存好' }));
  });

  it('closes on Escape, and not while words are being composed', async () => {
    closed.mockClear();
    await openByKeyboard();
    const field = screen.getByRole('textbox', { name: '备注' });
    field.focus();
    fireEvent.keyDown(field, { key: 'Escape', isComposing: true });
    expect(closed).not.toHaveBeenCalled();
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(closed).toHaveBeenCalledTimes(1);
  });
});
