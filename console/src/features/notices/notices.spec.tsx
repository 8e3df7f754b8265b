import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { findAllIds, findId, type Override, renderApp } from '../../testing/render-app';
import type { NoticeKind, WechatTemplate } from './api';
import { fieldsFor, guessFields, standingOf } from './model';

const kind: NoticeKind = {
  kind: 'ORDER_SHIPPED',
  title: '发货提醒',
  when: '门店发货后',
  template: null,
  fields: [
    { field: 'goods', title: '商品', sample: '羽绒服', types: ['thing'] },
    { field: 'company', title: '快递公司', sample: '顺丰速运', types: ['thing'] },
    { field: 'trackingNo', title: '快递单号', sample: 'SF1', types: ['character_string'] },
  ],
};
const template: WechatTemplate = {
  templateId: 'TPL_SHIPPED',
  title: '订单发货通知',
  isLasting: false,
  keywords: [
    { key: 'thing1', label: '商品名称', example: '羽绒服' },
    { key: 'thing2', label: '快递公司', example: '顺丰' },
    { key: 'character_string3', label: '运单号', example: 'SF1' },
  ],
};
const set = (more: Partial<NonNullable<NoticeKind['template']>> = {}): NoticeKind => ({
  ...kind,
  template: {
    templateId: 'TPL_SHIPPED',
    title: '订单发货通知',
    isOn: true,
    isLasting: false,
    problem: null,
    isPaused: false,
    keywords: [],
    updatedAt: '2026-11-22T02:00:00.000Z',
    updatedBy: '总部',
    ...more,
  },
});
const sent = {
  id: '9',
  kind: 'ORDER_SHIPPED',
  title: '发货提醒',
  memberId: '1',
  memberName: '林小满',
  state: 'FAILED',
  stateText: '没有发出',
  reason: '微信不接受关键词 thing1 的内容',
  errcode: 47003,
  attempts: 1,
  lines: [],
  page: null,
  at: '2026-11-22T02:00:00.000Z',
  doneAt: null,
};
const STATES = [
  { state: 'SENT', text: '已发送' },
  { state: 'STOPPED', text: '顾客已关闭' },
];
const server =
  (kinds: NoticeKind[], saved: unknown[] = []): Override =>
  ({ method, path, body }) => {
    if (method === 'PUT' && path === '/api/c/notice-kinds/ORDER_SHIPPED') {
      saved.push(body);
      return { status: 200, body: set() };
    }
    const bodies: Record<string, unknown> = {
      '/api/c/notice-kinds': { items: kinds, states: STATES },
      '/api/c/wechat-templates': { items: [template] },
      '/api/c/notices': { items: [sent], nextCursor: null },
    };
    return path in bodies ? { status: 200, body: bodies[path] } : undefined;
  };

describe('filling a template', () => {
  it('offers for a keyword only what its type can hold', () => {
    expect(fieldsFor(kind, 'character_string3').map(({ field }) => field)).toEqual(['trackingNo']);
    expect(fieldsFor(kind, 'amount9')).toEqual([]);
  });
  it('guesses by name, and by type where only one fits', () => {
    expect(guessFields(kind, template)).toEqual({
      thing1: 'goods',
      thing2: 'company',
      character_string3: 'trackingNo',
    });
  });
  it.each([
    [kind, '未配置'],
    [set(), '发送中'],
    [set({ isOn: false }), '已停用'],
    [set({ problem: '微信不接受', isPaused: false }), '有问题'],
    [set({ problem: '微信不认识', isPaused: true }), '已暂停'],
  ])('says how a kind stands (%#)', (one, text) => {
    expect(standingOf(one).text).toBe(text);
  });
});

it('shows headquarters what WeChat has against a template, and why a message did not go out', async () => {
  renderApp({ at: '/notices', override: server([set({ problem: '微信不认识这个模板', isPaused: true })]) });
  const [row] = await findAllIds('notice-kind-row');
  expect(within(row as HTMLElement).getByTestId('notice-problem').textContent).toBe('微信不认识这个模板');
  fireEvent.click(within(await findId('notices-tab')).getByText('发送记录'));
  expect((await findId('notice-row')).textContent).toContain('微信不接受关键词 thing1 的内容（47003）');
  fireEvent.mouseDown(within(await findId('filter-state')).getByRole('combobox'));
  expect(await screen.findByTitle('顾客已关闭')).toBeTruthy();
});

it('saves what fills each keyword of the chosen template', async () => {
  const saved: unknown[] = [];
  const keywords = [
    { key: 'thing1', label: '商品名称', field: 'goods' },
    { key: 'thing2', label: '快递公司', field: 'company' },
    { key: 'character_string3', label: '运单号', field: 'trackingNo' },
  ];
  renderApp({ at: '/notices', override: server([set({ keywords })], saved) });
  fireEvent.click(await findId('notice-kind-row'));
  await findId('keyword-thing1');
  fireEvent.click(screen.getByTestId('form-submit'));
  await waitFor(() => expect(saved).toHaveLength(1));
  expect(saved[0]).toEqual({
    templateId: 'TPL_SHIPPED',
    isOn: true,
    keywords: [
      { key: 'thing1', field: 'goods' },
      { key: 'thing2', field: 'company' },
      { key: 'character_string3', field: 'trackingNo' },
    ],
  });
});
