import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ProductsPicker } from './goods-pickers';

const items = [
  { id: '9001', name: '长款羽绒服', code: 'DW2601' },
  { id: '9002', name: '毛呢大衣', code: 'CT2602' },
];

function show(value: string[], onChange: (codes: string[]) => void) {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ items, nextCursor: null })));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ProductsPicker by="code" except="CT2602" label="搭配" value={value} onChange={onChange} />
    </QueryClientProvider>,
  );
}

describe('picking products', () => {
  it('finds by name, gives codes, and never offers the product that is being edited', async () => {
    const picked = vi.fn();
    show([], picked);
    const input = screen.getByRole('combobox');
    fireEvent.mouseDown(input);
    fireEvent.change(input, { target: { value: '羽绒' } });
    fireEvent.click(await screen.findByText('长款羽绒服 DW2601'));
    expect(picked.mock.calls[0]?.[0]).toEqual(['DW2601']);
    expect(screen.queryByText(/毛呢大衣/)).toBeNull();
  });

  it('shows names, and words in place of a code that nobody knows any more', async () => {
    show(['DW2601', 'GONE-1'], () => {});
    await screen.findByText('长款羽绒服 DW2601');
    expect(screen.getByText('看不到的商品')).toBeTruthy();
    expect(screen.queryByText('GONE-1')).toBeNull();
  });
});
