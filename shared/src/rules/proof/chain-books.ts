import { canonicalJson } from '../../kernel/index.js';
import type { ReversedBefore } from '../split/index.js';
import type { AccrualBody, EntryBody, ReversalBody } from './chain.js';

interface OrderBook {
  accrual: AccrualBody;
  reversals: ReversalBody[];
}
interface StoreBook {
  seq: number;
  hash: string;
  /** Every entry since the chain's first is here, so that a refund without its sale is a lie and not an older sale. */
  isFromStart: boolean;
  orders: Map<string, OrderBook>;
}

/** What all refunds of an order together had given back before the next one. */
const reversedBefore = (reversals: readonly ReversalBody[]): ReversedBefore => ({
  freightFen: reversals.reduce((sum, body) => sum + body.refund.freightFen, 0) as ReversedBefore['freightFen'],
  lines: reversals.flatMap((body) => body.refund.lines),
  shares: reversals.flatMap((body) => body.shares),
});

/**
 * What the entries read so far say about each order, in one file or in the files of several days: an entry repeats what
 * stood in earlier ones (the sale's input and shares, what had gone back before), and here it is held against them.
 */
export class ChainBooks {
  private readonly stores = new Map<string, StoreBook>();
  private readonly accrued = new Set<string>();
  private readonly refunds = new Set<string>();
  private readonly rules = new Map<number, string>();

  /** A rule version has one content for ever. @returns what does not fit */
  takeRule(version: number, hash: string): string | null {
    const known = this.rules.get(version) ?? hash;
    this.rules.set(version, known);
    return known === hash ? null : `规则第 ${version} 版出现了两种不同的内容：发布过的规则不能再改`;
  }

  /** A store's section begins; what was known of it counts on only when it begins where the last one ended. */
  open(storeId: string, afterSeq: number, afterHash: string): void {
    const known = this.stores.get(storeId);
    if (known && known.seq === afterSeq && known.hash === afterHash) return;
    this.stores.set(storeId, { seq: afterSeq, hash: afterHash, isFromStart: afterSeq === 0, orders: new Map() });
  }

  /** Takes an entry of an open store. @returns what does not fit what stood before it */
  take(storeId: string, entry: { seq: number; hash: string; body: EntryBody }): string[] {
    const book = this.stores.get(storeId);
    if (!book) return [];
    book.seq = entry.seq;
    book.hash = entry.hash;
    return entry.body.kind === 'ACCRUAL' ? this.takeAccrual(book, entry.body) : this.takeReversal(book, entry.body);
  }

  private takeAccrual(book: StoreBook, body: AccrualBody): string[] {
    if (this.accrued.has(body.orderId)) return ['这笔订单入账了两次'];
    this.accrued.add(body.orderId);
    book.orders.set(body.orderId, { accrual: body, reversals: [] });
    return [];
  }

  private takeReversal(book: StoreBook, body: ReversalBody): string[] {
    const problems: string[] = [];
    if (this.refunds.has(body.refundId)) problems.push('这笔退款冲回了两次');
    this.refunds.add(body.refundId);
    const order = book.orders.get(body.orderId);
    if (!order) return book.isFromStart ? [...problems, '找不到这笔退款的入账记录'] : problems;
    const { accrual, reversals } = order;
    const differs = (theirs: unknown, ours: unknown) => canonicalJson(theirs) !== canonicalJson(ours);
    if (differs(body.original, accrual.shares)) problems.push('退款记录引用的原始分配与入账记录不同');
    if (differs(body.input, accrual.input) || differs(body.rule, accrual.rule) || body.orderNo !== accrual.orderNo)
      problems.push('退款记录引用的订单快照与入账记录不同');
    if (differs(body.before, reversedBefore(reversals))) problems.push('退款记录里“此前已退”的部分与之前的记录不同');
    reversals.push(body);
    return problems;
  }
}
