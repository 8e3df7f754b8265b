/// <reference lib="dom" />
import { avatar, h, when } from './dom.js';
import { icon } from './icons.js';

export interface Member {
  userid: string;
  name: string;
  avatar?: string;
  position?: string;
  status?: number;
}

export interface Contact {
  chat: string;
  consumer?: string;
  name: string;
  remark: string;
  avatar?: string;
  status: string;
  summary: string;
  at: number;
  unread: number;
}

export interface WindowHome {
  me: Member;
  nowMs: number;
  corpName: string;
  miniappName: string;
  browserOrigin: string;
  contacts: Contact[];
  notices: { summary: string; at?: number; unread: number };
  massWaiting: { msgid: string; text: string; attachments: number; count: number }[];
}

interface RailState {
  me: Member;
  view: string;
  unread: number;
  members: Member[];
  user: string;
}

/** The dark strip at the left: who sits here, messages, workbench. */
export function rail(state: RailState, go: (view: 'chats' | 'workbench') => void): HTMLElement {
  const item = (view: 'chats' | 'workbench', label: string, symbol: string): HTMLElement =>
    h(
      'button',
      {
        class: `rail-item${state.view === view ? ' on' : ''}`,
        type: 'button',
        testid: `rail-${view}`,
        onClick: () => go(view),
      },
      h(
        'span',
        { class: 'row-face' },
        icon(symbol, 24),
        view === 'chats' && state.unread > 0 ? h('i', { class: 'badge' }, String(state.unread)) : undefined,
      ),
      label,
    );
  const choose = h(
    'select',
    { class: 'seat', 'aria-label': '换一位导购', testid: 'guide-switch' },
    state.members.map((one) =>
      h(
        'option',
        { value: one.userid, ...(one.userid === state.user ? { selected: '' } : {}) },
        `${one.name} ${one.userid}`,
      ),
    ),
  ) as HTMLSelectElement;
  choose.addEventListener('change', () => {
    location.href = `/chat?as=${encodeURIComponent(choose.value)}`;
  });
  return h(
    'nav',
    { class: 'rail' },
    h('div', { class: 'rail-me', title: '换一位导购' }, avatar(state.me.name, state.me.avatar, 40), choose),
    item('chats', '消息', 'chat'),
    item('workbench', '工作台', 'desk'),
    h('a', { class: 'rail-item bottom', href: '/' }, icon('back', 22), '演示台'),
  );
}

function row(contact: Contact, now: number, on: boolean, select: (chat: string) => void): HTMLElement {
  return h(
    'button',
    {
      class: `person-row${on ? ' on' : ''}`,
      type: 'button',
      testid: `contact-${contact.consumer ?? contact.chat}`,
      'data-chat': contact.chat,
      onClick: () => select(contact.chat),
    },
    h(
      'span',
      { class: 'row-face' },
      avatar(contact.name, contact.avatar, 40),
      contact.unread > 0 ? h('i', { class: 'badge' }, String(contact.unread)) : undefined,
    ),
    h(
      'span',
      { class: 'person-body' },
      h(
        'span',
        { class: 'person-top' },
        h('strong', {}, contact.remark || contact.name, h('em', {}, '@微信')),
        h('time', {}, when(contact.at, now)),
      ),
      h('small', {}, contact.status === 'half' ? '申请添加你为联系人' : contact.summary || '你们已是联系人'),
    ),
  );
}

/** Mass messages that wait for the guide's own hand, work notices, then the contacts. */
export function contactList(
  home: WindowHome,
  chat: string,
  select: (chat: string) => void,
  confirm: (msgid: string) => void,
): HTMLElement[] {
  const mass = home.massWaiting.map((one) =>
    h(
      'div',
      { class: 'mass', testid: 'mass-waiting', 'data-msgid': one.msgid },
      h('strong', {}, `待发送的群发 · ${one.count} 位客户`),
      h('p', {}, one.text || `${one.attachments} 个附件`),
      h('button', { type: 'button', testid: 'mass-confirm', onClick: () => confirm(one.msgid) }, '确认发送'),
    ),
  );
  const notices = home.notices.at
    ? h(
        'button',
        {
          class: `person-row${chat === 'work-notices' ? ' on' : ''}`,
          type: 'button',
          testid: 'work-notices',
          onClick: () => select('work-notices'),
        },
        h(
          'span',
          { class: 'row-face' },
          h('span', { class: 'avatar app-face', style: 'width:40px;height:40px' }, icon('desk', 22)),
          home.notices.unread > 0 ? h('i', { class: 'badge' }, String(home.notices.unread)) : undefined,
        ),
        h(
          'span',
          { class: 'person-body' },
          h(
            'span',
            { class: 'person-top' },
            h('strong', {}, '工作通知'),
            h('time', {}, when(home.notices.at, home.nowMs)),
          ),
          h('small', {}, home.notices.summary),
        ),
      )
    : undefined;
  const people = home.contacts.map((one) => row(one, home.nowMs, one.chat === chat, select));
  const empty = h('p', { class: 'list-empty' }, '还没有客户。让客户在手机里扫你的码，就会出现在这里。');
  return [
    h('div', { class: 'list-title' }, '消息'),
    ...mass,
    ...(notices ? [notices] : []),
    ...(people.length > 0 ? people : [empty]),
  ];
}
