import { canonicalJson } from '../../kernel/index.js';
import { entitle, reverse, type SplitRule, type SplitShare } from '../split/index.js';
import { type ChainEntry, type EntryBody, entryHash, GENESIS_HASH, hashText, ruleHash } from './chain.js';
import {
  type EntryLine,
  type HeaderLine,
  lineHash,
  PROOF_FORMAT,
  type ProofLine,
  type SealLine,
  type StoreLine,
  type Totals,
  totalsOf,
} from './proof-file.js';

/** Something that does not agree, with the line of the file it stands in. */
export interface Finding {
  line: number;
  orderNo: string | null;
  seq: number | null;
  text: string;
}

export interface VerifiedEntry {
  line: number;
  entry: ChainEntry;
  isRight: boolean;
}

export interface Verification {
  isRight: boolean;
  header: HeaderLine | null;
  entries: VerifiedEntry[];
  totals: Totals | null;
  findings: Finding[];
}

interface OpenStore {
  line: number;
  store: StoreLine;
  seq: number;
  hash: string;
  count: number;
}

class Reading {
  readonly findings: Finding[] = [];
  readonly entries: VerifiedEntry[] = [];
  readonly rules = new Map<string, SplitRule>();
  readonly originals = new Map<string, SplitShare[]>();
  header: HeaderLine | null = null;
  totals: Totals | null = null;
  open: OpenStore | null = null;
  isSealed = false;

  find(line: number, text: string, entry?: ChainEntry): void {
    this.findings.push({ line, orderNo: entry?.body?.orderNo ?? null, seq: entry?.seq ?? null, text });
  }
}

/** Recomputes an entry from its own inputs and the rule it names. */
function recompute(rule: SplitRule, body: EntryBody) {
  if (body.kind === 'ACCRUAL') return entitle(rule, body.input);
  return reverse(rule, body.input, body.original, body.refund, body.before);
}

function checkEntry(reading: Reading, line: number, entry: EntryLine): void {
  const { type: _, ...link } = entry;
  const before = reading.findings.length;
  const { open } = reading;
  if (!open) reading.find(line, '这一行没有所属的门店', link);
  else {
    if (entry.seq !== open.seq + 1)
      reading.find(line, `序号应为 ${open.seq + 1}，文件里是 ${entry.seq}：中间有记录被删除、插入或调换`, link);
    if (entry.prevHash !== open.hash) reading.find(line, '与上一条记录接不上：上一条或本条被改动过', link);
    if (entry.body.storeId !== open.store.storeId) reading.find(line, '记录的门店与所属门店不一致', link);
    open.seq = entry.seq;
    open.hash = entry.hash;
    open.count += 1;
  }
  if (entryHash(entry.prevHash, entry.seq, entry.body) !== entry.hash)
    reading.find(line, '内容与指纹不符：这一行被改动过', link);
  if (reading.header && entry.body.businessDay !== reading.header.businessDay)
    reading.find(line, '记录不属于这一天', link);
  checkAmounts(reading, line, link);
  reading.entries.push({ line, entry: link, isRight: reading.findings.length === before });
}

function checkAmounts(reading: Reading, line: number, entry: ChainEntry): void {
  const { body } = entry;
  const rule = reading.rules.get(body.rule.hash);
  if (!rule) {
    reading.find(line, `找不到规则第 ${body.rule.version} 版，无法重算`, entry);
    return;
  }
  try {
    const again = recompute(rule, body);
    if (canonicalJson(again.shares) !== canonicalJson(body.shares))
      reading.find(line, '按规则重算的各方金额与记录不同', entry);
    else if (canonicalJson(again.steps) !== canonicalJson(body.steps))
      reading.find(line, '按规则重算的步骤与记录不同', entry);
  } catch (error) {
    reading.find(line, `无法重算：${(error as Error).message}`, entry);
  }
  if (body.kind === 'ACCRUAL') reading.originals.set(body.orderId, body.shares);
  const original = body.kind === 'REVERSAL' ? reading.originals.get(body.orderId) : undefined;
  if (original && body.kind === 'REVERSAL' && canonicalJson(original) !== canonicalJson(body.original)) {
    reading.find(line, '退款记录引用的原始分配与当日的入账记录不同', entry);
  }
}

function closeStore(reading: Reading): void {
  const { open } = reading;
  if (!open) return;
  if (open.count !== open.store.entryCount)
    reading.find(open.line, `门店 ${open.store.storeName} 应有 ${open.store.entryCount} 条记录，实有 ${open.count} 条`);
  if (open.hash !== open.store.headHash) reading.find(open.line, `门店 ${open.store.storeName} 的链尾指纹对不上`);
  reading.open = null;
}

function openStore(reading: Reading, line: number, store: StoreLine): void {
  closeStore(reading);
  if (store.afterSeq === 0 && store.afterHash !== GENESIS_HASH)
    reading.find(line, `门店 ${store.storeName} 的链头不对`);
  reading.open = { line, store, seq: store.afterSeq, hash: store.afterHash, count: 0 };
}

function checkTotals(reading: Reading, line: number, totals: Totals): void {
  closeStore(reading);
  reading.totals = totals;
  const again = totalsOf(reading.entries.map((one) => one.entry));
  if (canonicalJson(again) !== canonicalJson(totals)) reading.find(line, '合计与逐行相加的结果不同');
  if (totals.brand + totals.franchisee + totals.guide + totals.channel !== totals.amountFen)
    reading.find(line, '各方合计之和不等于总额');
}

function checkSeal(reading: Reading, number: number, seal: SealLine, textBefore: string): void {
  reading.isSealed = true;
  const isWhole = hashText(textBefore) === seal.hash;
  const texts = textBefore.split('\n').slice(0, -1);
  const changed = texts.flatMap((text, index) => (seal.lines[index] === lineHash(text) ? [] : [index + 1]));
  if (!isWhole || changed.length > 0 || texts.length !== seal.lines.length)
    reading.find(number, '文件封印对不上：内容被改动过');
  // When only the seal itself was changed, the lines before it are not to blame.
  if (!isWhole) for (const line of changed) reading.find(line, '这一行与封印里的指纹不符：这一行被改动过');
}

function take(reading: Reading, number: number, line: ProofLine, textBefore: string): void {
  switch (line.type) {
    case 'header':
      reading.header = line;
      if (line.format !== PROOF_FORMAT) reading.find(number, `不认识的格式 ${line.format}`);
      return;
    case 'rule':
      if (ruleHash(line.rule) !== line.hash)
        reading.find(number, `规则第 ${line.rule.version} 版的内容与指纹不符：规则被改动过`);
      else reading.rules.set(line.hash, line.rule);
      return;
    case 'store':
      openStore(reading, number, line);
      return;
    case 'entry':
      checkEntry(reading, number, line);
      return;
    case 'total':
      checkTotals(reading, number, line.totals);
      return;
    case 'seal':
      checkSeal(reading, number, line, textBefore);
      return;
    default:
      reading.find(number, '不认识的内容');
  }
}

/**
 * Checks a proof without access to any server (product.md S4): every line is canonical, every entry hashes to what it
 * says and follows the one before it, every entitlement is recomputed from its inputs and its rule, the totals sum, and
 * the seal covers all. Never throws: whatever is wrong is a finding that names its line.
 *
 * @param text the whole file
 */
export function verifyProof(text: string): Verification {
  const reading = new Reading();
  const lines = text.split('\n');
  let textBefore = '';
  lines.forEach((content, index) => {
    const number = index + 1;
    if (content === '' && number === lines.length) return;
    if (reading.isSealed) reading.find(number, '封印之后还有内容');
    try {
      const line = JSON.parse(content) as ProofLine;
      if (canonicalJson(line) !== content) reading.find(number, '这一行的写法被改动过');
      take(reading, number, line, textBefore);
    } catch {
      reading.find(number, '这一行读不出来：内容被改动或截断');
    }
    textBefore += `${content}\n`;
  });
  if (!reading.header) reading.find(1, '缺少文件头');
  if (!reading.totals) reading.find(lines.length, '缺少合计');
  if (!reading.isSealed) reading.find(lines.length, '缺少封印：文件不完整');
  const { findings, header, entries, totals } = reading;
  return { isRight: findings.length === 0, header, entries, totals, findings };
}
