import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Form, Input } from 'antd';
import { describe, expect, it, vi } from 'vitest';
import { FormDrawer } from './form-drawer';

function Sheet({ onClose }: { onClose: () => void }) {
  const [form] = Form.useForm<{ name: string }>();
  return (
    <FormDrawer
      title="改名"
      isOpen
      onClose={onClose}
      form={form}
      initial={{ name: '旧名' }}
      submitText="保存"
      onSubmit={async () => undefined}
    >
      <Form.Item name="name" label="名称">
        <Input aria-label="名称" />
      </Form.Item>
    </FormDrawer>
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
});
