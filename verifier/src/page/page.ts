import { type Verification, verifyProof } from '@shuke/shared/rules';
import { CHECKS, placeText, verdictText } from '../words.js';
import { byId, el } from './dom.js';
import { entriesTable } from './render-entries.js';
import { tamper } from './tamper.js';

/** What was read from disk, and its name; the demo of tampering never touches it. */
let original: { name: string; text: string } | null = null;

function verdictBox(result: Verification, note: string | null): HTMLElement {
  return el(
    'section',
    { class: result.isRight ? 'verdict right' : 'verdict wrong', role: 'status', 'data-testid': 'verdict' },
    el('p', { class: 'verdict-word' }, verdictText(result)),
    el(
      'p',
      {},
      result.isRight
        ? `${result.entries.length} 条记录都按原始数据重算了一遍，每一分钱都对得上。`
        : '下面指出是哪一行、哪一笔、哪里不对。',
    ),
    ...(note ? [el('p', { class: 'note' }, note)] : []),
  );
}

function findingsList({ findings, entries }: Verification): HTMLElement[] {
  if (findings.length === 0) return [];
  const rows = new Set(entries.map((one) => one.line));
  const items = findings.map((finding) => {
    const place = placeText(finding);
    const where = rows.has(finding.line) ? el('a', { href: `#line-${finding.line}` }, place) : el('b', {}, place);
    return el(
      'li',
      { 'data-testid': 'finding', 'data-line': String(finding.line) },
      where,
      el('span', {}, finding.text),
    );
  });
  return [el('section', {}, el('h2', {}, '不一致的地方'), el('ol', { class: 'findings' }, ...items))];
}

/** The last entry of every store's chain: whoever keeps these few characters can tell tomorrow that nothing was changed. */
function chainHeads({ entries }: Verification): [string, string][] {
  const heads = new Map(entries.map(({ entry }) => [entry.body.storeName, entry.hash]));
  return [...heads].map(([store, hash]) => [`${store} 链尾指纹`, hash]);
}

function facts(result: Verification, name: string): HTMLElement {
  const { header } = result;
  const rows: [string, string][] = [['文件', name]];
  if (header)
    rows.push(['品牌', header.brand.name], ['加盟商', header.franchisee.name], ['营业日', header.businessDay]);
  const pair = (label: string, value: Node | string) => [el('dt', {}, label), el('dd', {}, value)];
  return el(
    'dl',
    { class: 'facts' },
    ...rows.flatMap(([label, value]) => pair(label, value)),
    ...chainHeads(result).flatMap(([label, hash]) =>
      pair(label, el('span', { class: 'hash', 'data-testid': 'chain-head' }, hash)),
    ),
  );
}

function actions(): HTMLElement {
  const change = el('button', { type: 'button', 'data-testid': 'tamper' }, '改一个字试试');
  const restore = el('button', { type: 'button', 'data-testid': 'restore' }, '还原');
  const print = el('button', { type: 'button' }, '打印');
  change.addEventListener('click', tryTampering);
  restore.addEventListener('click', () => original && show(original.text, null));
  print.addEventListener('click', () => window.print());
  return el('div', { class: 'actions' }, change, restore, print);
}

function show(text: string, note: string | null): void {
  const result = verifyProof(text);
  byId('result').replaceChildren(
    verdictBox(result, note),
    actions(),
    ...findingsList(result),
    facts(result, original?.name ?? ''),
    ...(result.entries.length > 0
      ? [el('h2', {}, '逐笔重算'), el('div', { class: 'scroll' }, entriesTable(result))]
      : []),
  );
  document.body.classList.add('has-result');
}

function tryTampering(): void {
  if (!original) return;
  const changed = tamper(original.text, Math.random);
  if (!changed) return;
  const { line, from, to } = changed;
  show(changed.text, `只在这一页的内存里，把第 ${line} 行的一个「${from}」改成了「${to}」。你的文件没有变。`);
}

async function take(file: File | undefined): Promise<void> {
  if (!file) return;
  original = { name: file.name, text: await file.text() };
  show(original.text, null);
}

const input = byId<HTMLInputElement>('file');
input.addEventListener('change', () => {
  void take(input.files?.[0]);
  // Choosing the same file again must count as a choice.
  input.value = '';
});
for (const name of ['dragover', 'drop'] as const) document.addEventListener(name, (event) => event.preventDefault());
document.addEventListener('dragover', () => document.body.classList.add('dragging'));
document.addEventListener('dragleave', () => document.body.classList.remove('dragging'));
document.addEventListener('drop', (event) => {
  document.body.classList.remove('dragging');
  void take(event.dataTransfer?.files[0]);
});
byId('checks').append(...CHECKS.map((check) => el('li', {}, check)));
