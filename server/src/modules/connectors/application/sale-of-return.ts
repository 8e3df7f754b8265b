import { Inject, Injectable } from '@nestjs/common';
import { addFen, type BrandId, DAY_MS, type Fen, type MemberId, ZERO_FEN } from '@shuke/shared/kernel';
import { Database } from '../../../platform/database/database.js';
import { PeopleAtTills } from '../../members/index.js';
import { bringBack, piecesOf } from '../domain/returned-goods.js';
import { TILL_SLACK_MS } from '../domain/till-clock.js';
import { type KnownSale, OfflineOrdersStore } from '../persistence/offline-orders.store.js';
import { PushedReturnStore } from '../persistence/pushed-return.store.js';

/** A return that does not say which sale its goods are of. */
export interface UnnamedReturn {
  externalNo: string;
  cardNo?: string | undefined;
  phone?: string | undefined;
  soldAt: string;
  lines: readonly { skuCode: string; qty: number; unitPriceFen: number }[];
}

/** What was bought longer ago does not come back without its receipt. */
const LOOK_BACK_DAYS = 180;

/**
 * Finds the sale of a return that a point of sale pushed without its number, from what its member has bought. Only where
 * there is no doubt: one sale has all the goods, or what comes back was paid so in the last of several. Everything else
 * stays a return without a sale, and nobody's points or discounts are guessed at.
 */
@Injectable()
export class SaleOfReturn {
  private readonly rows = new OfflineOrdersStore();
  private readonly returns = new PushedReturnStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PeopleAtTills) private readonly people: PeopleAtTills,
  ) {}

  /** @returns the number of the sale; null where it is not certain, and for a return that was booked without one before */
  async find(brandId: BrandId, wish: UnnamedReturn): Promise<string | null> {
    const { externalNo } = wish;
    const earlier = await this.returns.find(this.database, brandId, externalNo);
    if (earlier) return earlier.wish.ofExternalNo;
    if ((await this.rows.known(this.database, brandId, [externalNo])).has(externalNo)) return null;
    const [person] = await this.people.find(this.database, brandId, [wish]);
    if (!person) return null;
    const fitting = await this.fitting(brandId, person.memberId, wish);
    const returnedMs = Date.parse(wish.soldAt);
    const before = fitting.filter((one) => one.soldAt.getTime() <= returnedMs);
    // Goods do not come back before they are sold: where nothing else fits, the clock of one of the two tills is wrong.
    const likely = before.length > 0 ? before : fitting;
    if (likely.length === 1) return likely[0]?.externalNo ?? null;
    const asked = wish.lines.reduce((sum, line) => sum + line.qty * line.unitPriceFen, 0);
    return likely.find((one) => one.worthFen === asked)?.externalNo ?? null;
  }

  /** Sales that all the goods may still come back of, and what was paid for them there, the latest first. */
  private async fitting(
    brandId: BrandId,
    memberId: MemberId,
    wish: UnnamedReturn,
  ): Promise<(KnownSale & { worthFen: Fen })[]> {
    const wanted = piecesOf(wish.lines);
    const returnedMs = Date.parse(wish.soldAt);
    const until = new Date(returnedMs + TILL_SLACK_MS);
    const since = new Date(returnedMs - LOOK_BACK_DAYS * DAY_MS);
    const sales = await this.rows.salesWith(this.database, brandId, memberId, [...wanted.keys()], since, until);
    if (sales.length === 0) return [];
    const ids = sales.map((one) => one.id);
    const sold = await this.rows.soldLines(this.database, brandId, ids);
    const back = await this.rows.returnsOf(this.database, brandId, ids);
    return sales.flatMap((sale) => {
      const gone = new Map<string, number>();
      for (const one of back.filter(({ saleId }) => saleId === sale.id))
        for (const [code, qty] of one.pieces) gone.set(code, (gone.get(code) ?? 0) + qty);
      const found = bringBack(sold.get(sale.id) ?? [], gone, wanted);
      if ('problem' in found) return [];
      return [{ ...sale, worthFen: found.goods.reduce((sum, { amountFen }) => addFen(sum, amountFen), ZERO_FEN) }];
    });
  }
}
