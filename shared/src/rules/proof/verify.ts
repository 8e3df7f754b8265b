import { businessDay, canonicalJson } from '../../kernel/index.js';
import type { SplitRule } from '../split/index.js';
import { type ChainEntry, entryHash, GENESIS_HASH, hashText, ruleHash } from './chain.js';
import { ChainBooks } from './chain-books.js';
import { hasLineShape } from './line-shapes.js';
import {
  type EntryLine,
  type HeaderLine,
  lineHash,
  PROOF_FORMAT,
  type ProofLine,
  type RuleLine,
  type SealLine,
  type StoreLine,
  type Totals,
  totalsOf,
} from './proof-file.js';
import { type ProofText, readText } from './proof-text.js';
import { recomputed } from './recompute.js';

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

/** A store's section: where its chain stood before this day and where it stands after it. */
export interface VerifiedStore {
  line: number;
  storeId: string;
  storeName: string;
  afterSeq: number;
  afterHash: string;
  headSeq: number;
  headHash: string;
}

export interface Verification {
  isRight: boolean;
  header: HeaderLine | null;
  stores: VerifiedStore[];
  entries: VerifiedEntry[];
  totals: Totals | null;
  findings: Finding[];
  /** Names the whole file, to be compared with the one on the statement: who changes anything changes this. */
  fingerprint: string;
}

/** The order in which kinds of lines follow each other; entries stand among stores. */
const PLACE: Record<ProofLine['type'], number> = { header: 1, rule: 2, store: 3, entry: 3, total: 4, seal: 5 };
const ONLY_ONCE: readonly ProofLine['type'][] = ['header', 'total', 'seal'];

interface KnownRule {
  rule: SplitRule;
  line: number;
  isUsed: boolean;
}

class Reading {
  readonly findings: Finding[] = [];
  readonly entries: VerifiedEntry[] = [];
  readonly stores: VerifiedStore[] = [];
  readonly rules = new Map<string, KnownRule>();
  readonly storeIds = new Set<string>();
  header: HeaderLine | null = null;
  totals: Totals | null = null;
  open: { section: VerifiedStore; store: StoreLine; count: number } | null = null;
  isSealed = false;
  private place = 0;

  constructor(readonly books: ChainBooks) {}

  find(line: number, text: string, entry?: ChainEntry): void {
    this.findings.push({ line, orderNo: entry?.body.orderNo ?? null, seq: entry?.seq ?? null, text });
  }

  /** Whether a line may stand where it does: header, rules, stores with their entries, totals, seal. */
  isInPlace(type: ProofLine['type']): boolean {
    const next = PLACE[type];
    const fits = next === 1 ? this.place === 0 : next >= this.place && this.place > 0;
    if (!fits || (ONLY_ONCE.includes(type) && next === this.place)) return false;
    this.place = next;
    return true;
  }
}

function checkEntry(reading: Reading, line: number, entry: EntryLine): void {
  const { type: _, ...link } = entry;
  const before = reading.findings.length;
  const { open } = reading;
  if (!open) reading.find(line, '这一行没有所属的门店', link);
  else {
    const { section } = open;
    if (entry.seq !== section.headSeq + 1)
      reading.find(line, `序号应为 ${section.headSeq + 1}，文件里是 ${entry.seq}：中间有记录被删除、插入或调换`, link);
    if (entry.prevHash !== section.headHash) reading.find(line, '与上一条记录接不上：上一条或本条被改动过', link);
    if (entry.body.storeId !== section.storeId) reading.find(line, '记录的门店与所属门店不一致', link);
    section.headSeq = entry.seq;
    section.headHash = entry.hash;
    open.count += 1;
  }
  if (entryHash(entry.prevHash, entry.seq, entry.body) !== entry.hash)
    reading.find(line, '内容与指纹不符：这一行被改动过', link);
  checkPlace(reading, line, link);
  checkAmounts(reading, line, link);
  if (open) for (const text of reading.books.take(open.section.storeId, link)) reading.find(line, text, link);
  reading.entries.push({ line, entry: link, isRight: reading.findings.length === before });
}

/** An entry belongs to the day, the brand and the franchisee that the file says it is of. */
function checkPlace(reading: Reading, line: number, entry: ChainEntry): void {
  const { at, businessDay: ownDay, input } = entry.body;
  const { header } = reading;
  const find = (text: string) => reading.find(line, text, entry);
  const instant = Date.parse(at);
  if (Number.isNaN(instant) || new Date(instant).toISOString() !== at || businessDay(instant) !== ownDay)
    find('记录的时间与营业日不一致');
  if (!header) return;
  if (ownDay !== header.businessDay) find('记录不属于这一天');
  if (input.brand.partyId !== header.brand.id) find('记录属于另一个品牌');
  if (input.owner.party !== 'FRANCHISEE' || input.owner.partyId !== header.franchisee.id)
    find('记录属于另一个加盟商，或品牌自营的门店');
}

function checkAmounts(reading: Reading, line: number, entry: ChainEntry): void {
  const { body } = entry;
  const known = reading.rules.get(body.rule.hash);
  if (!known) {
    reading.find(line, `找不到规则第 ${body.rule.version} 版，无法重算`, entry);
    return;
  }
  known.isUsed = true;
  if (known.rule.version !== body.rule.version) reading.find(line, '记录写的规则版本与规则本身不同', entry);
  for (const text of recomputed(known.rule, body)) reading.find(line, text, entry);
}

function closeStore(reading: Reading): void {
  const { open } = reading;
  if (!open) return;
  const { store, section, count } = open;
  if (count !== store.entryCount)
    reading.find(section.line, `门店 ${store.storeName} 应有 ${store.entryCount} 条记录，实有 ${count} 条`);
  if (section.headHash !== store.headHash) reading.find(section.line, `门店 ${store.storeName} 的链尾指纹对不上`);
  reading.open = null;
}

function openStore(reading: Reading, line: number, store: StoreLine): void {
  closeStore(reading);
  const { storeId, storeName, afterSeq, afterHash } = store;
  if ((afterSeq === 0) !== (afterHash === GENESIS_HASH)) reading.find(line, `门店 ${storeName} 的链头不对`);
  if (reading.storeIds.has(storeId)) reading.find(line, `门店 ${storeName} 出现了两次`);
  reading.storeIds.add(storeId);
  const section = { line, storeId, storeName, afterSeq, afterHash, headSeq: afterSeq, headHash: afterHash };
  reading.stores.push(section);
  reading.books.open(storeId, afterSeq, afterHash);
  reading.open = { section, store, count: 0 };
}

function checkRule(reading: Reading, line: number, { rule, hash }: RuleLine): void {
  if (ruleHash(rule) !== hash) {
    reading.find(line, `规则第 ${rule.version} 版的内容与指纹不符：规则被改动过`);
    return;
  }
  const problem = reading.books.takeRule(rule.version, hash);
  if (problem) reading.find(line, problem);
  if (reading.rules.has(hash)) reading.find(line, `规则第 ${rule.version} 版写了两遍`);
  reading.rules.set(hash, { rule, line, isUsed: false });
}

function checkTotals(reading: Reading, line: number, totals: Totals): void {
  closeStore(reading);
  for (const { rule, line: at, isUsed } of reading.rules.values())
    if (!isUsed) reading.find(at, `没有一条记录用到规则第 ${rule.version} 版：它是后来加进来的`);
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
  if (!reading.isInPlace(line.type)) {
    reading.find(number, '这一行不在它该在的位置：有内容被插入、重复或调换');
    return;
  }
  switch (line.type) {
    case 'header':
      reading.header = line;
      if (line.format !== PROOF_FORMAT) reading.find(number, `不认识的格式 ${line.format}`);
      return;
    case 'rule':
      checkRule(reading, number, line);
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
    default:
      checkSeal(reading, number, line, textBefore);
  }
}

function readLine(reading: Reading, number: number, content: string, textBefore: string): void {
  if (reading.isSealed) reading.find(number, '封印之后还有内容');
  try {
    const line: unknown = JSON.parse(content);
    if (canonicalJson(line) !== content) reading.find(number, '这一行的写法被改动过');
    if (hasLineShape(line)) take(reading, number, line as ProofLine, textBefore);
    else reading.find(number, '不认识的内容：有一项被改名、增加、删去或不是应有的样子');
  } catch {
    reading.find(number, '这一行读不出来：内容被改动或截断');
  }
}

/**
 * Checks a proof without access to any server (product.md S4): every line is canonical and stands in its place, every
 * entry hashes to what it says and follows the one before it, every entitlement is recomputed from its inputs and its
 * rule and fits what stood before it, the totals sum, and the seal covers all. Never throws: whatever is wrong is a
 * finding that names its line.
 *
 * @param proof the whole file; as bytes, so that no decoder can make two files look the same
 * @param books what the files of earlier days said, when several are checked together
 */
export function verifyProof(proof: ProofText, books = new ChainBooks()): Verification {
  const reading = new Reading(books);
  const { text, brokenLines } = readText(proof);
  for (const line of brokenLines) reading.find(line, '这一行含有不是文字的字节');
  const lines = text.split('\n');
  let textBefore = '';
  lines.forEach((content, index) => {
    if (content === '' && index === lines.length - 1) return;
    readLine(reading, index + 1, content, textBefore);
    textBefore += `${content}\n`;
  });
  closeStore(reading);
  if (!text.endsWith('\n')) reading.find(lines.length, '最后一行没有写完');
  if (!reading.header) reading.find(1, '缺少文件头');
  if (!reading.totals) reading.find(lines.length, '缺少合计');
  if (!reading.isSealed) reading.find(lines.length, '缺少封印：文件不完整');
  const { findings, header, entries, totals, stores } = reading;
  return { isRight: findings.length === 0, header, stores, entries, totals, findings, fingerprint: hashText(text) };
}
