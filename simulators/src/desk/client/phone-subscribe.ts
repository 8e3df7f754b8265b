/// <reference lib="dom" />
import { get, post } from './api.js';
import { h } from './dom.js';
import { button, buttons, head, sheet } from './phone-sheets.js';
import type { Phone } from './phone-types.js';

interface Offered {
  id: string;
  title: string;
  kept: 'accept' | 'reject' | null;
}
export type Answers = Record<string, 'accept' | 'reject'>;

/** WeChat takes at most so many templates in one sheet. */
export const MOST_TEMPLATES = 5;

const checkbox = (testid: string, checked: boolean): HTMLInputElement =>
  h('input', { type: 'checkbox', checked, testid }) as HTMLInputElement;

/** The sheet for those templates that the person has not decided for good; nothing shows when all are decided. */
export async function askSubscribe(phone: Phone, ids: string[]): Promise<Answers> {
  const at = `/desk/phone/${phone.key}/subscribe`;
  const { templates } = await get<{ templates: Offered[] }>(`${at}?ids=${encodeURIComponent(ids.join(','))}`);
  const open = templates.filter(({ kept }) => kept === null);
  const answers: Answers = {};
  for (const { id, kept } of templates) if (kept) answers[id] = kept;
  const { chosen, isKept } = open.length > 0 ? await choose(phone, open) : { chosen: [], isKept: false };
  for (const { id } of open) answers[id] = chosen.includes(id) ? 'accept' : 'reject';
  const said = (word: 'accept' | 'reject') => ids.filter((id) => answers[id] === word);
  await post(at, { accepted: said('accept'), refused: said('reject'), isKept });
  return answers;
}

async function choose(phone: Phone, open: Offered[]): Promise<{ chosen: string[]; isKept: boolean }> {
  const keep = checkbox('subscribe-keep', false);
  const chosen = await sheet<string[]>(phone, 'sheet-subscribe', (close) => {
    const boxes = open.map(({ id, title }, index) => {
      const box = checkbox(`subscribe-${index}`, true);
      return { id, box, row: h('label', { class: 'choice' }, box, h('span', {}, h('strong', {}, title))) };
    });
    return [
      head(phone, '申请'),
      h('h2', {}, '发送以下消息给你'),
      h('p', { class: 'dim' }, '每同意一次，可收到一条对应的服务通知'),
      ...boxes.map(({ row }) => row),
      h('label', { class: 'keep' }, keep, h('span', {}, '总是保持以上选择，不再询问')),
      buttons(
        button('grey', '取消', 'subscribe-deny', () => close([])),
        button('green', '允许', 'subscribe-allow', () =>
          close(boxes.filter(({ box }) => box.checked).map(({ id }) => id)),
        ),
      ),
    ];
  });
  return { chosen, isKept: keep.checked };
}

/** The part of wx.getSetting that tells what was decided for good. */
export const subscribeSettings = (phone: Phone): Promise<object> =>
  get<object>(`/desk/phone/${phone.key}/subscribe-settings`);
