import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { ConfigProvider } from 'antd';
import { expect, it } from 'vitest';
import { ActionButton } from './action-button';

it('takes the keyboard into the question as it opens, and back to the button after it', async () => {
  render(
    <ConfigProvider theme={{ token: { motion: false } }}>
      <ActionButton
        done="已停"
        run={async () => undefined}
        confirm={{ title: '停用？', description: '停了就收不到数据。', okText: '停用' }}
      >
        停用这台
      </ActionButton>
    </ConfigProvider>,
  );
  const button = screen.getByRole('button', { name: '停用这台' });
  button.focus();
  fireEvent.click(button);
  const words = await screen.findByText('停了就收不到数据。');
  await waitFor(() => expect(document.activeElement?.contains(words)).toBe(true));
  expect(document.activeElement).not.toBe(document.body);
  fireEvent.click(screen.getByRole('button', { name: '再想想' }));
  await waitFor(() => expect(document.activeElement).toBe(button));
});
