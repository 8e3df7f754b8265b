import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { findAllIds, findId, type Override, renderApp } from '../../testing/render-app';

const face = {
  name: '初雪满减券',
  kind: 'AMOUNT',
  worth: '100',
  unit: '元',
  conditionText: '满 999 元可用',
  scopeText: '全场可用',
  storeText: '全部门店',
};
const view = {
  id: '801',
  code: 'Q801',
  version: 2,
  status: 'ACTIVE',
  face,
  validText: '领取后 30 天内有效',
  purpose: 'REPEAT',
  bearerText: '总部 60%，加盟商 40%',
  totalCount: 5000,
  issuedCount: 12,
  reservedCount: 1,
  usedCount: 3,
  useRateBp: 2500,
  budgetFen: 30_000_000,
  committedFen: 90_000,
  spentFen: 30_000,
  isPublic: true,
  forGuides: true,
  hasOptedIn: null,
  createdAt: '2026-11-13T01:00:00.000Z',
};
const detail = {
  ...view,
  input: {
    name: face.name,
    purpose: 'REPEAT',
    scenes: [],
    ruleText: '',
    displayOrder: 1,
    guidePerDay: null,
    guidePerMonth: null,
    totalCount: 5000,
    budgetFen: 30_000_000,
    terms: {
      stack: { mode: 'JOINT', category: 'gift', perOrder: 2 },
      canGive: true,
      isRefundable: true,
    },
    take: { isPublic: true, forGuides: true, afterPayFromFen: null, perMember: 1, newMembersOnly: false },
  },
  versions: [{ version: 2, at: '2026-11-13T01:00:00.000Z', by: '总部', couponCount: 12 }],
  bySource: [{ source: 'TAKE', issued: 12, used: 3 }],
  byStore: [{ storeId: '1001', storeName: '湖滨店', used: 3, discountFen: 30_000 }],
  byGuide: [],
};
const page = (items: unknown[]) => ({ items, nextCursor: null });

/** A server with one template; `given` bends what it answers about it. */
function couponServer(given: Record<string, unknown> = {}): Override {
  return ({ path, method }) => {
    if (path === '/api/c/coupon-templates' && method === 'GET')
      return { status: 200, body: page([{ ...view, ...given }]) };
    if (path === '/api/c/coupon-templates/801') return { status: 200, body: { ...detail, ...given } };
    if (path === '/api/c/coupon-templates/801/join')
      return { status: 200, body: { ...view, ...given, hasOptedIn: true } };
    if (path === '/api/c/coupon-templates/801/status')
      return { status: 200, body: { ...detail, ...given, status: 'PAUSED' } };
    return undefined;
  };
}

describe('coupon templates', () => {
  it('show headquarters the budget as words: what is spent and may still be spent', async () => {
    renderApp({ at: '/coupons', override: couponServer() });
    const [row] = await findAllIds('template-row');
    expect(row?.textContent).toContain('12 / 5,000');
    expect(
      within(row as HTMLElement).getByRole('img', {
        name: '预算 ¥300,000.00，已花 ¥300.00，发出未用最多还要 ¥900.00',
      }),
    ).toBeTruthy();
    expect(screen.getByTestId('template-new')).toBeTruthy();
  });

  it('show a franchisee its own stores’ counts and its answer, and no budget', async () => {
    renderApp({ at: '/coupons', role: 'FRANCHISEE', override: couponServer({ hasOptedIn: false, budgetFen: null }) });
    const [row] = await findAllIds('template-row');
    expect(row?.textContent).toContain('还没参加');
    expect(row?.textContent).not.toContain('5,000');
    expect(screen.getAllByText('我的门店发出').length).toBeGreaterThan(0);
    expect(screen.queryByRole('columnheader', { name: '预算' })).toBeNull();
    expect(screen.queryByTestId('template-new')).toBeNull();
  });

  it('are narrowed by the server, and say why nothing is left', async () => {
    const { calls } = renderApp({
      at: '/coupons?status=PAUSED',
      override: (call) =>
        call.path === '/api/c/coupon-templates' ? { status: 200, body: page([]) } : couponServer()(call),
    });
    expect((await findId('empty')).textContent).toContain('没有');
    expect(calls.find((call) => call.path === '/api/c/coupon-templates')?.query).toContain('status=PAUSED');
  });
});

describe('one coupon template', () => {
  it('lets headquarters pause it after saying what stays', async () => {
    const { calls } = renderApp({ at: '/coupons/801', override: couponServer() });
    fireEvent.click(await findId('template-pause'));
    await screen.findByText('已经在顾客手里的照常能用，随时可以恢复。');
    fireEvent.click(screen.getByTestId('template-pause-confirm'));
    await waitFor(() =>
      expect(calls.find((call) => call.path.endsWith('/status'))?.body).toEqual({ status: 'PAUSED' }),
    );
    await findId('template-publish');
  });

  it('lets a franchisee join, names who bears the cost first, and offers nothing of headquarters', async () => {
    const { calls } = renderApp({
      at: '/coupons/801',
      role: 'FRANCHISEE',
      override: couponServer({ hasOptedIn: false, budgetFen: null }),
    });
    const figures = await findId('template-figures');
    expect(figures.textContent).toContain('在我的门店用掉');
    expect(figures.textContent).not.toContain('预算');
    expect(screen.queryByTestId('template-edit')).toBeNull();
    fireEvent.click(screen.getByTestId('template-join'));
    await screen.findByText('优惠由总部 60%，加盟商 40%承担。');
    fireEvent.click(screen.getByTestId('template-join-confirm'));
    await waitFor(() => expect(calls.find((call) => call.path.endsWith('/join'))?.body).toEqual({ isIn: true }));
  });

  it('cannot be made or changed by a franchisee', async () => {
    renderApp({ at: '/coupons/801/edit', role: 'FRANCHISEE', override: couponServer() });
    expect((await findId('empty')).textContent).toContain('总部管理');
  });
});
