/// <reference lib="dom" />
import { h } from './dom.js';

const PATHS: Record<string, string> = {
  chat: '<path d="M4 11.5C4 7.4 7.6 4.5 12 4.5s8 2.9 8 7-3.6 7-8 7c-1 0-1.9-.15-2.8-.4L5.5 19.5l.8-3C4.9 15.2 4 13.5 4 11.5Z"/>',
  compass: '<circle cx="12" cy="12" r="8.2"/><path d="m15 9-1.6 4.4L9 15l1.6-4.4L15 9Z"/>',
  person: '<circle cx="12" cy="8.5" r="3.7"/><path d="M4.8 19.5c.7-3.6 3.6-5.5 7.2-5.5s6.5 1.9 7.2 5.5"/>',
  scan: '<path d="M4 8V5.5A1.5 1.5 0 0 1 5.5 4H8M16 4h2.5A1.5 1.5 0 0 1 20 5.5V8M20 16v2.5a1.5 1.5 0 0 1-1.5 1.5H16M8 20H5.5A1.5 1.5 0 0 1 4 18.5V16M4 12h16"/>',
  back: '<path d="M14.5 5.5 8 12l6.5 6.5"/>',
  close: '<path d="m6 6 12 12M18 6 6 18"/>',
  next: '<path d="m9.5 6 6 6-6 6"/>',
  plus: '<circle cx="12" cy="12" r="8.2"/><path d="M12 8v8M8 12h8"/>',
  bell: '<path d="M6.5 16.5v-5.2a5.5 5.5 0 0 1 11 0v5.2l1.5 1.5H5l1.5-1.5ZM10 20.2c.5.5 1.2.8 2 .8s1.5-.3 2-.8"/>',
  pin: '<path d="M12 20.5s6.5-5.6 6.5-10.5a6.5 6.5 0 0 0-13 0c0 4.9 6.5 10.5 6.5 10.5Z"/><circle cx="12" cy="10" r="2.3"/>',
  check: '<path d="m5 12.5 4.6 4.6L19 7.5"/>',
  bag: '<path d="M5.5 8.5h13l1 11h-15l1-11Z"/><path d="M8.8 11V7.2a3.2 3.2 0 0 1 6.4 0V11"/>',
  code: '<path d="M5 5h5v5H5zM14 5h5v5h-5zM5 14h5v5H5zM14 14h2v2h-2zM17 17h2v2h-2z"/>',
  desk: '<path d="M4 6.5h16v10H4zM9 20h6M12 16.5V20"/>',
  send: '<path d="M4.5 12 20 5l-4.5 14.5-3.5-6-7.5-1.5Z"/>',
  link: '<path d="M10 14a4 4 0 0 0 5.7 0l2.6-2.6a4 4 0 0 0-5.7-5.7L11.5 6.8M14 10a4 4 0 0 0-5.7 0l-2.6 2.6a4 4 0 0 0 5.7 5.7l1.1-1.1"/>',
  phone: '<rect x="7" y="3.5" width="10" height="17" rx="2"/><path d="M10.5 17.7h3"/>',
  refresh: '<path d="M19 12a7 7 0 1 1-2-4.9M19 4.5v3.6h-3.6"/>',
};

/** One drawn icon set: 24 px grid, one stroke width. */
export function icon(name: string, size = 22): HTMLElement {
  const path = PATHS[name] ?? '';
  return h('span', {
    class: 'icon',
    style: `width:${size}px;height:${size}px`,
    'aria-hidden': 'true',
    html: `<svg viewBox="0 0 24 24" width="${size}" height="${size}" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${path}</svg>`,
  });
}
