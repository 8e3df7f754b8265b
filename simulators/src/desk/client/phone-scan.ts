/// <reference lib="dom" />
import { get } from './api.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import type { Phone } from './phone-types.js';

interface Code {
  text: string;
  kind: 'contact' | 'wxacode';
  name: string;
  detail: string;
}

/** The scanner: a view finder, and below it the codes that hang in the stores. Resolves with the scanned text. */
export function scanScreen(phone: Phone): Promise<string | undefined> {
  return new Promise((done) => {
    const list = h('div', { class: 'scan-list' }, h('p', { class: 'dim' }, '正在看周围有哪些码…'));
    const input = h('input', {
      placeholder: '或粘贴码里的文字',
      testid: 'scan-input',
      'aria-label': '码里的文字',
    }) as HTMLInputElement;
    const finish = (text?: string): void => {
      layer.remove();
      done(text);
    };
    const form = h('form', { class: 'scan-form' }, input, h('button', { testid: 'scan-submit' }, '识别'));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (input.value.trim()) finish(input.value.trim());
    });
    const layer = h(
      'div',
      { class: 'scan', testid: 'scan' },
      h(
        'button',
        { class: 'scan-close', type: 'button', 'aria-label': '关闭', testid: 'scan-close', onClick: () => finish() },
        icon('close', 26),
      ),
      h('div', { class: 'finder' }, h('i', {})),
      h('p', { class: 'scan-hint' }, '扫二维码 / 小程序码'),
      h('div', { class: 'scan-sheet' }, h('h2', {}, '附近的码'), list, form),
    );
    phone.glass.append(layer);
    void get<{ codes: Code[] }>(`/desk/phone/${phone.key}/codes`).then(({ codes }) => {
      const rows = codes.map((code) =>
        h(
          'button',
          {
            class: 'scan-code',
            type: 'button',
            testid: 'scan-code',
            'data-text': code.text,
            onClick: () => finish(code.text),
          },
          h('span', { class: `code-face ${code.kind}` }, icon(code.kind === 'contact' ? 'person' : 'code', 22)),
          h('span', {}, h('strong', {}, code.name), h('small', {}, code.detail)),
          icon('next', 18),
        ),
      );
      list.replaceChildren(
        ...(rows.length > 0 ? rows : [h('p', { class: 'dim' }, '还没有码。导购在侧边栏生成名片后，这里就会出现。')]),
      );
    });
  });
}
