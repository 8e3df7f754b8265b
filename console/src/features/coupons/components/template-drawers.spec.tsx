import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CouponTemplateDetail } from '../../../lib/types';
import { CodesDrawer } from './codes-drawer';
import { IssueDrawer } from './issue-drawer';
import { RevokeDrawer } from './revoke-drawer';

const acts = vi.hoisted(() => ({ importCodes: vi.fn(), revoke: vi.fn(), issue: vi.fn() }));
const members = vi.hoisted(() => vi.fn());
vi.mock('../../../lib/api', () => ({ api: { console: { members } } }));
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

describe('giving a coupon to members', () => {
  const choose = async () => {
    members.mockResolvedValue({ items: [{ profile: { id: '7', nickname: '许安之', phoneMasked: null } }] });
    const search = screen.getByLabelText('会员');
    fireEvent.mouseDown(search);
    fireEvent.change(search, { target: { value: '许' } });
    fireEvent.click(await screen.findByText('许安之', { selector: '.ant-select-item-option-content' }, soon));
    type('原因', '补偿晚到的快递');
    fireEvent.click(await screen.findByText('发给 1 位', {}, soon));
  };

  it('names who was refused, and lets nobody stay chosen for the next press', async () => {
    acts.issue.mockResolvedValue({ issued: 0, refused: [{ memberId: '7', text: '已经领满' }] });
    show(<IssueDrawer one={one} isOpen onClose={() => undefined} />);
    await choose();
    await screen.findByText('许安之：已经领满', {}, soon);
    const button = (await screen.findByText('发给 0 位', {}, soon)).closest('button') as HTMLButtonElement;
    expect(button.disabled).toBe(true);
    expect(acts.issue).toHaveBeenCalledWith(['7'], '补偿晚到的快递');
  });

  it('keeps the choice when nothing was given', async () => {
    acts.issue.mockRejectedValue(new Error('no'));
    show(<IssueDrawer one={one} isOpen onClose={() => undefined} />);
    await choose();
    await screen.findByText('没有发出', {}, soon);
    expect(screen.getByText('发给 1 位')).toBeTruthy();
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
