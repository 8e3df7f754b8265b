// @vitest-environment jsdom

import type { AfterSaleOptions, AfterSalePreview, FallenPresent } from '@shuke/shared/contracts';
import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { api } from '@/lib/api-client';
import { type Draft, draftOf } from './model';
import { usePreview } from './use-after-sale';

const present: FallenPresent = {
  lineId: '8',
  name: '帆布袋',
  spec: '本白 均码',
  imageUrl: null,
  qty: 1,
  why: '「满额送好礼」送的，退货后不满赠送的条件',
  choice: 'BACK',
  backText: '和商品一起退回，退款金额不变',
  keepFen: 9_900,
  canKeep: true,
  keepText: '',
};
const previewOf = (totalFen: number, presents: FallenPresent[]) =>
  ({ presents, sources: { totalFen } }) as unknown as AfterSalePreview;
const options = { lines: [{ lineId: '7', leftQty: 1 }], kinds: [] } as unknown as AfterSaleOptions;
const whole: Draft = { ...draftOf(options), kind: 'RETURN_REFUND', reason: 'CHANGED_MIND', returnWay: 'CARRIER' };

function Form({ draft }: { draft: Draft }) {
  const { preview, presents, trouble, reload } = usePreview('1', draft);
  if (trouble)
    return (
      <button type="button" onClick={reload}>
        {trouble.message}
      </button>
    );
  return (
    <p>
      {preview ? `退 ${preview.sources.totalFen}` : '在算'}，赠品 {presents.map(({ choice }) => choice).join()}
    </p>
  );
}

beforeEach(() => vi.restoreAllMocks());

it('keeps a present in place while another choice about it is worked out, and no sum that was for the other choice', async () => {
  let answer = (_: AfterSalePreview) => {};
  const asked = vi.spyOn(api.mall, 'previewAfterSale').mockResolvedValueOnce(previewOf(30_000, [present]));
  const page = render(<Form draft={whole} />);
  await screen.findByText('退 30000，赠品 BACK');
  asked.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  page.rerender(<Form draft={{ ...whole, presents: { 8: 'KEEP' } }} />);
  await screen.findByText('在算，赠品 BACK');
  expect(asked.mock.lastCall?.[0].body).toMatchObject({ presents: [{ lineId: '8', choice: 'KEEP' }] });
  answer(previewOf(20_100, [{ ...present, choice: 'KEEP' }]));
  await screen.findByText('退 20100，赠品 KEEP');
});

it('asks the same again after it failed', async () => {
  vi.spyOn(api.mall, 'previewAfterSale')
    .mockRejectedValueOnce(new Error('网络不太顺畅'))
    .mockResolvedValueOnce(previewOf(30_000, []));
  render(<Form draft={whole} />);
  fireEvent.click(await screen.findByText('网络不太顺畅'));
  await screen.findByText('退 30000，赠品');
});

it('asks about no present where nothing is given back', async () => {
  vi.spyOn(api.mall, 'previewAfterSale').mockResolvedValueOnce(previewOf(30_000, [present]));
  const page = render(<Form draft={whole} />);
  await screen.findByText('退 30000，赠品 BACK');
  page.rerender(<Form draft={{ ...whole, pieces: { 7: 0 } }} />);
  await screen.findByText('在算，赠品');
});
