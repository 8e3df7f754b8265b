// @vitest-environment jsdom
import type { StoreCard } from '@shuke/shared/contracts';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetQueries } from '@/lib/use-query';
import Checkout from '@/pages/checkout/index';
import { wx } from '@/platform/wx';
import { checkoutDraft } from '@/session/checkout-draft';
import { currentStore } from '@/session/current-store';
import { session } from '@/session/session';
import { preview } from '../fixtures/buying.mjs';
import { answer } from '../fixtures/mall.mjs';
import { stores } from '../fixtures/stores.mjs';
import { forget, overrides } from './render';

vi.mock('@/platform/transport', async () => ({ transport: (await import('./render')).fixtureTransport }));

const store = { ...(stores[0] as StoreCard), canDeliver: true };
const slot = (from: string, left: number) => ({ id: `2026-11-23.${from}`, day: '2026-11-23', from, to: '20:00', left });
const options = (slots: object[]) => {
  const usual = answer('GET', '/api/m/stores/1/fulfil', undefined, {}) as { delivery: object };
  return {
    ...usual,
    delivery: { ...usual.delivery, isOffered: true, problem: null, distanceM: 900, feeFen: 600, slots },
  };
};
const delivered = { ...(preview('SHIP') as object), fulfil: 'DELIVERY', freightFen: 600 };
/** What a preview answers: one thing for local delivery, the usual for any other way. */
const priced = (local: object) => (body: { fulfil: string }) => (body.fulfil === 'DELIVERY' ? local : preview('SHIP'));
const refuse = (code: string, message: string) => ({ $status: 409, json: { code, message } });

/** The checkout with a local delivery and its first slot chosen. */
async function openWithSlot(): Promise<void> {
  overrides['POST /checkout/preview'] = priced(delivered);
  overrides['GET /stores/1/fulfil'] = options([slot('14:00', 1), slot('18:00', 3)]);
  render(<Checkout />);
  await screen.findByTestId('checkout-total');
  fireEvent.click(screen.getByTestId('fulfil-DELIVERY'));
  fireEvent.click(await screen.findByTestId('slot-2026-11-23.14:00'));
  await waitFor(() => expect(screen.getByTestId('submit-order').textContent).toContain('微信支付'));
}

beforeEach(() => {
  forget();
  forgetQueries();
  session.set({ status: 'member', profile: null });
  currentStore.patch({ status: 'ready', store, rule: 'LINK', reason: '', guide: null });
  checkoutDraft.set({ storeId: '1', lines: [{ skuId: '10101', qty: 1 }], from: 'now' });
  vi.spyOn(wx, 'chooseLocation').mockResolvedValue({ name: '青年路', address: '', latitude: 30.25, longitude: 120.16 });
});

describe('a checkout with a delivery slot that stood open for too long', () => {
  it('shows the slots that are left when the chosen one went while paying, and asks for another', async () => {
    await openWithSlot();
    overrides['POST /orders'] = refuse('SLOT_FULL', '这个配送时段刚刚约满，换一个吧');
    overrides['GET /stores/1/fulfil'] = options([slot('18:00', 3)]);
    fireEvent.click(screen.getByTestId('submit-order'));
    await waitFor(() => expect(screen.queryByTestId('slot-2026-11-23.14:00')).toBeNull());
    expect(screen.getByTestId('slot-2026-11-23.18:00').getAttribute('aria-checked')).toBe('false');
    expect(screen.getByTestId('submit-order').textContent).toContain('请先选择送达时段');
  });

  it('goes back to another way with the reason when the store has shut meanwhile', async () => {
    await openWithSlot();
    const shut = refuse('DELIVERY_NOT_OFFERED', '门店现在没有营业，暂时不能同城配送');
    overrides['POST /orders'] = shut;
    overrides['POST /checkout/preview'] = priced(shut);
    fireEvent.click(screen.getByTestId('submit-order'));
    expect((await screen.findByTestId('delivery-refused')).textContent).toContain('门店现在没有营业');
    expect(screen.getByTestId('fulfil-DELIVERY').getAttribute('aria-checked')).toBe('false');
  });
});
