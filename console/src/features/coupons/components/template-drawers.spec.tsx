import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CouponTemplateDetail } from '../../../lib/types';
import { CodesDrawer } from './codes-drawer';
import { RevokeDrawer } from './revoke-drawer';

const acts = vi.hoisted(() => ({ importCodes: vi.fn(), revoke: vi.fn() }));
vi.mock('../api', () => ({ useTemplateActs: () => acts }));

const one = { id: '801', face: { name: '初雪满减券' } } as CouponTemplateDetail;
const show = (drawer: ReactNode) => {
  const client = new QueryClient({ defaultOptions: { mutations: { retry: false } } });
  render(<QueryClientProvider client={client}>{drawer}</QueryClientProvider>);
};
const soon = { timeout: 15_000 };
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
beforeEach(() => void vi.resetAllMocks());

describe('bringing in printed codes', () => {
  it('says how many were new, and is ready for the next', async () => {
    acts.importCodes.mockResolvedValue({ added: 2, known: [] });
    show(<CodesDrawer one={one} isOpen onClose={() => undefined} />);
    type('兑换码', 'SHUKE001\nSHUKE002');
    fireEvent.click(screen.getByText('导入 2 个'));
    await screen.findByText('导入 2 个', { selector: '.ant-alert *' }, soon);
    await waitFor(() => expect((screen.getByLabelText('兑换码') as HTMLTextAreaElement).value).toBe(''), soon);
    expect(acts.importCodes).toHaveBeenCalledWith(['SHUKE001', 'SHUKE002']);
  });

  it('keeps the codes when the server refuses them, and says so', async () => {
    acts.importCodes.mockRejectedValue(new Error('no'));
    show(<CodesDrawer one={one} isOpen onClose={() => undefined} />);
    type('兑换码', 'SHUKE001');
    fireEvent.click(screen.getByText('导入 1 个'));
    await screen.findByText('没有导入', {}, soon);
    expect((screen.getByLabelText('兑换码') as HTMLTextAreaElement).value).toBe('SHUKE001');
  });
});

describe('withdrawing all coupons of a template', () => {
  it('asks for a reason first, and says how many stay', async () => {
    acts.revoke.mockResolvedValue({ revoked: 3, usedKept: 1, lockedKept: 1 });
    show(<RevokeDrawer one={one} isOpen onClose={() => undefined} />);
    const button = screen.getByText('全部撤回').closest('button') as HTMLButtonElement;
    expect(button.disabled).toBe(true);
    type('撤回原因', '印错了门槛');
    fireEvent.click(button);
    await screen.findByText('1 张已经用掉，1 张在订单里', {}, soon);
    expect(acts.revoke).toHaveBeenCalledWith('印错了门槛');
  });
});
