import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ChatPage } from '../src/features/contact';
import { WecomProblem } from '../src/platform/wecom-problem';
import { CONTACT_PREFIX } from '../src/session/session';
import { fakeServer } from './fake-server';
import { fakeWecom, show } from './fake-wecom';
import { Refusal } from './fixtures/answers';
import { contact, NOW, newContact, othersContact } from './fixtures/people';

const chat = (over = {}) => show(<ChatPage firstContact={null} />, fakeWecom(over));
const words = () => screen.getByTestId<HTMLTextAreaElement>('send-words');
const lost = () => {
  throw new TypeError('no network');
};

describe('who is in this chat', () => {
  it('shows the person, the binding, last purchase and next actions from one request', async () => {
    const server = fakeServer();
    chat();
    expect(screen.getByTestId('contact-bones')).toBeTruthy();
    expect((await screen.findByTestId('contact-name')).textContent).toBe('陈屿 徒步');
    expect(screen.getByTestId('binding-text').dataset.relation).toBe('MINE');
    expect(screen.getByTestId('last-bought').textContent).toContain('轻暖连帽鹅绒服');
    expect(screen.getByTestId('expected-next').textContent).toBe('12 月上旬');
    expect(screen.getAllByTestId('now-action')).toHaveLength(2);
    expect(server.calls.map((call) => call.key)).toEqual([`GET /api/g/contacts/${contact.externalUserId}`]);
  });

  it("shows another guide's customer with their guide and without orders, tags, trail or send bar", async () => {
    fakeServer();
    const { wecom } = chat({ currentContact: vi.fn(async () => othersContact.externalUserId) });
    expect((await screen.findByTestId('limited-view')).textContent).toContain('周宁');
    expect(screen.getByTestId('binding-text').dataset.relation).toBe('OTHERS');
    for (const id of ['send-bar', 'tab-orders', 'tab-trail', 'tags', 'now-actions'])
      expect(screen.queryByTestId(id)).toBeNull();
    fireEvent.click(screen.getByTestId('ask-owner'));
    await waitFor(() => expect(wecom.openMemberChat).toHaveBeenCalledWith('zhouning'));
  });

  it('says of somebody who shares nothing with the store that it is their choice, and lets the guide go on chatting', async () => {
    const bare = { tags: [], corpTags: [], facts: [], sizes: [], recentOrders: [], trail: [], nextActions: [] };
    fakeServer({ 'GET /api/g/contacts/:x': () => ({ ...contact, ...bare, isShared: false, profile: null }) });
    chat();
    expect((await screen.findByTestId('unshared')).textContent).toContain('顾客自己的选择');
    for (const id of ['tab-orders', 'tab-trail', 'tags', 'last-bought']) expect(screen.queryByTestId(id)).toBeNull();
    expect(screen.queryByText('还不是会员')).toBeNull();
    expect(screen.getByTestId('send-bar')).toBeTruthy();
  });

  it('offers the invitation to someone who has no guide yet', async () => {
    fakeServer();
    chat({ currentContact: vi.fn(async () => newContact.externalUserId) });
    expect((await screen.findByTestId('binding-text')).dataset.relation).toBe('NONE');
    expect(screen.getByTestId('now-action-button').textContent).toBe('发邀请');
  });

  it('says that somebody is not known, why that may be, and finds them when asked again', async () => {
    const server = fakeServer({ 'GET /api/g/contacts/:x': () => new Refusal(404, 'NOT_FOUND', '没有找到你要的内容') });
    chat();
    expect(await screen.findByText('没有找到这位客户')).toBeTruthy();
    server.table['GET /api/g/contacts/:x'] = () => contact;
    fireEvent.click(screen.getByTestId('retry'));
    expect((await screen.findByTestId('contact-name')).textContent).toBe(contact.remark);
  });

  it('shows what failed with its trace id, and a retry that works', async () => {
    const server = fakeServer({
      'GET /api/g/contacts/:x': () => new Refusal(500, 'INTERNAL', '服务开小差了', 'tr-77'),
    });
    chat();
    expect((await screen.findByTestId('problem-code')).textContent).toContain('tr-77');
    server.table['GET /api/g/contacts/:x'] = () => contact;
    fireEvent.click(screen.getByTestId('retry'));
    expect(await screen.findByTestId('contact-name')).toBeTruthy();
  });

  it('shows the remembered person with its age when the network is gone', async () => {
    sessionStorage.setItem(
      `${CONTACT_PREFIX}${contact.externalUserId}`,
      JSON.stringify({ at: NOW - 180_000, view: contact }),
    );
    fakeServer({ 'GET /api/g/contacts/:x': lost });
    vi.spyOn(Date, 'now').mockReturnValue(NOW);
    chat();
    expect(await screen.findByTestId('contact-name')).toBeTruthy();
    expect((await screen.findByTestId('stale', {}, { timeout: 4000 })).textContent).toContain('3 分钟前');
  });

  it('wecom-26: explains a missing permission and still leads to the workbench', async () => {
    fakeServer();
    const refuse = vi.fn(async () => {
      throw new WecomProblem('PERMISSION', 'getCurExternalContact', 'getCurExternalContact:fail no permission');
    });
    chat({ currentContact: refuse });
    expect((await screen.findByRole('alert')).textContent).toContain('可见范围');
    expect(screen.getByTestId('problem-code').textContent).toContain('WW-PERMISSION');
    expect(screen.getByText('先看今天的任务')).toBeTruthy();
  });

  it('follows the chat when the page comes back to the front, and drops the words of the person before', async () => {
    fakeServer();
    let present = contact.externalUserId;
    chat({ currentContact: vi.fn(async () => present) });
    await screen.findByText('陈屿 徒步');
    fireEvent.change(words(), { target: { value: '给陈屿的话' } });
    present = newContact.externalUserId;
    fireEvent(document, new Event('visibilitychange'));
    expect(await screen.findByText('何岚')).toBeTruthy();
    expect(words().value).toBe('');
  });
});

describe('sending in the chat', () => {
  it('prepares words for an action, sends words then card, reports once and clears the bar', async () => {
    const server = fakeServer();
    const { wecom } = chat();
    fireEvent.click((await screen.findAllByTestId('now-action-button'))[0]!);
    await waitFor(() => expect(words().value).toContain('冰川长款'));
    fireEvent.click(screen.getByTestId('send-button'));
    fireEvent.click(screen.getByTestId('send-button'));
    await waitFor(() => expect(server.named('/report')).toHaveLength(1));
    expect(wecom.sendText).toHaveBeenCalledTimes(1);
    expect(wecom.sendCard).toHaveBeenCalledTimes(1);
    const order = [wecom.sendText, wecom.sendCard].map((fn) => vi.mocked(fn).mock.invocationCallOrder[0]!);
    expect(order[0]).toBeLessThan(order[1]!);
    expect(server.named('/sends/7001/report')[0]!.body).toEqual({ result: 'SENT' });
    expect(server.named(`${contact.externalUserId}/sends`)).toHaveLength(1);
    expect(words().value).toBe('');
  });

  it('sends edited words, not the prepared ones', async () => {
    const server = fakeServer();
    const { wecom } = chat();
    fireEvent.click((await screen.findAllByTestId('now-action-button'))[0]!);
    await waitFor(() => expect(words().value).not.toBe(''));
    fireEvent.change(words(), { target: { value: '我改过的话' } });
    fireEvent.click(screen.getByTestId('send-button'));
    await waitFor(() => expect(wecom.sendText).toHaveBeenCalledWith('我改过的话'));
    expect(server.named(`${contact.externalUserId}/sends`)[1]!.body).toEqual({ words: '我改过的话', productId: '501' });
  });

  it('keeps the words and reports a cancelled send as cancelled', async () => {
    const server = fakeServer();
    const { wecom } = chat({ sendText: vi.fn(async () => 'CANCELLED' as const) });
    fireEvent.change(await screen.findByTestId('send-words'), { target: { value: '在吗' } });
    fireEvent.click(screen.getByTestId('send-button'));
    await waitFor(() => expect(server.named('/report')[0]?.body).toEqual({ result: 'CANCELLED' }));
    expect(wecom.sendCard).not.toHaveBeenCalled();
    expect(words().value).toBe('在吗');
  });

  it('never repeats words that left when only the card failed: it offers the card alone', async () => {
    fakeServer();
    const sendCard = vi.fn(async () => 'SENT' as const);
    sendCard.mockRejectedValueOnce(new WecomProblem('REJECTED', 'sendChatMessage', 'sendChatMessage:fail'));
    const { wecom } = chat({ sendCard });
    fireEvent.change(await screen.findByTestId('send-words'), { target: { value: '看看这件' } });
    fireEvent.click(screen.getByTestId('send-button'));
    fireEvent.click(await screen.findByTestId('leftover-settle'));
    await waitFor(() => expect(screen.queryByTestId('leftover')).toBeNull());
    expect(wecom.sendText).toHaveBeenCalledTimes(1);
    expect(sendCard).toHaveBeenCalledTimes(2);
  });

  it('sends nothing when the chat is with somebody else by now', async () => {
    const server = fakeServer();
    let present = contact.externalUserId;
    const { wecom } = chat({ currentContact: vi.fn(async () => present) });
    fireEvent.change(await screen.findByTestId('send-words'), { target: { value: '给陈屿的话' } });
    present = newContact.externalUserId;
    fireEvent.click(screen.getByTestId('send-button'));
    expect(await screen.findByText('何岚')).toBeTruthy();
    expect(wecom.sendText).not.toHaveBeenCalled();
    expect(server.named('/sends')).toEqual([]);
  });

  it('wecom-27: on a client that cannot send, copies the words and lets the guide say they were pasted', async () => {
    const server = fakeServer();
    const copy = vi.fn(async () => undefined);
    vi.stubGlobal('navigator', Object.assign(navigator, { clipboard: { writeText: copy } }));
    chat({
      sendText: vi.fn(async () => {
        throw new WecomProblem('UNSUPPORTED', 'sendChatMessage', 'sendChatMessage:fail function not exist');
      }),
    });
    fireEvent.change(await screen.findByTestId('send-words'), { target: { value: '手动发' } });
    fireEvent.click(screen.getByTestId('send-button'));
    await screen.findByTestId('leftover');
    expect(copy).toHaveBeenCalledWith('手动发');
    expect(server.named('/report')).toEqual([]);
    fireEvent.click(screen.getByTestId('leftover-settle'));
    await waitFor(() => expect(server.named('/report')[0]?.body?.result).toBe('SENT'));
  });
});

describe('tags', () => {
  const open = async () => {
    chat();
    return within(await screen.findByTestId('tags'));
  };

  it('tells why a tag is there', async () => {
    fakeServer();
    const tags = await open();
    fireEvent.click(tags.getByText('快到复购期'));
    expect((await screen.findByTestId('tag-reason')).textContent).toContain('平均 68 天买一次');
  });

  it('says where a tag stands in WeCom, and looks again until WeCom has answered', async () => {
    const [tag, ...others] = contact.tags;
    const standing = (state: 'WAITING' | 'MARKED', text: string) => ({
      ...contact,
      tags: [{ ...tag!, wecom: { state, text } }, ...others],
      corpTags: [{ groupName: '在意什么', name: '怕冷', note: '正在从企业微信去掉' }],
    });
    let isAnswered = false;
    const server = fakeServer({
      'GET /api/g/contacts/:x': () =>
        isAnswered ? standing('MARKED', '企业微信里也有') : standing('WAITING', '正在写到企业微信'),
    });
    const tags = await open();
    expect(screen.getByTestId('corp-tags').textContent).toContain('正在从企业微信去掉');
    fireEvent.click(tags.getByText(tag!.name));
    expect((await screen.findByTestId('tag-wecom')).textContent).toBe('正在写到企业微信');
    isAnswered = true;
    await waitFor(() => expect(screen.getByTestId('tag-wecom').textContent).toBe('企业微信里也有'), { timeout: 4000 });
    const asked = server.named('/contacts/').length;
    expect(asked).toBe(2);
  });

  it('adds a tag from the library with its evidence, and can undo it', async () => {
    const server = fakeServer();
    await open();
    fireEvent.click(screen.getByTestId('tag-add'));
    fireEvent.click(await screen.findByText('喜欢宽松'));
    fireEvent.change(screen.getByTestId('tag-evidence'), { target: { value: '试穿选大一码' } });
    fireEvent.click(screen.getByTestId('tag-save'));
    await waitFor(() => expect(within(screen.getByTestId('tags')).getByText('喜欢宽松')).toBeTruthy());
    expect(server.named('/tags').find((call) => call.key.startsWith('POST'))!.body).toEqual({
      tagId: '15',
      evidence: '试穿选大一码',
    });
    fireEvent.click(await screen.findByTestId('snackbar-button'));
    await waitFor(() => expect(within(screen.getByTestId('tags')).queryByText('喜欢宽松')).toBeNull());
  });

  it('takes a removed tag back without asking the server when undone', async () => {
    const server = fakeServer();
    const tags = await open();
    fireEvent.click(tags.getByText('喜欢短款'));
    fireEvent.click(await screen.findByTestId('tag-remove'));
    await waitFor(() => expect(within(screen.getByTestId('tags')).queryByText('喜欢短款')).toBeNull());
    fireEvent.click(await screen.findByTestId('snackbar-button'));
    await waitFor(() => expect(within(screen.getByTestId('tags')).getByText('喜欢短款')).toBeTruthy());
    expect(server.calls.filter((call) => call.key.startsWith('DELETE'))).toEqual([]);
  });

  it('removes it for good when the page is left', async () => {
    const server = fakeServer();
    const tags = await open();
    fireEvent.click(tags.getByText('喜欢短款'));
    fireEvent.click(await screen.findByTestId('tag-remove'));
    act(() => void window.dispatchEvent(new Event('pagehide')));
    await waitFor(() =>
      expect(server.calls.some((call) => call.key.endsWith('/tags/11') && call.key.startsWith('DELETE'))).toBe(true),
    );
  });
});
