/// <reference lib="dom" />
import { avatar, h, when } from './dom.js';
import { icon } from './icons.js';
import type { Phone, Thread } from './phone-types.js';

function threadRow(phone: Phone, thread: Thread): HTMLElement {
  const face =
    thread.kind === 'notices'
      ? h('span', { class: 'avatar notice-face', style: 'width:48px;height:48px' }, icon('bell', 26))
      : avatar(thread.name, thread.avatar, 48);
  return h(
    'button',
    { class: 'row', testid: `thread-${thread.id}`, type: 'button', onClick: () => phone.openThread(thread.id) },
    h(
      'span',
      { class: 'row-face' },
      face,
      thread.unread > 0 ? h('i', { class: 'badge' }, String(thread.unread)) : undefined,
    ),
    h(
      'span',
      { class: 'row-body' },
      h(
        'span',
        { class: 'row-top' },
        h('strong', {}, thread.name, thread.kind === 'guide' ? h('em', {}, `@${phone.home.corpName}`) : undefined),
        h('time', {}, when(thread.at, phone.home.nowMs)),
      ),
      h('span', { class: 'row-sum' }, thread.summary),
    ),
  );
}

function chats(phone: Phone): HTMLElement {
  if (phone.home.threads.length > 0)
    return h(
      'div',
      { class: 'rows' },
      phone.home.threads.map((t) => threadRow(phone, t)),
    );
  return h(
    'div',
    { class: 'empty' },
    icon('chat', 44),
    h('p', {}, '还没有聊天'),
    h('p', { class: 'dim' }, '扫一位导购的码，就能在这里收到消息'),
    h('button', { class: 'green-line', type: 'button', onClick: () => void scan(phone) }, '扫一扫'),
  );
}

async function scan(phone: Phone): Promise<void> {
  const text = await phone.openScan();
  if (text) phone.glass.dispatchEvent(new CustomEvent('phone-follow', { detail: text }));
}

function cell(symbol: string, name: string, tint: string, testid: string, act: () => void, more?: string): HTMLElement {
  return h(
    'button',
    { class: 'cell', type: 'button', testid, onClick: act },
    h('span', { class: 'cell-icon', style: `color:${tint}` }, icon(symbol, 24)),
    h('span', { class: 'cell-name' }, name),
    more ? h('span', { class: 'cell-more' }, more) : undefined,
    icon('next', 18),
  );
}

function discover(phone: Phone): HTMLElement {
  return h(
    'div',
    { class: 'cells' },
    cell('scan', '扫一扫', '#2f6fd6', 'open-scan', () => void scan(phone)),
    h('div', { class: 'gap' }),
    cell('bag', phone.home.miniapp.name, '#6467f0', 'open-miniapp', () => phone.openMiniapp(''), '小程序'),
  );
}

function mine(phone: Phone): HTMLElement {
  const { me } = phone.home;
  return h(
    'div',
    { class: 'cells' },
    h(
      'div',
      { class: 'profile' },
      avatar(me.nickname, me.avatar, 64),
      h(
        'div',
        {},
        h('strong', {}, me.nickname),
        h('span', {}, `微信号：${me.key}`),
        me.city ? h('span', {}, `地区：${me.city}`) : undefined,
      ),
    ),
    h('div', { class: 'gap' }),
    h(
      'div',
      { class: 'cell plain' },
      h('span', { class: 'cell-name' }, '手机号'),
      h('span', { class: 'cell-more' }, me.phone ?? '未绑定'),
    ),
    h(
      'div',
      { class: 'cell plain' },
      h('span', { class: 'cell-name' }, '零钱'),
      h('span', { class: 'cell-more' }, '¥2,866.50'),
    ),
  );
}

/** The three tabs of the messenger. */
export function homeScreen(phone: Phone, tab: string, choose: (tab: string) => void): HTMLElement {
  const unread = phone.home.threads.reduce((sum, thread) => sum + thread.unread, 0);
  const titles: Record<string, string> = { chats: unread > 0 ? `微信(${unread})` : '微信', discover: '发现', me: '我' };
  const button = (name: string, label: string, symbol: string): HTMLElement =>
    h(
      'button',
      { class: `tab${tab === name ? ' on' : ''}`, type: 'button', testid: `tab-${name}`, onClick: () => choose(name) },
      h(
        'span',
        { class: 'row-face' },
        icon(symbol, 26),
        name === 'chats' && unread > 0 ? h('i', { class: 'badge' }, String(unread)) : undefined,
      ),
      label,
    );
  const body = tab === 'chats' ? chats(phone) : tab === 'discover' ? discover(phone) : mine(phone);
  return h(
    'div',
    { class: 'screen' },
    h(
      'header',
      { class: 'bar' },
      h('h1', {}, titles[tab] ?? ''),
      h(
        'button',
        {
          class: 'bar-side right',
          type: 'button',
          'aria-label': '扫一扫',
          testid: 'bar-scan',
          onClick: () => void scan(phone),
        },
        icon('scan', 24),
      ),
    ),
    h('div', { class: 'screen-body' }, body),
    h(
      'nav',
      { class: 'tabs' },
      button('chats', '微信', 'chat'),
      button('discover', '发现', 'compass'),
      button('me', '我', 'person'),
    ),
  );
}
