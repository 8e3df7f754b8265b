/// <reference lib="dom" />
import { post } from './api.js';
import { h, show, yuan } from './dom.js';
import { icon } from './icons.js';
import { sheet, toast } from './phone-sheets.js';
import type { Phone } from './phone-types.js';

type Opened =
  | { ok: true; amountFen: number; merchantName: string; description: string; balanceFen: number }
  | { ok: false; reason: string };

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

function amount(fen: number): HTMLElement {
  return h('div', { class: 'pay-amount', testid: 'pay-amount', 'data-fen': fen }, h('i', {}, '¥'), yuan(fen));
}

/** WeChat's pay sheet. Returns nothing when paid, otherwise the words after `requestPayment:fail`. */
export async function payFlow(phone: Phone, args: Record<string, unknown>): Promise<string | undefined> {
  const opened = await post<Opened>(`/desk/phone/${phone.key}/pay/open`, args);
  if (!opened.ok) {
    toast(phone, opened.reason);
    return opened.reason;
  }
  let bank = 'OTHERS';
  const agreed = await sheet<boolean>(phone, 'sheet-pay', (close) => {
    const way = (code: string, name: string, words: string): HTMLElement => {
      const row = h(
        'button',
        { class: `choice${code === bank ? ' on' : ''}`, type: 'button', testid: `pay-way-${code}` },
        h('span', {}, h('strong', {}, name), h('small', {}, words)),
        icon('check', 20),
      );
      row.addEventListener('click', () => {
        bank = code;
        for (const other of row.parentElement?.querySelectorAll('.choice') ?? [])
          other.classList.toggle('on', other === row);
      });
      return row;
    };
    return [
      h(
        'button',
        {
          class: 'sheet-x',
          type: 'button',
          'aria-label': '取消支付',
          testid: 'pay-cancel',
          onClick: () => close(false),
        },
        icon('close', 22),
      ),
      h('p', { class: 'pay-to' }, opened.merchantName),
      amount(opened.amountFen),
      h('p', { class: 'pay-what' }, opened.description),
      h(
        'div',
        { class: 'pay-ways' },
        h('p', { class: 'dim' }, '付款方式'),
        way('OTHERS', '零钱', `余额 ¥${yuan(opened.balanceFen)}`),
        way('CMB_DEBIT', '招商银行储蓄卡', '尾号 6688'),
      ),
      h(
        'button',
        { class: 'green wide', type: 'button', testid: 'pay-confirm', onClick: () => close(true) },
        '确认支付',
      ),
    ];
  });
  if (!agreed) return 'cancel';
  return confirm(phone, String(args.package ?? ''), bank, opened);
}

async function confirm(
  phone: Phone,
  prepay: string,
  bank: string,
  opened: { amountFen: number; merchantName: string },
): Promise<string | undefined> {
  const box = h('div', { class: 'pay-state' });
  const layer = h('div', { class: 'veil', testid: 'pay-progress' }, h('div', { class: 'sheet pay-result' }, box));
  phone.glass.append(layer);
  show(box, h('i', { class: 'spinner' }), h('p', {}, '正在支付…'));
  const [answer] = await Promise.all([
    post<{ ok: boolean; reason?: string }>(`/desk/phone/${phone.key}/pay/confirm`, { package: prepay, bankType: bank }),
    wait(600),
  ]);
  if (!answer.ok) {
    layer.remove();
    toast(phone, answer.reason ?? '支付失败');
    return answer.reason ?? 'fail';
  }
  return new Promise((done) => {
    const close = (): void => {
      layer.remove();
      done(undefined);
    };
    show(
      box,
      h('span', { class: 'pay-tick' }, icon('check', 34)),
      h('p', { class: 'pay-ok' }, '支付成功'),
      h('p', { class: 'pay-to' }, opened.merchantName),
      amount(opened.amountFen),
      h('button', { class: 'green-line wide', type: 'button', testid: 'pay-done', onClick: close }, '完成'),
    );
  });
}
