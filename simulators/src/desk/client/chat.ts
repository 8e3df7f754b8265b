/// <reference lib="dom" />

import type { ChatMessage } from '../chat-store.js';
import { type DeskEvent, get, live, post } from './api.js';
import { bubble } from './bubbles.js';
import { contactList, type Member, rail, type WindowHome } from './chat-parts.js';
import { avatar, h, show, when } from './dom.js';
import { icon } from './icons.js';

const root = document.getElementById('root') as HTMLElement;
const query = new URLSearchParams(location.search);
const NOTICES = 'work-notices';
const GAP_MS = 300_000;
const LABEL: Partial<Record<ChatMessage['channel'], string>> = { welcome: '欢迎语', mass: '群发' };

let user = '';
let chat = query.get('chat') ?? '';
let view: 'chats' | 'workbench' = query.get('view') === 'workbench' ? 'workbench' : 'chats';
let home: WindowHome;
let members: Member[] = [];

const railHost = h('div', { class: 'rail-host' });
const listHost = h('div', { class: 'list-host' });
const headHost = h('header', { class: 'chat-head' });
const flow = h('div', { class: 'chat-flow' });
const input = h('textarea', {
  class: 'chat-input',
  testid: 'chat-input',
  'aria-label': '输入消息',
  placeholder: '输入消息，回车发送',
}) as HTMLTextAreaElement;
const foot = h('form', { class: 'chat-foot' }, input, h('button', { class: 'chat-send', testid: 'chat-send' }, '发送'));
const side = h('aside', { class: 'side' });
const work = h('section', { class: 'work' });
const app = h('div', { class: 'window', testid: 'wecom-window' });

function cookie(name: string, value: string): void {
  // Cookies of a host are shared by its ports, so the client browser on the other port reads the same seat.
  // biome-ignore lint/suspicious/noDocumentCookie: the page is served over plain HTTP to every Chromium there is.
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; SameSite=Lax`;
}

function takeSeat(entry: string): void {
  cookie('sim_wecom_user', user);
  cookie('sim_wecom_chat', entry === 'single_chat_tools' ? chat : '');
  cookie('sim_wecom_entry', entry);
}

function frame(url: string, testid: string, title: string): HTMLIFrameElement {
  const element = document.createElement('iframe');
  element.src = url;
  element.title = title;
  element.setAttribute('data-testid', testid);
  element.allow = 'clipboard-write';
  return element;
}

function openSide(): void {
  if (chat === '' || chat === NOTICES) {
    show(side, h('p', { class: 'side-empty' }, icon('desk', 34), '选一位客户，侧边栏会在这里打开'));
    return;
  }
  takeSeat('single_chat_tools');
  const again = h(
    'button',
    { class: 'side-again', type: 'button', 'aria-label': '刷新侧边栏', onClick: openSide },
    icon('refresh', 18),
  );
  show(
    side,
    h('div', { class: 'side-head' }, h('span', {}, '熟客'), again),
    frame(`${home.browserOrigin}/sidebar/`, 'sidebar-frame', '侧边栏'),
  );
}

function openWorkbench(hash = '#/workbench'): void {
  view = 'workbench';
  takeSeat('normal');
  const bar = h(
    'div',
    { class: 'work-bar' },
    h('strong', {}, '熟客 · 工作台'),
    h('span', {}, '像在企业微信手机端打开应用一样'),
  );
  const shell = h(
    'div',
    { class: 'work-shell' },
    frame(`${home.browserOrigin}/sidebar/${hash}`, 'workbench-frame', '工作台'),
  );
  show(work, bar, shell);
  layout();
}

function layout(): void {
  show(app, railHost, view === 'chats' ? [listHost, h('main', { class: 'pane' }, headHost, flow, foot), side] : work);
  paintRail();
}

function paintRail(): void {
  const unread = home.contacts.reduce((sum, one) => sum + one.unread, 0) + home.notices.unread;
  show(railHost, rail({ me: home.me, view, unread, members, user }, go));
}

function go(next: 'chats' | 'workbench'): void {
  if (next === 'workbench') {
    openWorkbench();
    return;
  }
  view = 'chats';
  layout();
  openSide();
}

function paintChat(messages: ChatMessage[]): void {
  const contact = home.contacts.find((one) => one.chat === chat);
  const rows: HTMLElement[] = [];
  let before = 0;
  for (const message of messages) {
    if (message.at - before > GAP_MS) rows.push(h('div', { class: 'stamp' }, when(message.at, home.nowMs)));
    before = message.at;
    const own = message.from === 'guide';
    const face = own
      ? avatar(home.me.name, home.me.avatar, 36)
      : message.from === 'app'
        ? h('span', { class: 'avatar app-face', style: 'width:36px;height:36px' }, icon('desk', 20))
        : avatar(contact?.name ?? '', contact?.avatar, 36);
    const label = LABEL[message.channel];
    const openers = {
      miniappName: home.miniappName,
      openUrl: (url: string) => openNotice(url),
    };
    rows.push(
      h(
        'div',
        { class: `line${own ? ' own' : ''}`, testid: 'message', 'data-channel': message.channel },
        face,
        h('div', {}, bubble(message, openers), label ? h('small', { class: 'label' }, label) : undefined),
      ),
    );
  }
  show(flow, rows.length > 0 ? rows : h('div', { class: 'stamp' }, '还没有消息'));
  flow.scrollTop = flow.scrollHeight;
}

/** A notice of the app opens inside the client, with the client's own browser. */
function openNotice(url: string): void {
  const hash = /#.*/.exec(url)?.[0];
  if (url.includes('/sidebar/')) openWorkbench(hash);
  else window.open(url, '_blank');
}

function paintHead(): void {
  const contact = home.contacts.find((one) => one.chat === chat);
  const name = chat === NOTICES ? '工作通知' : contact ? contact.remark || contact.name : '';
  show(
    headHost,
    h('strong', {}, name),
    contact ? h('em', {}, '@微信') : undefined,
    contact?.status === 'deleted-by-customer' ? h('span', { class: 'chip' }, '对方已将你删除') : undefined,
    contact?.status === 'half'
      ? h(
          'button',
          { class: 'chip go', type: 'button', testid: 'accept-contact', onClick: () => void accept() },
          '通过好友申请',
        )
      : undefined,
  );
  foot.hidden = contact?.status !== 'normal';
}

async function accept(): Promise<void> {
  await post(`/desk/window/${user}/accept`, { chat });
  await refresh();
}

async function confirmMass(msgid: string): Promise<void> {
  await post(`/desk/window/${user}/confirm-mass`, { msgid });
  await refresh();
}

async function refresh(): Promise<void> {
  // Reading the chat first marks it read, so the counts that follow are right.
  const { messages } = chat
    ? await get<{ messages: ChatMessage[] }>(`/desk/window/${user}/chat/${encodeURIComponent(chat)}`)
    : { messages: [] };
  home = await get<WindowHome>(`/desk/window/${user}/home`);
  paintRail();
  show(
    listHost,
    contactList(home, chat, select, (msgid) => void confirmMass(msgid)),
  );
  paintHead();
  paintChat(messages);
}

async function select(next: string): Promise<void> {
  chat = next;
  await refresh();
  openSide();
}

function onEvent(event: DeskEvent): void {
  if (event.type === 'ui') {
    if (event.userid?.toLowerCase() === user.toLowerCase()) onPageWish(event);
    return;
  }
  const about = event.message?.guideUserid.toLowerCase();
  if (about === undefined || about === user.toLowerCase()) void refresh();
}

/** What a page asked of the client through the bridge. */
function onPageWish(event: DeskEvent): void {
  if (event.action === 'openEnterpriseChat') {
    const target = String(event.detail?.externalUserIds ?? '').split(';')[0];
    if (!target) return;
    view = 'chats';
    layout();
    void select(target);
  } else if (event.action === 'closeWindow') go('chats');
  else if (event.action === 'openUserProfile') {
    const target = home.contacts.find((one) => one.chat === event.detail?.userid);
    toast(target ? `客户资料：${target.name}` : '打开了资料页');
  }
}

function toast(text: string): void {
  const layer = h('div', { class: 'win-toast', role: 'status' }, text);
  document.body.append(layer);
  setTimeout(() => layer.remove(), 2200);
}

async function start(): Promise<void> {
  ({ members } = await get<{ members: Member[] }>('/control/desk/personas'));
  members = members.filter((one) => one.status !== 5);
  user = query.get('as') || (members[0]?.userid ?? '');
  home = await get<WindowHome>(`/desk/window/${user}/home`);
  user = home.me.userid;
  if (!chat) chat = home.contacts[0]?.chat ?? (home.notices.at ? NOTICES : '');
  show(root, app);
  layout();
  await refresh();
  if (view === 'workbench') openWorkbench();
  else openSide();
  const send = (): void => {
    const text = input.value.trim();
    input.value = '';
    if (text) void post(`/desk/window/${user}/send`, { chat, text });
  };
  foot.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  input.addEventListener('keydown', (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  live(onEvent);
}

void start();
