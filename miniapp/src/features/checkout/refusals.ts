import type { CheckoutPreview } from '@shuke/shared/contracts';
import type { Trouble } from '@/lib/errors';

/** A wanted SKU that cannot be had as wanted, as the person knows it. */
export interface OutLine {
  skuId: string;
  title: string;
}

/** Why an order did not come about, where the next step is more than a word. */
export type Refusal =
  | { kind: 'out'; message: string; lines: OutLine[] }
  | { kind: 'seckill-over'; message: string }
  | { kind: 'still-full' }
  /** No answer came: the order may have been made or not. */
  | { kind: 'lost' };

const WAIT_MS = 1_000;
const WAIT_CODES: readonly string[] = ['SECKILL_WAIT', 'BUSY'];
const OUT_CODES: readonly string[] = ['SOLD_OUT', 'LINES_NOT_SELLABLE'];
const STOCK_PROBLEMS: readonly string[] = ['OUT_OF_STOCK', 'NOT_ENOUGH', 'NOT_LISTED'];

/** Whether nobody knows what became of a request: the network or something between was away. */
export const isLost = (trouble: Trouble): boolean => trouble.isOffline || /^HTTP_5/.test(trouble.code);

const WAY_CODES: readonly string[] = [
  'SLOT_FULL',
  'SLOT_GONE',
  'DELIVERY_NOT_OFFERED',
  'FULFIL_NOT_OFFERED',
  'STORE_NOT_SELLING',
  'STORE_NOT_SERVING',
];
/** Whether the way in which the goods should come is not offered any more: its slot, the store's hours. */
export const isAboutWay = ({ code }: Trouble): boolean => WAY_CODES.includes(code);

interface Detail {
  retryAfterMs?: number;
  /** What the shelf lacked when the goods were to be held. */
  lines?: { skuId: string }[];
  /** What the shelf lacked when the order was priced. */
  problems?: { skuId: string; kind: string; name?: string }[];
}
const detailOf = (trouble: Trouble): Detail => (trouble.detail ?? {}) as Detail;

/** How long to wait before trying again; null when waiting does not help. */
export const waitMsOf = (trouble: Trouble): number | null =>
  WAIT_CODES.includes(trouble.code) ? (detailOf(trouble).retryAfterMs ?? WAIT_MS) : null;

type Known = Pick<CheckoutPreview['lines'][number], 'skuId' | 'name' | 'colour' | 'size'>;

/** The wanted SKUs that a refusal calls short; empty when it is about something else. */
export function outLinesOf(trouble: Trouble, wanted: readonly { skuId: string }[], known: readonly Known[]): OutLine[] {
  if (!OUT_CODES.includes(trouble.code)) return [];
  const { lines = [], problems = [] } = detailOf(trouble);
  const short = problems.filter((one) => STOCK_PROBLEMS.includes(one.kind));
  const named = new Map(short.map((one) => [one.skuId, one.name ?? '']));
  for (const line of known) named.set(line.skuId, `${line.name} ${line.colour} ${line.size}`);
  return [...new Set([...short, ...lines].map((one) => one.skuId))]
    .filter((skuId) => wanted.some((line) => line.skuId === skuId))
    .map((skuId) => ({ skuId, title: named.get(skuId) || '这一件' }));
}

/** What a failed order offers next; null: its message says all. */
export function refusalOf(
  trouble: Trouble,
  wanted: readonly { skuId: string }[],
  known: readonly Known[],
): Refusal | null {
  if (waitMsOf(trouble) !== null) return { kind: 'still-full' };
  if (trouble.code === 'SECKILL_SOLD_OUT') return { kind: 'seckill-over', message: trouble.message };
  const lines = outLinesOf(trouble, wanted, known);
  return lines.length > 0 ? { kind: 'out', message: trouble.message, lines } : null;
}
