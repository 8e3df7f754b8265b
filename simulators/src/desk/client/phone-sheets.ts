/// <reference lib="dom" />
import { h } from './dom.js';
import { icon } from './icons.js';
import type { Person, Phone, Place } from './phone-types.js';

/** Lays a sheet over the glass and resolves with what the person chose. */
export function sheet<T>(
  phone: Phone,
  testid: string,
  make: (close: (value: T) => void) => (HTMLElement | undefined)[],
): Promise<T> {
  return new Promise((done) => {
    const close = (value: T): void => {
      layer.remove();
      done(value);
    };
    const layer = h('div', { class: 'veil', testid }, h('div', { class: 'sheet', role: 'dialog' }, make(close)));
    phone.glass.append(layer);
  });
}

export function toast(phone: Phone, text: string): void {
  const layer = h('div', { class: 'toast', role: 'status' }, text);
  phone.glass.append(layer);
  setTimeout(() => layer.remove(), 1800);
}

export function head(phone: Phone, words: string): HTMLElement {
  return h(
    'div',
    { class: 'sheet-head' },
    h('i', { class: 'mini-dot big' }),
    h('span', {}, phone.home.miniapp.name),
    h('b', {}, words),
  );
}

export function buttons(deny: HTMLElement, allow: HTMLElement): HTMLElement {
  return h('div', { class: 'sheet-buttons' }, deny, allow);
}

export const button = (name: string, words: string, testid: string, act: () => void): HTMLElement =>
  h('button', { class: name, type: 'button', testid, onClick: act }, words);

const masked = (phone?: string): string => (phone ?? '').replace(/^(\d{3})\d{4}(\d{4})$/, '$1****$2');

export async function askPhone(phone: Phone): Promise<boolean> {
  const { me } = phone.home;
  if (!me.phone) return false;
  return sheet<boolean>(phone, 'sheet-phone', (close) => [
    head(phone, '申请'),
    h('h2', {}, '获取你的手机号'),
    h('p', { class: 'dim' }, '用于识别会员身份、联系你取货'),
    h(
      'div',
      { class: 'choice on' },
      h('span', {}, h('strong', {}, masked(me.phone)), h('small', {}, '微信绑定号码')),
      icon('check', 20),
    ),
    buttons(
      button('grey', '不允许', 'phone-deny', () => close(false)),
      button('green', '允许', 'phone-allow', () => close(true)),
    ),
  ]);
}

const asked = new Map<string, boolean>();

/** A persona may have refused for good; otherwise the dialog comes once, as in WeChat. */
export async function askLocation(phone: Phone, near: Place): Promise<boolean> {
  const { me } = phone.home;
  if (me.locationAllowed === false) {
    toast(phone, '已拒绝使用位置，可在设置里打开');
    return false;
  }
  const before = asked.get(me.key);
  if (before !== undefined) return before;
  const allowed = await sheet<boolean>(phone, 'sheet-location', (close) => [
    head(phone, '申请'),
    h('h2', {}, '获取你的模糊位置'),
    h('p', { class: 'dim' }, '用于为你找到附近的门店，只精确到大约一公里'),
    h(
      'div',
      { class: 'choice' },
      icon('pin', 22),
      h('span', {}, h('strong', {}, `${me.city ?? ''} ${near.name}附近`.trim()), h('small', {}, '模糊位置')),
    ),
    buttons(
      button('grey', '拒绝', 'location-deny', () => close(false)),
      button('green', '允许', 'location-allow', () => close(true)),
    ),
  ]);
  asked.set(me.key, allowed);
  return allowed;
}

/** Streets are drawn, not fetched: the phone has no network. */
function map(places: Place[]): HTMLElement {
  const lats = places.map((place) => place.latitude);
  const lngs = places.map((place) => place.longitude);
  const spot = (value: number, all: number[], size: number): number => {
    const span = Math.max(...all) - Math.min(...all) || 1;
    return 34 + ((value - Math.min(...all)) / span) * (size - 68);
  };
  const pins = places.map((place, index) => {
    const x = spot(place.longitude, lngs, 390);
    const y = 250 - spot(place.latitude, lats, 250);
    return `<g data-pin="${index}" transform="translate(${x} ${y})"><circle r="7" fill="#07c160" stroke="#fff" stroke-width="2.5"/></g>`;
  });
  return h('div', {
    class: 'map',
    html: `<svg viewBox="0 0 390 250" width="390" height="250"><rect width="390" height="250" fill="#eef0ea"/><path d="M0 176C90 150 150 214 250 190s100-40 140-34v94H0Z" fill="#cfe3ee"/><path d="M210 20h120v74H210z" fill="#d9e9cf"/><g stroke="#fff" stroke-width="9"><path d="M-5 60h400M-5 128h400M70-5v260M190-5v260M316-5v260"/></g><g stroke="#fff" stroke-width="4"><path d="M-5 94h400M130-5v260M254-5v260"/></g><path d="M-5 20 395 150" stroke="#f6dc9a" stroke-width="9"/>${pins.join('')}</svg>`,
  });
}

export function choosePlace(phone: Phone): Promise<Place | undefined> {
  const me: Person = phone.home.me;
  const places = me.places ?? [];
  return new Promise((done) => {
    let chosen = places[0];
    const close = (place?: Place): void => {
      layer.remove();
      done(place);
    };
    const rows = places.map((place, index) =>
      h(
        'button',
        {
          class: `choice${index === 0 ? ' on' : ''}`,
          type: 'button',
          testid: `place-${index}`,
          onClick: () => pick(index),
        },
        icon('pin', 22),
        h('span', {}, h('strong', {}, place.name), h('small', {}, place.address)),
        icon('check', 20),
      ),
    );
    const pick = (index: number): void => {
      chosen = places[index];
      rows.forEach((row, at) => {
        row.classList.toggle('on', at === index);
      });
    };
    const layer = h(
      'div',
      { class: 'place-page', testid: 'choose-location' },
      h(
        'header',
        { class: 'place-bar' },
        button('plain', '取消', 'location-cancel', () => close()),
        button('green small', '确定', 'location-ok', () => close(chosen)),
      ),
      map(places),
      h('div', { class: 'place-list' }, rows.length > 0 ? rows : h('p', { class: 'dim' }, '附近没有可选的地点')),
    );
    phone.glass.append(layer);
  });
}
