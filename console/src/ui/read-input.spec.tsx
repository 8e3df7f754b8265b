import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Form } from 'antd';
import { describe, expect, it, vi } from 'vitest';
import { FormDrawer } from './form-drawer';
import { UNREADABLE } from './unreadable';
import { YuanInput } from './yuan-input';

interface Limits {
  budgetFen: number | null;
}

function Sheet({ save }: { save: (values: Limits) => Promise<unknown> }) {
  const [form] = Form.useForm<Limits>();
  return (
    <FormDrawer<Limits>
      title="预算"
      isOpen
      onClose={() => undefined}
      form={form}
      initial={{ budgetFen: 80_000 }}
      submitText="保存"
      onSubmit={save}
    >
      <Form.Item name="budgetFen" label="预算">
        <YuanInput placeholder="不限" testId="budget" />
      </Form.Item>
    </FormDrawer>
  );
}

const type = (text: string) => fireEvent.change(screen.getByTestId('budget'), { target: { value: text } });
const press = () => fireEvent.click(screen.getByTestId('form-submit'));

describe('an amount that is typed', () => {
  it.each(['1万', '-5', '12.345', '1000000.01'])(
    'stays where it is, is named and never saved as "no limit": %s',
    async (text) => {
      const save = vi.fn(async () => undefined);
      render(<Sheet save={save} />);
      type(text);
      press();
      await screen.findByText(UNREADABLE);
      expect(screen.getByText('写成 128 或 128.50，最多 1,000,000')).toBeTruthy();
      expect(screen.getByTestId<HTMLInputElement>('budget').value).toBe(text);
      expect(save).not.toHaveBeenCalled();
    },
  );
  it('is saved once it can be read, and an emptied one means none', async () => {
    const save = vi.fn(async () => undefined);
    render(<Sheet save={save} />);
    type('1万');
    press();
    await screen.findByText(UNREADABLE);
    type('1,000');
    press();
    await waitFor(() => expect(save).toHaveBeenLastCalledWith({ budgetFen: 100_000 }));
    type('');
    press();
    await waitFor(() => expect(save).toHaveBeenLastCalledWith({ budgetFen: null }));
    expect(screen.queryByText(UNREADABLE)).toBeNull();
  });
});
