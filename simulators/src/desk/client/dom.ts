/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

type Child = Node | string | undefined | null | false;
type Props = Record<string, unknown>;

/** Makes an element: `class`, `data-*`, `aria-*` become attributes, `on…` listeners, the rest properties. */
export function h(tag: string, props: Props = {}, ...children: (Child | Child[])[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2).toLowerCase(), value as EventListener);
    else if (name === 'html') element.innerHTML = String(value);
    else if (name === 'disabled' || name === 'value' || name === 'checked') Object.assign(element, { [name]: value });
    else element.setAttribute(name === 'testid' ? 'data-testid' : name, String(value));
  }
  for (const child of children.flat()) if (child) element.append(child);
  return element;
}

export function show(host: Element, ...children: (Child | Child[])[]): void {
  host.replaceChildren(...children.flat().filter((child): child is Node | string => Boolean(child)));
}

const TINTS = ['#5b8c7b', '#b0705a', '#6a7fb0', '#a8843f', '#7d6a9c', '#4f8fa3', '#a5606f', '#6f8a4c'];

/** A rounded picture, or the last character of the name on a calm tint when there is none. */
export function avatar(name: string, url?: string, size = 44): HTMLElement {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  const box = h('span', {
    class: 'avatar',
    style: `width:${size}px;height:${size}px;font-size:${Math.round(size * 0.42)}px;background:${TINTS[sum % TINTS.length]}`,
    'aria-hidden': 'true',
  });
  const letter = [...name].at(-1) ?? '';
  box.textContent = letter;
  if (url) {
    const picture = document.createElement('img');
    picture.alt = '';
    picture.src = url;
    picture.onload = () => show(box, picture);
  }
  return box;
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** Times as people say them in a chat list: 08:30, 昨天, 11月3日. */
export function when(at: number | undefined, now: number): string {
  if (!at) return '';
  const local = (ms: number): Date => new Date(ms + 8 * 3_600_000);
  const day = (ms: number): number => Math.floor((ms + 8 * 3_600_000) / 86_400_000);
  const date = local(at);
  const gap = day(now) - day(at);
  if (gap === 0) return `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}`;
  if (gap === 1) return '昨天';
  return `${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
}

/** Yuan with two decimals out of integer fen, without floats. */
export function yuan(fen: number): string {
  const whole = Math.floor(fen / 100);
  return `${whole}.${pad(fen % 100)}`;
}
