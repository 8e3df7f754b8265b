/// <reference lib="dom" />

import type { ChatMessage } from '../chat-store.js';
import { get, post } from './api.js';
import { bubble, noticeCard } from './bubbles.js';
import { avatar, h, show, when } from './dom.js';
import { icon } from './icons.js';
import type { GuideProfile, Phone } from './phone-types.js';

const GAP_MS = 300_000;

function rows(phone: Phone, messages: ChatMessage[], guide: GuideProfile | undefined): HTMLElement[] {
  const openers = {
    miniappName: phone.home.miniapp.name,
    openPage: (page: string) => phone.openMiniapp(page),
    openUrl: (url: string) => window.open(url, '_blank'),
  };
  const out: HTMLElement[] = [];
  let before = 0;
  for (const message of messages) {
    if (message.at - before > GAP_MS) out.push(h('div', { class: 'stamp' }, when(message.at, phone.home.nowMs)));
    before = message.at;
    if (message.channel === 'subscribe') {
      out.push(h('div', { class: 'notice-line', testid: 'message' }, noticeCard(message, openers)));
      continue;
    }
    const own = message.from === 'consumer';
    const face = own
      ? avatar(phone.home.me.nickname, phone.home.me.avatar, 40)
      : avatar(guide?.name ?? '', guide?.avatar, 40);
    out.push(
      h(
        'div',
        { class: `line${own ? ' own' : ''}`, testid: 'message', 'data-channel': message.channel },
        face,
        bubble(message, openers),
      ),
    );
  }
  return out;
}

/** One chat: with a guide, or the service notices of the mini-program. */
export function threadScreen(phone: Phone, id: string): { screen: HTMLElement; reload: () => Promise<void> } {
  const title = h('h1', {}, '');
  const flow = h('div', { class: 'flow' });
  const input = h('input', {
    class: 'reply',
    placeholder: '发消息',
    testid: 'reply-input',
    'aria-label': '发消息',
  }) as HTMLInputElement;
  const foot = h('form', { class: 'reply-bar' }, input, h('button', { class: 'send', testid: 'reply-send' }, '发送'));
  foot.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value.trim();
    input.value = '';
    if (text) void post(`/desk/phone/${phone.key}/reply`, { userid: id, text });
  });
  const screen = h(
    'div',
    { class: 'screen thread' },
    h(
      'header',
      { class: 'bar' },
      h(
        'button',
        { class: 'bar-side', type: 'button', 'aria-label': '返回', testid: 'thread-back', onClick: () => phone.back() },
        icon('back', 26),
      ),
      title,
    ),
    flow,
    id === 'service-notices' ? undefined : foot,
  );
  const reload = async (): Promise<void> => {
    const { guide, messages } = await get<{ guide?: GuideProfile; messages: ChatMessage[] }>(
      `/desk/phone/${phone.key}/thread/${encodeURIComponent(id)}`,
    );
    show(title, guide ? guide.name : '服务通知', guide ? h('em', {}, `@${guide.corp}`) : undefined);
    const empty = h('div', { class: 'stamp' }, guide ? `你已添加了${guide.name}，现在可以开始聊天了` : '还没有通知');
    show(flow, messages.length > 0 ? rows(phone, messages, guide) : empty);
    flow.scrollTop = flow.scrollHeight;
  };
  return { screen, reload };
}
