import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Form, Input } from 'antd';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { FormDrawer } from './form-drawer';

function Sheet({ onClose, save = async () => undefined }: { onClose: () => void; save?: () => Promise<unknown> }) {
  const [form] = Form.useForm<{ name: string }>();
  return (
    <FormDrawer
      title="改名"
      isOpen
      onClose={onClose}
      form={form}
      initial={{ name: '旧名' }}
      submitText="保存"
      onSubmit={save}
    >
      <Form.Item name="name" label="名称">
        <Input aria-label="名称" />
      </Form.Item>
    </FormDrawer>
  );
}

function Page() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        改一下
      </button>
      {isOpen ? <Sheet onClose={() => setOpen(false)} /> : null}
    </>
  );
}

describe('a form beside its list', () => {
  it('closes at once while nothing was changed', () => {
    const onClose = vi.fn();
    render(<Sheet onClose={onClose} />);
    fireEvent.click(screen.getByText('取 消', { exact: false, selector: 'button span' }));
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('says that changes are not saved before it throws them away', async () => {
    const onClose = vi.fn();
    render(<Sheet onClose={onClose} />);
    fireEvent.change(screen.getByLabelText('名称'), { target: { value: '新名' } });
    fireEvent.click(screen.getByText('取 消', { exact: false, selector: 'button span' }));
    await waitFor(() => expect(screen.getByTestId('form-unsaved')).toBeDefined());
    expect(onClose).not.toHaveBeenCalled();
    fireEvent.click(screen.getByText('不保存，关闭'));
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('is sent once by Enter, however often it is pressed, and not while words are being composed', async () => {
    const onClose = vi.fn();
    const save = vi.fn(() => new Promise((done) => setTimeout(done, 50)));
    render(<Sheet onClose={onClose} save={save} />);
    const field = screen.getByLabelText('名称');
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field, { key: 'Enter' });
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
    expect(save).toHaveBeenCalledTimes(1);
  });

  it('gives the focus back to the button that opened it', async () => {
    render(<Page />);
    const opener = screen.getByRole('button', { name: '改一下' });
    opener.focus();
    fireEvent.click(opener);
    const field = await screen.findByLabelText('名称');
    field.focus();
    fireEvent.click(screen.getByText('取 消', { exact: false, selector: 'button span' }));
    await waitFor(() => expect(document.activeElement).toBe(opener));
  });
});
