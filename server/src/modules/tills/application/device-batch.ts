import type { DeviceRow, DeviceRowResult } from '@shuke/shared/contracts';
import {
  addFen,
  allocate,
  type BrandId,
  type Fen,
  fen,
  type GuideId,
  type MemberId,
  mulFen,
  type OrderId,
  type StoreId,
  subFen,
  sumFen,
  ZERO_FEN,
} from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { IdSource } from '../../../platform/ids/id-source.js';
import {
  cashLeft,
  bringBack as goodsBack,
  type KnownOrder,
  type OfflineLine,
  type OfflineOrder,
  type Pieces,
  piecesOf,
  remainingOf,
  type SoldLine,
  tillInstant,
} from '../../connectors/index.js';
import { doubtText, noteDoubt, type TillPerson } from '../../members/index.js';
import type { Act, Device } from '../persistence/till-rows.js';
import type { TillParts } from './till-parts.js';

export type Result = Pick<DeviceRowResult, 'result' | 'text'> & { orderId: OrderId | null };
export type Bare = Omit<DeviceRow, 'signature'>;
/** The row that an act keeps. */
export const bareOf = ({ body }: Act): Bare => JSON.parse(body ?? '{}') as Bare;
/** Sales as far as some rows are about them, what came back of them, and what the rows add. */
export interface Books {
  tx: Tx;
  brandId: BrandId;
  known: Map<string, KnownOrder>;
  lines: Map<OrderId, SoldLine[]>;
  /** Sales of a file that is still being read: more of their lines may come. */
  growing: ReadonlySet<OrderId>;
  /** Guides whom rows name, by their account in WeCom. */
  guides: ReadonlyMap<string, GuideId>;
  /** Pieces that came back so far, by sale and code. */
  back: Map<OrderId, Map<string, number>>;
  skus: Awaited<ReturnType<TillParts['sales']['skusByCode']>>;
  added: { order: OfflineOrder; lines: OfflineLine[] }[];
  members: Set<MemberId>;
}
/** What the rows of a till are held against while they are looked at one after the other. */
export interface Batch extends Books {
  device: Device;
  people: Map<string, TillPerson>;
  paid: Map<number, Act>;
  acts: Act[];
}

export const WAITS: Result = { result: 'WAITING', text: '原单还没有上传，到了就自动入账', orderId: null };
const STILL_GROWING: Result = { result: 'WAITING', text: '原单还在导入，导完就自动入账', orderId: null };
export const personKey = (row: Pick<DeviceRow, 'memberId' | 'cardNo' | 'phone'>): string =>
  `${row.memberId ?? ''}|${row.cardNo ?? ''}|${row.phone ?? ''}`;
export function noteBack(back: Batch['back'], saleId: OrderId, pieces: Pieces): void {
  const had = back.get(saleId) ?? new Map<string, number>();
  for (const [code, qty] of pieces) had.set(code, (had.get(code) ?? 0) + qty);
  back.set(saleId, had);
}

/** The state that an act begins with. */
export function stateOf({ kind, paidBy = [] }: Bare, { result }: Result): Act['state'] {
  if (result === 'WAITING') return 'WAITING';
  if (result !== 'CREATED' && result !== 'REPEATED') return 'REFUSED';
  return kind === 'VOID' && paidBy.length > 0 ? 'OWING' : 'DONE';
}
/** What the till is told of an act that waited. */
export const resultOf = ({ state, text, orderId }: Act): Result => ({
  result: state === 'REFUSED' ? 'REFUSED' : 'CREATED',
  text,
  orderId,
});

function goodsOf(books: Books, code: string) {
  const sku = books.skus.get(code);
  return sku
    ? { skuId: sku.skuId, productId: sku.productId, categoryId: sku.categoryId, spec: sku.spec, imageUrl: sku.imageUrl }
    : { skuId: null, productId: null, categoryId: null, spec: '', imageUrl: null };
}

/** Looks at one row and notes in the batch what it brings about. */
export function bookRow(batch: Batch, row: Bare, ids: IdSource): Result {
  const soldAt = tillInstant(row.happenedAt, batch.tx.now);
  if ('problem' in soldAt)
    return { result: 'REFUSED', text: `${soldAt.problem}，请校准收银机的时钟，再用新的序号上传`, orderId: null };
  return row.kind === 'SALE' ? sell(batch, row, soldAt, ids) : bringBack(batch, batch.device.storeId, row, ids);
}

/** What happened in the shop is booked without its guide rather than not at all, and the answer says so. */
const guideProblem = (books: Books, { guideUserid }: Bare): string | null =>
  guideUserid === undefined || books.guides.has(guideUserid)
    ? null
    : `没有企业微信账号为「${guideUserid}」的导购，没有记导购`;
const guideOf = (books: Books, { guideUserid = '' }: Bare): GuideId | null => books.guides.get(guideUserid) ?? null;

function sell(batch: Batch, row: Bare, soldAt: Date, ids: IdSource): Result {
  const refused = (text: string): Result => ({ result: 'REFUSED', text, orderId: null });
  if (row.lines.length === 0) return refused('销售没有商品明细');
  const paid = [...new Set(row.paidBy ?? [])].map((sequence) => batch.paid.get(sequence));
  if (paid.some((act) => act?.state !== 'DONE' || act.orderId !== null))
    return refused('引用的券、积分或储值操作不存在、顾客还没有确认，或已用于别的单');
  const sum = (kind: Act['kind']): Fen => sumFen(paid.flatMap((act) => (act?.kind === kind ? [act.fen] : [])));
  const goods = row.lines.map((line) => mulFen(fen(line.unitPriceFen), line.qty));
  const couponFen = addFen(sum('COUPON'), fen(row.coupon?.discountFen ?? 0));
  const discount = addFen(couponFen, sum('POINTS'));
  const goodsFen = sumFen(goods);
  if (discount > goodsFen) return refused('优惠超过了商品金额');
  const totalFen = subFen(goodsFen, discount);
  if (sum('WALLET') > totalFen) return refused('储值付款超过了应付金额');
  const earlier = batch.known.get(row.externalNo);
  if (earlier)
    return earlier.kind === 'SALE' && earlier.totalFen === totalFen
      ? { result: 'REPEATED', text: '这个单号已经从别处上传过', orderId: earlier.id }
      : { result: 'CONFLICT', text: '这个单号已经有了，但类型或金额不同', orderId: earlier.id };
  const payable = totalFen === 0 ? goods.map(() => ZERO_FEN) : allocate(totalFen, goods.map(BigInt));
  const wallet = totalFen === 0 ? payable : allocate(sum('WALLET'), payable.map(BigInt));
  const id = ids.next<'order'>();
  const person = batch.people.get(personKey(row));
  const memberId = person?.memberId ?? paid.find((act) => act?.memberId)?.memberId ?? null;
  const lines = row.lines.map((line, at) => ({
    ...goodsOf(batch, line.skuCode),
    id: String(at + 1),
    code: line.skuCode,
    name: line.name,
    qty: line.qty,
    unitPriceFen: fen(line.unitPriceFen),
    amountFen: goods[at] as Fen,
    payableFen: payable[at] as Fen,
    walletFen: wallet[at] as Fen,
  }));
  const pointsUsed = paid.reduce((points, act) => points + (act?.points ?? 0), 0);
  const order: OfflineOrder = {
    id,
    kind: 'SALE',
    externalNo: row.externalNo,
    memberId,
    storeId: batch.device.storeId,
    guideId: guideOf(batch, row),
    totalFen,
    soldAt,
    paid: { couponFen, pointsFen: sum('POINTS'), pointsUsed, walletFen: sum('WALLET') },
  };
  batch.added.push({ order, lines });
  for (const act of paid) if (act) act.orderId = id;
  batch.known.set(row.externalNo, { id, kind: 'SALE', memberId, totalFen, isImported: false });
  batch.lines.set(
    id,
    lines.map((line) => ({ lineId: line.id, ...line })),
  );
  if (memberId) batch.members.add(memberId);
  if (person) noteDoubt(batch.tx, batch.brandId, person);
  const notes = [person ? doubtText(person) : null, guideProblem(batch, row)].filter((note) => note !== null);
  return { result: 'CREATED', text: ['已入账', ...notes].join('；'), orderId: id };
}

/** Goods come back at what was paid for them, never more pieces than were sold. */
export function bringBack(books: Books, storeId: StoreId, row: Bare, ids: IdSource): Result {
  const of = row.ofExternalNo ?? '';
  const sale = books.known.get(of);
  if (of === '') return { result: 'REFUSED', text: '退货和作废要写明原单号', orderId: null };
  if (books.known.has(row.externalNo))
    return { result: 'CONFLICT', text: '这个单号已经有了', orderId: books.known.get(row.externalNo)?.id ?? null };
  if (!sale) return WAITS;
  if (books.growing.has(sale.id)) return STILL_GROWING;
  if (sale.kind !== 'SALE') return { result: 'REFUSED', text: '原单是一张退货单，不能再退', orderId: null };
  const sold = books.lines.get(sale.id) ?? [];
  const gone = books.back.get(sale.id) ?? new Map<string, number>();
  const wanted = row.kind === 'VOID' ? remainingOf(sold, gone) : piecesOf(row.lines);
  const found = goodsBack(sold, gone, wanted);
  if ('problem' in found) return { result: 'REFUSED', text: found.problem, orderId: null };
  const lines: OfflineLine[] = found.goods.map(({ code, qty, amountFen }, at) => ({
    ...goodsOf(books, code),
    id: String(at + 1),
    code,
    name: row.lines.find((line) => line.skuCode === code)?.name ?? code,
    qty,
    unitPriceFen: fen(Math.trunc(amountFen / qty)),
    amountFen,
  }));
  noteBack(books.back, sale.id, wanted);
  const id = ids.next<'order'>();
  const { memberId } = sale;
  const totalFen = sumFen(lines.map((line) => line.amountFen));
  const soldAt = new Date(Math.min(Date.parse(row.happenedAt), books.tx.now.getTime()));
  const order: OfflineOrder = {
    id,
    kind: 'RETURN',
    externalNo: row.externalNo,
    memberId,
    storeId,
    guideId: guideOf(books, row),
    totalFen,
    soldAt,
  };
  books.added.push({ order: { ...order, ofOrderId: sale.id }, lines });
  books.known.set(row.externalNo, { id, kind: 'RETURN', memberId, totalFen, isImported: false });
  if (memberId) books.members.add(memberId);
  const left = cashLeft(sold, books.back.get(sale.id) ?? gone);
  books.tx.emit({
    brandId: books.brandId,
    type: 'pos.order.returned',
    payload: { orderId: sale.id, returnId: id, left },
  });
  return { result: 'CREATED', text: row.kind === 'VOID' ? '已作废' : '退货已入账', orderId: id };
}
