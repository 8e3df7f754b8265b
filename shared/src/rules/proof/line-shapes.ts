import { FEN_MAX } from '../../kernel/index.js';

/** Says whether a value has exactly this form. */
type Shape = (value: unknown) => boolean;

const text: Shape = (value) => typeof value === 'string';
const whole: Shape = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const money: Shape = (value) => Number.isInteger(value) && Math.abs(value as number) <= FEN_MAX;
const matching =
  (pattern: RegExp): Shape =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const hash = matching(/^[0-9a-f]{64}$/);
const isDigits = matching(/^\d{4}-\d{2}-\d{2}$/);
/** A day of the calendar; a thirteenth month or the thirty-first of February is none. */
const day: Shape = (value) => {
  const instant = isDigits(value) ? Date.parse(`${value}T00:00:00.000Z`) : Number.NaN;
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(`${value}T`);
};
const basisPoints: Shape = (value) => whole(value) && (value as number) <= 10_000;
const oneOf =
  (...values: readonly unknown[]): Shape =>
  (value) =>
    values.includes(value);
const list =
  (item: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(item);
const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null || shape(value);

/** An object with these fields and no others: what nobody reads must not travel under our seal. */
function record(fields: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): Shape {
  const required = new Map(Object.entries(fields));
  const known = new Map([...required, ...Object.entries(optional)]);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    return (
      [...required.keys()].every((key) => Object.hasOwn(value, key)) &&
      Object.entries(value).every(([key, item]) => known.get(key)?.(item) === true)
    );
  };
}

const party = { party: oneOf('BRAND', 'FRANCHISEE', 'GUIDE', 'CHANNEL'), partyId: text, partyName: text };
const shares = list(record({ ...party, fen: money }));
const refund = { freightFen: money, lines: list(record({ lineId: text, amountFen: money })) };
const leg = record(
  { party: oneOf('BRAND', 'GUIDE'), ratioBp: basisPoints },
  { storeKinds: list(oneOf('SELF', 'FRANCHISE')), categoryIds: list(text), note: text },
);
const input = record(
  {
    paidFen: money,
    freightFen: money,
    feeBp: basisPoints,
    storeKind: oneOf('SELF', 'FRANCHISE'),
    collectMode: oneOf('STORE', 'BRAND'),
    owner: record(party),
    brand: record(party),
    guide: orNull(record(party)),
    lines: list(record({ lineId: text, categoryId: text, name: text, qty: whole, payableFen: money })),
  },
  { depositFen: money },
);
const base = {
  v: oneOf(1),
  storeId: text,
  storeName: text,
  orderId: text,
  orderNo: text,
  at: text,
  businessDay: day,
  rule: record({ version: whole, hash }),
  steps: list(record({ label: text, formula: text, fen: money })),
  shares,
  input,
};
const accrual = record({ ...base, kind: oneOf('ACCRUAL') });
const reversal = record({
  ...base,
  kind: oneOf('REVERSAL'),
  refundId: text,
  original: shares,
  refund: record(refund),
  before: record({ ...refund, shares }),
  refundFen: money,
});

const LINES: ReadonlyMap<unknown, Shape> = new Map([
  [
    'header',
    record(
      {
        type: text,
        format: text,
        brand: record({ id: text, name: text }),
        franchisee: record({ id: text, name: text }),
        businessDay: day,
      },
      { state: oneOf('DRAFT', 'PUBLISHED') },
    ),
  ],
  ['rule', record({ type: text, rule: record({ version: whole, name: text, legs: list(leg) }), hash })],
  [
    'store',
    record({
      type: text,
      storeId: text,
      storeName: text,
      afterSeq: whole,
      afterHash: hash,
      entryCount: whole,
      headHash: hash,
    }),
  ],
  ['entry', record({ type: text, seq: whole, prevHash: hash, hash, body: (body) => accrual(body) || reversal(body) })],
  [
    'total',
    record({
      type: text,
      totals: record({
        entryCount: whole,
        amountFen: money,
        brand: money,
        franchisee: money,
        guide: money,
        channel: money,
      }),
    }),
  ],
  ['seal', record({ type: text, hash, lines: list(matching(/^[0-9a-f]{16}$/)) })],
]);

/** Whether a parsed line of a proof has the form that its type promises, with every field and no other. */
export function hasLineShape(line: unknown): boolean {
  const type = typeof line === 'object' && line !== null ? (line as { type?: unknown }).type : undefined;
  return LINES.get(type)?.(line) === true;
}
