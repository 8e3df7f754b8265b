// @vitest-environment jsdom

import type { Reviewable } from '@shuke/shared/contracts';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { api } from '@/lib/api-client';
import { ReviewForm } from './review-form';

vi.mock('@/platform/pictures', () => ({ pickPictures: async () => [{ localUrl: '', base64: 'AA==' }] }));

const order = {
  orderId: '1',
  lines: [{ lineId: '7', name: '山岚 围巾', spec: '雾蓝', imageUrl: null }],
  service: null,
  rewardText: null,
} as unknown as Reviewable;

it('keeps the words that are typed while a picture is on its way', async () => {
  let answer = (_: { id: string; url: string }) => {};
  vi.spyOn(api.mall, 'uploadPicture').mockReturnValue(
    new Promise((resolve) => {
      answer = resolve as typeof answer;
    }),
  );
  const sent = vi.fn(async () => {});
  render(<ReviewForm order={order} onSend={sent} />);
  fireEvent.click(screen.getByTestId('stars-7-4'));
  await act(async () => void fireEvent.click(screen.getByTestId('add-picture')));
  fireEvent.input(screen.getByTestId('words-7'), { target: { value: '很暖和' } });
  await act(async () => answer({ id: '31', url: '/files/31.jpg' }));
  await act(async () => void fireEvent.click(screen.getByTestId('send-review')));
  expect(sent).toHaveBeenCalledWith(
    expect.objectContaining({ lines: [{ lineId: '7', stars: 4, text: '很暖和', pictureIds: ['31'] }] }),
  );
});
