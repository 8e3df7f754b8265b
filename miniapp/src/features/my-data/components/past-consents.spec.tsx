// @vitest-environment jsdom

import type { ConsentHistory } from '@shuke/shared/contracts';
import { act, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { api } from '@/lib/api-client';
import { PastConsents } from './past-consents';

const answer = (isGiven: boolean | null): ConsentHistory['answers'][number] => ({
  subBrand: 'MAIN',
  purpose: 'MARKETING',
  title: '活动与优惠消息',
  text: '',
  version: '2026.11',
  agreedVersion: isGiven ? '2026.11' : null,
  isGiven,
  canRefuse: true,
  at: isGiven === null ? null : '2026-11-20T01:00:00.000Z',
});
const change = { subBrand: 'MAIN', purpose: 'MARKETING' as const, title: '活动与优惠消息', version: '2026.11' };

it('tells what held, and how it came about, and asks for nothing while it is closed', async () => {
  const asked = vi.spyOn(api.mall, 'consentHistory').mockResolvedValue({
    at: '2026-11-22T01:00:00.000Z',
    answers: [answer(false), { ...answer(null), purpose: 'LOCATION', title: '位置信息' }],
    changes: [
      { ...change, at: '2026-11-21T02:00:00.000Z', isGiven: false, sourceText: '两份会员记录合到一起，取更严格的回答' },
      { ...change, at: '2026-11-20T01:00:00.000Z', isGiven: true, sourceText: '本人在小程序里选择' },
    ],
  });
  const { rerender } = render(<PastConsents isOpen={false} onClose={() => undefined} />);
  expect(asked).not.toHaveBeenCalled();
  await act(async () => rerender(<PastConsents isOpen onClose={() => undefined} />));
  const answers = screen.getAllByTestId('past-answer').map((one) => one.textContent);
  expect(answers).toEqual([expect.stringContaining('不同意')]);
  const sheet = screen.getByTestId('past-consents').textContent;
  expect(sheet).toContain('不同意：活动与优惠消息（2026.11 版）');
  expect(sheet).toContain('取更严格的回答');
  expect(asked).toHaveBeenCalledWith({ query: {} });
});
