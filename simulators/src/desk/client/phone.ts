/// <reference lib="dom" />
import { get, live, post } from './api.js';
import { avatar, h, show } from './dom.js';
import { icon } from './icons.js';
import { askGuide } from './phone-guide.js';
import { homeScreen } from './phone-home.js';
import { Miniapp } from './phone-miniapp.js';
import { scanScreen } from './phone-scan.js';
import { threadScreen } from './phone-thread.js';
import type { Home, Person, Phone } from './phone-types.js';

const root = document.getElementById('root') as HTMLElement;
const query = new URLSearchParams(location.search);

const stage = h('div', { class: 'stage' });
const glass = h('div', { class: 'glass', testid: 'phone' });
const layers = h('div', { class: 'layers' });
const clock = h('span', { class: 'clock' });
const stack: HTMLElement[] = [];
let tab = 'chats';
let redraw: (() => Promise<void>) | undefined;

function draw(): void {
  const top = stack.at(-1) ?? homeScreen(phone, tab, choose);
  show(layers, top);
}

function choose(next: string): void {
  tab = next;
  draw();
}

const phone: Phone = {
  key: '',
  home: { me: { key: '', nickname: '' }, nowMs: 0, corpName: '', miniapp: { name: '', h5Url: '' }, threads: [] },
  glass,
  open: (screen) => {
    stack.push(screen);
    draw();
  },
  back: () => {
    stack.pop();
    redraw = undefined;
    void phone.refresh();
  },
  openThread: (id) => {
    miniapp.hide();
    const { screen, reload } = threadScreen(phone, id);
    stack.length = 0;
    redraw = reload;
    phone.open(screen);
    void reload();
  },
  openMiniapp: (path) => miniapp.launch(path),
  openScan: () => scanScreen(phone),
  openGuide: (userid, configId) => askGuide(phone, userid, configId),
  refresh: async () => {
    phone.home = await get<Home>(`/desk/phone/${phone.key}/home`);
    const now = new Date(phone.home.nowMs + 8 * 3_600_000);
    clock.textContent = `${now.getUTCHours()}:${String(now.getUTCMinutes()).padStart(2, '0')}`;
    if (stack.length === 0) draw();
  },
};
const miniapp = new Miniapp(phone);

/** Runs what a scanned text means; used by the scanner and by the launch parameter of tests. */
async function follow(text: string): Promise<void> {
  const found = await post<{ kind: string; path?: string; userid?: string; configId?: string; text: string }>(
    `/desk/phone/${phone.key}/scan`,
    { text },
  );
  if (found.kind === 'miniapp') phone.openMiniapp(found.path ?? '');
  else if (found.kind === 'contact') {
    if (await phone.openGuide(found.userid ?? '', found.configId)) phone.openThread(found.userid ?? '');
  } else phone.open(textScreen(found.text));
}

function textScreen(text: string): HTMLElement {
  return h(
    'div',
    { class: 'screen' },
    h(
      'header',
      { class: 'bar' },
      h('button', { class: 'bar-side', 'aria-label': '返回', onClick: () => phone.back() }, icon('back', 26)),
      h('h1', {}, '扫描结果'),
    ),
    h('p', { class: 'scan-text' }, text),
  );
}

function personas(all: Person[]): HTMLElement {
  return h(
    'aside',
    { class: 'personas' },
    h('a', { class: 'home-link', href: '/' }, icon('back', 18), '演示台'),
    h('h2', {}, '谁在用这部手机'),
    h(
      'div',
      { class: 'persona-list' },
      all.map((one) =>
        h(
          'a',
          {
            class: `persona${one.key === phone.key ? ' on' : ''}`,
            href: `/phone?as=${encodeURIComponent(one.key)}`,
            testid: `persona-${one.key}`,
          },
          avatar(one.nickname, one.avatar, 40),
          h(
            'span',
            {},
            h('strong', {}, one.nickname),
            h('small', {}, [one.city, one.phone?.replace(/^(\d{3})\d{4}/, '$1****')].filter(Boolean).join(' · ')),
          ),
        ),
      ),
    ),
  );
}

function tips(): HTMLElement {
  const line = (symbol: string, words: string): HTMLElement => h('li', {}, icon(symbol, 20), h('span', {}, words));
  return h(
    'aside',
    { class: 'tips' },
    h('h2', {}, '可以这样试'),
    h(
      'ul',
      {},
      line('scan', '在“发现”里扫导购的码，加为企业微信好友'),
      line('bag', '打开小程序商城，选一件，付款'),
      line('chat', '回到聊天，给导购回一句话'),
      line('bell', '订单有进展时，“服务通知”会出现'),
    ),
    h('p', {}, '手机里的支付、定位和手机号都是演示用的，不会花钱，也不会出这台机器。'),
  );
}

function rescale(): void {
  const scale = Math.min(1, (window.innerHeight - 24) / 872);
  stage.style.setProperty('--scale', String(scale));
}

async function start(): Promise<void> {
  const { consumers } = await get<{ consumers: Person[] }>('/control/desk/personas');
  phone.key = query.get('as') || (consumers[0]?.key ?? '');
  const glassParts = h('div', { class: 'status' }, clock, h('span', { class: 'signal', html: SIGNAL }));
  show(glass, layers, miniapp.element, glassParts, h('div', { class: 'home-bar' }));
  show(stage, personas(consumers), h('div', { class: 'fit' }, h('div', { class: 'bezel' }, glass)), tips());
  show(root, stage);
  rescale();
  window.addEventListener('resize', rescale);
  glass.addEventListener('phone-follow', (event) => void follow((event as CustomEvent<string>).detail));
  await phone.refresh();
  live((event) => {
    if (event.type === 'message' && event.message?.consumerKey !== phone.key) return;
    void phone.refresh();
    void redraw?.();
  });
  const open = query.get('open');
  const scan = query.get('scan');
  if (open) phone.openMiniapp(open);
  if (scan) await follow(scan);
}

const SIGNAL =
  '<svg width="66" height="14" viewBox="0 0 66 14" fill="currentColor"><rect x="0" y="8" width="3" height="5" rx="1"/><rect x="4.6" y="6" width="3" height="7" rx="1"/><rect x="9.2" y="3.5" width="3" height="9.5" rx="1"/><rect x="13.8" y="1" width="3" height="12" rx="1"/><path d="M29 3c2.3 0 4.4.9 6 2.3l1.1-1.2A10.5 10.5 0 0 0 29 1.3c-2.7 0-5.2 1-7.1 2.8L23 5.3A9 9 0 0 1 29 3Zm0 3.7c1.3 0 2.5.5 3.4 1.3l1.2-1.2A6.7 6.7 0 0 0 29 5c-1.8 0-3.4.7-4.6 1.8L25.6 8c.9-.8 2.1-1.3 3.4-1.3Zm0 3.4-2 2 2 1.9 2-1.9c-.5-.6-1.2-1-2-1Z"/><rect x="42.5" y="1.5" width="19" height="11" rx="3" fill="none" stroke="currentColor" opacity=".45"/><rect x="44" y="3" width="16" height="8" rx="1.8"/><path d="M63 5v4c.9-.3 1.5-1.1 1.5-2S63.9 5.3 63 5Z" opacity=".5"/></svg>';

void start();
