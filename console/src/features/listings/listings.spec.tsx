import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { answer } from '../../../test/fixtures/answers.mjs';
import type { Listing } from '../../lib/types';
import { findAllIds, findId, renderApp } from '../../testing/render-app';

const shelf = answer('FRANCHISEE', 'GET', '/api/c/stores/1002/listings', undefined).body as { items: Listing[] };
const listing = shelf.items[0] as Listing;
const AT = '/listings?store=1002';
const press = (id: string) => fireEvent.click(screen.getByTestId(id));

describe('a franchisee’s own store', () => {
  it('is told that a low price was asked for, and does not sell at it before headquarters agrees', async () => {
    const { calls } = renderApp({
      at: AT,
      role: 'FRANCHISEE',
      override: ({ path }) => (path.includes('/prices/') ? { status: 200, body: listing } : undefined),
    });
    const [row] = await findAllIds('listing-row');
    fireEvent.click(row?.querySelector('.ant-table-row-expand-icon') as Element);
    const [price] = await findAllIds('sku-price');
    fireEvent.click(price as Element);
    const wish = String(listing.floorFen / 100);
    fireEvent.change(await findId('price-input'), { target: { value: wish } });
    press('price-save');
    await findId('price-asked');
    expect(calls.find((call) => call.path.includes('/prices/'))?.body).toEqual({ priceFen: listing.floorFen });
  });

  it('asks headquarters, with a reason, where goods must not leave the shelf without it', async () => {
    const { calls } = renderApp({
      at: AT,
      role: 'FRANCHISEE',
      override: ({ path }) => {
        if (path.endsWith('/ask-delisting')) return { status: 200, body: {} };
        if (path.endsWith(`/listings/${listing.productId}`))
          return { status: 409, body: { code: 'DELIST_NEEDS_APPROVAL', message: '下架要先向总部申请', traceId: 't' } };
        return undefined;
      },
    });
    const [toggle] = await findAllIds('listing-switch');
    fireEvent.click(toggle as Element);
    fireEvent.click(await findId('delist-ask'));
    fireEvent.change(await findId('delist-ask-reason'), { target: { value: '这一季卖不动' } });
    press('delist-ask-confirm');
    await screen.findByText('已申请，等总部同意');
    await waitFor(() =>
      expect(calls.find((call) => call.path.endsWith('/ask-delisting'))?.body).toEqual({ reason: '这一季卖不动' }),
    );
  });
});
