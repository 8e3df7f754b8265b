import { type Fen, yuanText } from '@shuke/shared/kernel';
import {
  entryAmount,
  type Finding,
  type Party,
  signedShares,
  type Totals,
  type VerifiedEntry,
  type VerifiedFile,
} from '@shuke/shared/rules';
import { PARTIES } from '../words.js';
import { el } from './dom.js';

/** "−¥1,312.30" with a true minus sign. */
function money(amount: number): string {
  const digits = yuanText(Math.abs(amount) as Fen).replace(/\B(?=(\d{3})+\.)/g, ',');
  return `${amount < 0 ? '−' : ''}¥${digits}`;
}
const COLUMNS = PARTIES.length + 4;

function amountOf({ entry }: VerifiedEntry, party: string): number {
  return signedShares(entry.body)
    .filter((share) => share.party === (party.toUpperCase() as Party))
    .reduce((sum, share) => sum + share.fen, 0);
}

function stepsOf({ entry }: VerifiedEntry): HTMLElement {
  const { body } = entry;
  return el(
    'div',
    { class: 'steps' },
    el(
      'ol',
      {},
      ...body.steps.map((step) =>
        el(
          'li',
          {},
          el('b', {}, step.label),
          el('span', { class: 'formula' }, step.formula),
          el('span', { class: 'num' }, money(step.fen)),
        ),
      ),
    ),
    el(
      'p',
      { class: 'small' },
      `${body.storeName} · ${new Date(body.at).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })} · 按规则第 ${body.rule.version} 版`,
    ),
    el('p', { class: 'small hash' }, `上一条 ${entry.prevHash}`),
    el('p', { class: 'small hash' }, `本条　 ${entry.hash}`),
  );
}

/** The place of a line of one of the files on the page. */
export const anchorOf = (fingerprint: string, line: number): string => `line-${fingerprint.slice(0, 8)}-${line}`;

/** An entry as its row and, below it, the row of its steps that the button opens. */
function entryRows(one: VerifiedEntry, fingerprint: string, own: readonly Finding[]): HTMLElement[] {
  const { body, seq } = one.entry;
  const rowId = anchorOf(fingerprint, one.line);
  const stepsId = `steps-of-${rowId}`;
  const isRefund = body.kind === 'REVERSAL';
  const button = el(
    'button',
    { type: 'button', class: 'open', 'aria-expanded': 'false', 'aria-controls': stepsId },
    '步骤',
  );
  const row = el(
    'tr',
    { 'data-testid': 'entry-row', id: rowId, class: own.length > 0 ? 'wrong' : '' },
    el('td', { 'data-label': '序号', class: 'num' }, String(seq)),
    el(
      'th',
      { scope: 'row' },
      body.orderNo,
      el('span', { class: isRefund ? 'kind back' : 'kind' }, isRefund ? '退款' : '入账'),
      ...own.map((finding) => el('span', { class: 'row-finding' }, finding.text)),
    ),
    el('td', { 'data-label': '金额', class: 'num' }, money(entryAmount(body))),
    ...PARTIES.map(({ key, name }) => el('td', { 'data-label': name, class: 'num' }, money(amountOf(one, key)))),
    el('td', { class: 'last' }, button),
  );
  const detail = el(
    'tr',
    { id: stepsId, class: 'detail', hidden: '' },
    el('td', { colspan: String(COLUMNS) }, stepsOf(one)),
  );
  button.addEventListener('click', () => {
    detail.hidden = !detail.hidden;
    button.setAttribute('aria-expanded', String(!detail.hidden));
  });
  return [row, detail];
}

function totalRow(totals: Totals): HTMLElement {
  return el(
    'tr',
    {},
    el('td', {}),
    el('th', { scope: 'row' }, `合计 ${totals.entryCount} 条`),
    el('td', { 'data-label': '金额', class: 'num' }, money(totals.amountFen)),
    ...PARTIES.map(({ key, name }) => el('td', { 'data-label': name, class: 'num' }, money(totals[key]))),
    el('td', {}),
  );
}

function byLine(findings: readonly Finding[]): Map<number, Finding[]> {
  const lines = new Map<number, Finding[]>();
  for (const one of findings) {
    const own = lines.get(one.line) ?? [];
    own.push(one);
    lines.set(one.line, own);
  }
  return lines;
}

/** The table of a day: one row per entry, the sums below. */
export function entriesTable({ entries, totals, findings, fingerprint }: VerifiedFile): HTMLElement {
  const own = byLine(findings);
  const body = el('tbody');
  // One by one: all rows of a large file at once are more arguments than a call may have.
  for (const one of entries) body.append(...entryRows(one, fingerprint, own.get(one.line) ?? []));
  const heads = ['序号', '订单', '金额', ...PARTIES.map(({ name }) => name), '怎么算的'];
  return el(
    'table',
    {},
    el('caption', { class: 'hidden-text' }, '每条记录各方应得'),
    el('thead', {}, el('tr', {}, ...heads.map((head) => el('th', { scope: 'col' }, head)))),
    body,
    ...(totals ? [el('tfoot', {}, totalRow(totals))] : []),
  );
}
