/// <reference lib="dom" />
import type { ChatMessage } from '../chat-store.js';
import { h } from './dom.js';
import { icon } from './icons.js';

export interface Openers {
  miniappName: string;
  openPage?: (page: string) => void;
  openUrl?: (url: string) => void;
}

function picture(url: string | undefined, className: string): HTMLElement {
  const box = h('div', { class: `${className} picture` }, icon('bag', 36));
  if (url) {
    const image = document.createElement('img');
    image.alt = '';
    image.src = url;
    image.onload = () => box.replaceChildren(image);
  }
  return box;
}

function miniprogramCard(message: ChatMessage, openers: Openers): HTMLElement {
  return h(
    'button',
    {
      class: 'card-mini',
      testid: 'card',
      'data-page': message.page,
      type: 'button',
      onClick: () => openers.openPage?.(message.page ?? ''),
    },
    h('span', { class: 'card-mini-head' }, h('i', { class: 'mini-dot' }), openers.miniappName),
    h('strong', {}, message.title ?? ''),
    picture(message.picUrl, 'card-mini-pic'),
    h('span', { class: 'card-mini-foot' }, icon('link', 12), '小程序'),
  );
}

function linkCard(message: ChatMessage, openers: Openers): HTMLElement {
  return h(
    'button',
    {
      class: 'card-link',
      testid: 'card',
      'data-url': message.url,
      type: 'button',
      onClick: () => openers.openUrl?.(message.url ?? ''),
    },
    h('strong', {}, message.title ?? ''),
    h(
      'span',
      { class: 'card-link-row' },
      h('span', {}, message.description ?? ''),
      picture(message.picUrl, 'card-link-pic'),
    ),
  );
}

/** A notice: title, words, rows, and one way on. */
export function noticeCard(message: ChatMessage, openers: Openers): HTMLElement {
  const open = (): void => {
    if (message.page) openers.openPage?.(message.page);
    else if (message.url) openers.openUrl?.(message.url);
  };
  const further = Boolean(message.page ?? message.url);
  return h(
    'div',
    { class: 'card-notice', testid: 'card', 'data-url': message.url, 'data-page': message.page },
    h('strong', {}, message.title ?? ''),
    message.description && message.channel !== 'subscribe' ? h('p', {}, message.description) : undefined,
    (message.items ?? []).map((item) =>
      h('div', { class: 'card-row' }, h('span', {}, item.key), h('b', {}, item.value)),
    ),
    further
      ? h(
          'button',
          { type: 'button', class: 'card-more', onClick: open },
          message.buttonText ?? '查看详情',
          icon('next', 16),
        )
      : undefined,
  );
}

/** The body of one message, the same on the phone and in the chat window. */
export function bubble(message: ChatMessage, openers: Openers): HTMLElement {
  switch (message.kind) {
    case 'miniprogram':
      return miniprogramCard(message, openers);
    case 'link':
      return linkCard(message, openers);
    case 'image':
      return picture(message.picUrl, 'bubble-image');
    case 'card':
      return noticeCard(message, openers);
    case 'video':
    case 'file':
      return h('div', { class: 'bubble' }, `${message.kind === 'video' ? '视频' : '文件'} ${message.title ?? ''}`);
    default:
      return h('div', { class: 'bubble' }, message.text ?? '');
  }
}
