import { type VerifiedFile, verifyProofs } from '@shuke/shared/rules';
import { CHECKS, headText, placeText, verdictText } from '../words.js';
import { byId, el } from './dom.js';
import { anchorOf, entriesTable } from './render-entries.js';
import { tamper } from './tamper.js';

interface ReadFile {
  name: string;
  proof: Uint8Array;
}
/** Nobody reads more; a file made of mistakes must not stop the page. */
const FINDINGS_SHOWN = 300;
/** What was read from disk; the demo of tampering never touches it. */
let original: readonly ReadFile[] = [];

function verdictBox(result: VerifiedFile, note: string | null): HTMLElement {
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

function findingsList({ findings, entries, fingerprint }: VerifiedFile): HTMLElement[] {
  if (findings.length === 0) return [];
  const rows = new Set(entries.map((one) => one.line));
  const items = findings.slice(0, FINDINGS_SHOWN).map((finding) => {
    const place = placeText(finding);
    const where = rows.has(finding.line)
      ? el('a', { href: `#${anchorOf(fingerprint, finding.line)}` }, place)
      : el('b', {}, place);
    return el(
      'li',
      { 'data-testid': 'finding', 'data-line': String(finding.line) },
      where,
      el('span', {}, finding.text),
    );
  });
  const more = findings.length - items.length;
  return [
    el(
      'section',
      {},
      el('h2', {}, '不一致的地方'),
      el('ol', { class: 'findings' }, ...items),
      ...(more > 0 ? [el('p', { class: 'small' }, `还有 ${more} 处没有列出来。`)] : []),
    ),
  ];
}

function facts(result: VerifiedFile): HTMLElement {
  const { header, fingerprint, stores } = result;
  const rows: [string, string][] = [['文件', result.name]];
  if (header) {
    const day = header.state === 'DRAFT' ? `${header.businessDay}（还没有出账单）` : header.businessDay;
    rows.push(['品牌', header.brand.name], ['加盟商', header.franchisee.name], ['营业日', day]);
  }
  const pair = (label: string, value: Node | string) => [el('dt', {}, label), el('dd', {}, value)];
  const hash = (text: string, testId: string) => el('span', { class: 'hash', 'data-testid': testId }, text);
  return el(
    'dl',
    { class: 'facts' },
    ...rows.flatMap(([label, value]) => pair(label, value)),
    ...pair('文件指纹（应与对账单上的一致）', hash(fingerprint, 'fingerprint')),
    ...stores.flatMap((store) => pair(`${store.storeName} 链尾指纹`, hash(headText(store), 'chain-head'))),
  );
}

function actions(): HTMLElement {
  const change = el('button', { type: 'button', 'data-testid': 'tamper' }, '改一个字试试');
  const restore = el('button', { type: 'button', 'data-testid': 'restore' }, '还原');
  const print = el('button', { type: 'button' }, '打印');
  change.addEventListener('click', tryTampering);
  restore.addEventListener('click', () => show(original, null));
  print.addEventListener('click', () => window.print());
  return el('div', { class: 'actions' }, change, restore, print);
}

/** Everything about one file; the actions stand with the first. */
function fileView(result: VerifiedFile, note: string | null, isFirst: boolean): HTMLElement[] {
  return [
    verdictBox(result, note),
    ...(isFirst ? [actions()] : []),
    ...findingsList(result),
    facts(result),
    ...(result.entries.length > 0
      ? [el('h2', {}, '逐笔重算'), el('div', { class: 'scroll' }, entriesTable(result))]
      : []),
  ];
}

function show(files: readonly ReadFile[], note: string | null): void {
  const box = byId('result');
  // Should anything go wrong below, the verdict about an earlier file must not stay and seem to be about this one.
  box.replaceChildren();
  const results = verifyProofs(files);
  box.replaceChildren(...results.flatMap((result, at) => fileView(result, note, at === 0)));
  document.body.classList.add('has-result');
}

function tryTampering(): void {
  const [first, ...others] = original;
  if (!first) return;
  const changed = tamper(new TextDecoder().decode(first.proof), Math.random);
  if (!changed) return;
  const { line, from, to } = changed;
  const note = `只在这一页的内存里，把第 ${line} 行的一个「${from}」改成了「${to}」。你的文件没有变。`;
  show([{ name: first.name, proof: new TextEncoder().encode(changed.text) }, ...others], note);
}

async function take(files: FileList | undefined | null): Promise<void> {
  if (!files || files.length === 0) return;
  const chosen = Array.from(files);
  byId('result').replaceChildren();
  try {
    original = await Promise.all(
      chosen.map(async (file) => ({ name: file.name, proof: new Uint8Array(await file.arrayBuffer()) })),
    );
    show(original, null);
  } catch {
    byId('result').replaceChildren(unreadable(chosen.map((file) => file.name)));
  }
}

/** A folder that was dropped, a file that is gone or too large for the browser: said, or silence would look like work. */
function unreadable(names: readonly string[]): HTMLElement {
  return el(
    'section',
    { class: 'verdict wrong', role: 'alert', 'data-testid': 'verdict' },
    el('p', { class: 'verdict-word' }, '读不了这个文件'),
    el('p', {}, `${names.join('、')}：可能是文件夹、已经移走，或者太大。太大的可以用命令行验证器核对。`),
  );
}

const input = byId<HTMLInputElement>('file');
input.addEventListener('change', () => {
  void take(input.files);
  // Choosing the same file again must count as a choice.
  input.value = '';
});
for (const name of ['dragover', 'drop'] as const) document.addEventListener(name, (event) => event.preventDefault());
document.addEventListener('dragover', () => document.body.classList.add('dragging'));
document.addEventListener('dragleave', () => document.body.classList.remove('dragging'));
document.addEventListener('drop', (event) => {
  document.body.classList.remove('dragging');
  void take(event.dataTransfer?.files);
});
byId('checks').append(...CHECKS.map((check) => el('li', {}, check)));
