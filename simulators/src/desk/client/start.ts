/// <reference lib="dom" />
import { get } from './api.js';
import { avatar, h, show } from './dom.js';
import { icon } from './icons.js';

interface Personas {
  consumers: { key: string; nickname: string; avatar?: string; city?: string }[];
  members: { userid: string; name: string; position?: string; avatar?: string }[];
}

const root = document.getElementById('root') as HTMLElement;

function door(href: string, name: string, words: string, symbol: string, testid: string): HTMLElement {
  return h(
    'a',
    { class: 'door', href, testid },
    h('span', { class: 'door-icon' }, icon(symbol, 26)),
    h('span', { class: 'door-words' }, h('strong', {}, name), h('span', {}, words)),
    icon('next', 20),
  );
}

async function start(): Promise<void> {
  const { consumers, members } = await get<Personas>('/control/desk/personas');
  const guide = members[0];
  const consumer = consumers[0];
  show(
    root,
    h(
      'main',
      { class: 'start' },
      h('p', { class: 'eyebrow' }, '本机演示 · 不连接真实的微信'),
      h('h1', {}, '熟客演示台'),
      h(
        'p',
        { class: 'lead' },
        '这里是门外的世界：一部消费者的手机，一个导购的企业微信。',
        '你在手机里扫码、加导购、下单付款，消息和订单会像真的一样到达商城与导购侧边栏。',
        '所有支付、登录和消息都在这台机器上完成，随便试，不花一分钱。',
      ),
      h(
        'nav',
        { class: 'doors' },
        door(
          `/phone?as=${consumer?.key ?? ''}`,
          '消费者的手机',
          '微信、扫一扫、小程序商城、付款',
          'phone',
          'door-phone',
        ),
        door(`/chat?as=${guide?.userid ?? ''}`, '导购的企业微信', '聊天窗口、侧边栏、工作台', 'desk', 'door-chat'),
        door('/control/health', '控制面', '时钟、故障、往来记录，给测试用', 'compass', 'door-control'),
      ),
      h('h2', {}, '从谁开始'),
      h(
        'div',
        { class: 'people' },
        consumers
          .slice(0, 12)
          .map((one) =>
            h(
              'a',
              { class: 'person', href: `/phone?as=${one.key}` },
              avatar(one.nickname, one.avatar, 40),
              h('span', {}, h('strong', {}, one.nickname), h('small', {}, `消费者${one.city ? ` · ${one.city}` : ''}`)),
            ),
          ),
        members
          .slice(0, 12)
          .map((one) =>
            h(
              'a',
              { class: 'person', href: `/chat?as=${one.userid}` },
              avatar(one.name, one.avatar, 40),
              h('span', {}, h('strong', {}, one.name), h('small', {}, one.position || '导购')),
            ),
          ),
      ),
    ),
  );
}

void start();
