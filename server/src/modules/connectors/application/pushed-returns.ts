import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { posRoutes, ResponseOf } from '@shuke/shared/contracts';
import { type BrandId, canonicalJson, fenFromBigInt, type OrderId, sumFen } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, isDuplicate } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { Members } from '../../members/index.js';
import { bringBack, cashLeft, piecesOf, type ReturnedGoods } from '../domain/returned-goods.js';
import { ArrivingFileStore } from '../persistence/arriving-file.store.js';
import { type KnownOrder, OfflineOrdersStore } from '../persistence/offline-orders.store.js';
import type { OfflineLine } from '../persistence/order-rows.js';
import { type KnownReturn, type NamedReturn, PushedReturnStore } from '../persistence/pushed-return.store.js';
import { SaleOfReturn, type UnnamedReturn } from './sale-of-return.js';

type Result = ResponseOf<typeof posRoutes.pushOrders>['results'][number];

const ATTEMPTS = 3;
const BATCH = 100;
const EVERY_MS = 2000;
const WAITS = '原单还没有上传，到了就自动入账';
const STILL_GROWING = '原单还在导入，导完就自动入账';

/** The content that makes a return the same return: its sale and its pieces. Prices are the sale's and not the caller's. */
const hashOf = ({ ofExternalNo, lines }: NamedReturn): string =>
  createHash('sha256')
    .update(canonicalJson({ ofExternalNo, pieces: [...piecesOf(lines)].sort() }))
    .digest('hex');

/**
 * Returns that a point of sale pushes with the number of their sale: goods come back at what was paid for them, never more
 * pieces than were sold, and what the sale brought its member follows. A return that comes before its sale waits.
 */
@Injectable()
export class PushedReturns implements OnModuleInit {
  private readonly unbooked = new Setbacks();
  private readonly rows = new OfflineOrdersStore();
  private readonly returns = new PushedReturnStore();
  private readonly files = new ArrivingFileStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Members) private readonly members: Members,
    @Inject(SaleOfReturn) private readonly sales: SaleOfReturn,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'connectors.returns', everyMs: EVERY_MS, run: () => this.catchUp() });
  }

  /** Books a return that does not name its sale, where there is no doubt which it is; null where there is. */
  async takeUnnamed(
    brandId: BrandId,
    wish: Omit<NamedReturn, 'ofExternalNo'>,
    told: UnnamedReturn,
  ): Promise<Result | null> {
    const ofExternalNo = await this.sales.find(brandId, told);
    return ofExternalNo === null ? null : this.take(brandId, { ...wish, ofExternalNo });
  }

  /** Books a return or keeps it until its sale is there. The same content again is answered as it stands now. */
  async take(brandId: BrandId, wish: NamedReturn): Promise<Result> {
    const { externalNo } = wish;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return { externalNo, ...(await this.unitOfWork.run('pos.return', (tx) => this.takeOnce(tx, brandId, wish))) };
      } catch (error) {
        // The same number at the same moment: the next attempt sees it.
        if (!isDuplicate(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  private async takeOnce(tx: Tx, brandId: BrandId, wish: NamedReturn): Promise<Omit<Result, 'externalNo'>> {
    const hash = hashOf(wish);
    const known = await this.rows.known(tx, brandId, [wish.externalNo, wish.ofExternalNo]);
    const sale = known.get(wish.ofExternalNo);
    // Whoever brings back goods of the same sale at once follows; what is read from here on holds.
    if (sale) await this.rows.lock(tx, brandId, [sale.id]);
    const earlier = await this.returns.find(tx, brandId, wish.externalNo);
    if (earlier && earlier.state !== 'REFUSED') {
      if (earlier.hash !== hash)
        return refused('这个单号已经有了，但原单号或退货件数不同', earlier.orderId ?? undefined);
      if (earlier.state === 'DONE' && earlier.orderId) return { result: 'EXISTS', orderId: earlier.orderId };
    }
    const twin = earlier ? undefined : known.get(wish.externalNo);
    if (twin) return refused('这个单号已经有了，但类型或金额不同', twin.id);
    if (!sale || (await this.isGrowing(tx, brandId, sale))) {
      const text = sale ? STILL_GROWING : WAITS;
      await this.returns.put(tx, { brandId, hash, state: 'WAITING', orderId: null, text, wish });
      return { result: 'WAITING', problem: text };
    }
    const booked = await this.book(tx, brandId, wish, sale);
    if ('problem' in booked) return refused(booked.problem);
    await this.returns.put(tx, { brandId, hash, state: 'DONE', orderId: booked.orderId, text: '', wish });
    return { result: 'CREATED', orderId: booked.orderId };
  }

  private async isGrowing(tx: Tx, brandId: BrandId, sale: KnownOrder): Promise<boolean> {
    return (await this.files.growing(tx, brandId, [sale], tx.now)).size > 0;
  }

  /** Books returns whose sale has come; one that cannot be booked holds no other up. @returns how many ended */
  catchUp(): Promise<number> {
    return eachDue(this.unbooked, this.clock.date(), {
      label: 'book a pushed return',
      batch: BATCH,
      due: (limit) => this.returns.arrived(this.database, this.clock.date(), limit),
      nameOf: ({ brandId, wish }) => `${brandId}/${wish.externalNo}`,
      work: (one) => this.unitOfWork.run('pos.return', (tx) => this.settle(tx, one)),
    });
  }

  /** False when somebody else was faster. */
  private async settle(tx: Tx, { brandId, wish }: KnownReturn): Promise<boolean> {
    const known = await this.rows.known(tx, brandId, [wish.externalNo, wish.ofExternalNo]);
    const sale = known.get(wish.ofExternalNo);
    if (!sale) return false;
    await this.rows.lock(tx, brandId, [sale.id]);
    if (await this.isGrowing(tx, brandId, sale)) return false;
    const one = await this.returns.find(tx, brandId, wish.externalNo);
    if (one?.state !== 'WAITING') return false;
    const booked = known.has(wish.externalNo)
      ? { problem: '这个单号已经有了' }
      : await this.book(tx, brandId, one.wish, sale);
    const end =
      'problem' in booked
        ? { state: 'REFUSED' as const, orderId: null, text: booked.problem }
        : { state: 'DONE' as const, orderId: booked.orderId, text: '' };
    await this.returns.put(tx, { ...one, ...end });
    return true;
  }

  /** The sale's row is locked. */
  private async book(
    tx: Tx,
    brandId: BrandId,
    wish: NamedReturn,
    sale: KnownOrder,
  ): Promise<{ orderId: OrderId } | { problem: string }> {
    if (sale.kind !== 'SALE') return { problem: '原单是一张退货单，不能再退' };
    const sold = (await this.rows.soldLines(tx, brandId, [sale.id])).get(sale.id) ?? [];
    const back = new Map<string, number>();
    const more = (pieces: Iterable<[string, number]>) => {
      for (const [code, qty] of pieces) back.set(code, (back.get(code) ?? 0) + qty);
    };
    for (const { pieces } of await this.rows.returnsOf(tx, brandId, [sale.id])) more(pieces);
    const wanted = piecesOf(wish.lines);
    const found = bringBack(sold, back, wanted);
    if ('problem' in found) return found;
    more(wanted);
    const lines = await this.linesOf(tx, brandId, wish, found.goods);
    const orderId = this.ids.next<'order'>();
    const { externalNo, storeId, guideId } = wish;
    const totalFen = sumFen(lines.map((line) => line.amountFen));
    const order = { id: orderId, kind: 'RETURN' as const, externalNo, memberId: sale.memberId, storeId, guideId };
    const rest = { totalFen, soldAt: new Date(wish.soldAt), ofOrderId: sale.id };
    await this.rows.add(tx, brandId, [{ order: { ...order, ...rest }, lines }]);
    if (sale.memberId) await this.members.refreshGrowth(tx, brandId, [sale.memberId]);
    const left = cashLeft(sold, back);
    tx.emit({ brandId, type: 'pos.order.returned', payload: { orderId: sale.id, returnId: orderId, left } });
    return { orderId };
  }

  private async linesOf(
    tx: Tx,
    brandId: BrandId,
    wish: NamedReturn,
    goods: readonly ReturnedGoods[],
  ): Promise<OfflineLine[]> {
    const skus = await this.rows.skusByCode(
      tx,
      brandId,
      goods.map((one) => one.code),
    );
    return goods.map(({ code, qty, amountFen }, at) => {
      const sku = skus.get(code);
      return {
        id: String(at + 1),
        skuId: sku?.skuId ?? null,
        productId: sku?.productId ?? null,
        categoryId: sku?.categoryId ?? null,
        code,
        spec: sku?.spec ?? '',
        imageUrl: sku?.imageUrl ?? null,
        name: wish.lines.find((line) => line.skuCode === code)?.name ?? code,
        qty,
        amountFen,
        unitPriceFen: fenFromBigInt(BigInt(amountFen) / BigInt(qty)),
      };
    });
  }
}

const refused = (problem: string, orderId?: OrderId): Omit<Result, 'externalNo'> => ({
  result: 'REFUSED',
  problem,
  ...(orderId ? { orderId } : {}),
});
