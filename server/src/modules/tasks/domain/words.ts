import { businessDay, DAY_MS, startOfBusinessDay } from '@shuke/shared/kernel';
import type { Candidate, Finding, SourceKind } from './candidate.js';

export interface Variables {
  customer: string;
  guide: string;
  store: string;
  product: string | null;
}
/** A published task as far as its items speak of it. */
export interface TaskText {
  title: string;
  words: string;
  reason: string;
}

const HELLO = '{称呼}你好，我是{门店}的{导购}。';
const WORDS: Partial<Record<SourceKind, string>> = {
  VIEWED_OFTEN: `${HELLO}如果你在挑「{商品}」，尺码和上身效果我可以帮你参考，也可以先留一件等你来试～`,
  REPURCHASE: `${HELLO}有一阵子没见啦，换季有什么需要告诉我，我先帮你挑几件合适的～`,
  NEW_FRIEND: `${HELLO}很高兴认识你！想看什么款、平时穿什么尺码，都可以直接告诉我～`,
};
const TITLES: Partial<Record<SourceKind, string>> = {
  VIEWED_OFTEN: '反复看同一件，还没下单',
  REPURCHASE: '差不多该添新的了',
  NEW_FRIEND: '昨天刚加的新朋友',
};

/** Puts names into words: {称呼} {导购} {门店} {商品}; what has no value reads on without a gap. */
export const fillWords = (words: string, { customer, guide, store, product }: Variables): string =>
  words
    .replaceAll('{称呼}', customer)
    .replaceAll('{导购}', guide)
    .replaceAll('{门店}', store)
    .replaceAll('「{商品}」', product === null ? '这件' : `「${product}」`)
    .replaceAll('{商品}', product ?? '这件')
    .slice(0, 1000);

/** "14 个月前", "3 天前", "昨天", "今天", by days of the calendar in Shanghai. */
export function agoText(at: Date, nowMs: number): string {
  const days = (startOfBusinessDay(businessDay(nowMs)) - startOfBusinessDay(businessDay(at.getTime()))) / DAY_MS;
  if (days < 1) return '今天';
  if (days < 2) return '昨天';
  if (days < 60) return `${days} 天前`;
  return days < 730 ? `${Math.floor(days / 30)} 个月前` : `${Math.floor(days / 365)} 年前`;
}

/** Why one finding matters, with its figures. */
function findingText(finding: Finding, task: TaskText | null, product: string | null): string {
  const goods = product === null ? '一件商品' : `「${product}」`;
  switch (finding.kind) {
    case 'VIEWED_OFTEN':
      return `3 天内看了 ${finding.count} 次${goods}没下单`;
    case 'VIEWED_PRODUCT':
      return `最近看过 ${finding.count} 次${goods}，还没下单`;
    case 'NEW_FRIEND':
      return '刚加上微信，趁热打个招呼';
    case 'REPURCHASE':
      return finding.note ?? '到了平时复购的时候';
    case 'TAG':
      return [task?.reason, finding.note].filter(Boolean).join('；');
    default:
      return task?.reason ?? '';
  }
}

/** Title, reason and words of a customer's item, merged from all findings. */
export function itemText(
  candidate: Candidate,
  names: {
    guide: string;
    store: string;
    product: (finding: Finding) => string | null;
    task: (finding: Finding) => TaskText | null;
  },
  nowMs: number,
): { title: string; reason: string; words: string } {
  const [first] = candidate.findings;
  const task = names.task(first);
  const texts = candidate.findings.slice(0, 3).map((one) => findingText(one, names.task(one), names.product(one)));
  if (first.lastBoughtAt) texts.push(`上次购买在 ${agoText(first.lastBoughtAt, nowMs)}`);
  const withProduct = candidate.findings.find((one) => one.productId !== null);
  const product = withProduct ? names.product(withProduct) : null;
  const words = task?.words ?? WORDS[first.kind] ?? HELLO;
  return {
    title: (task?.title ?? TITLES[first.kind] ?? '联系一下').slice(0, 60),
    reason: [...new Set(texts.filter((text) => text !== ''))].join('；').slice(0, 200),
    words: fillWords(words, { customer: candidate.customerName, guide: names.guide, store: names.store, product }),
  };
}
