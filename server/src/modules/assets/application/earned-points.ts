import { Inject, Injectable } from '@nestjs/common';
import {
  type BrandId,
  businessDay,
  type Fen,
  fen,
  type Id,
  type MemberId,
  type OrderId,
  type StoreId,
  startOfBusinessDay,
} from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { type AssetBook, AssetLedger, type Lot } from '../../asset-ledger/index.js';
import { Levels } from '../../levels/index.js';
import { type EarningLine, multiplierOf, pointsExpiry, pointsFor, worthOf } from '../domain/points-rule.js';
import { PointsStore } from '../persistence/points.store.js';
import { AssetSettings } from './asset-settings.js';
import { pointsBalance } from './points-balance.js';

/** A line of an order as points see it: what of it was paid in cash and not refunded. */
export interface CashLine {
  lineId: string;
  categoryId: string | null;
  cashFen: Fen;
}
export interface EarnWish {
  brandId: BrandId;
  memberId: MemberId;
  orderId: OrderId;
  storeId: StoreId;
  /** Paid in cash; used when the lines are not given. */
  baseFen: Fen;
  at: Date;
  lines?: readonly CashLine[];
  /** How often the order earned before and lost it again, since its goods were not handed over after all. */
  earnedBefore?: number;
  /** When pending points become usable by themselves; without it they wait for {@link EarnedPoints.activate}. */
  activeAt?: Date;
}
/** What is left of a line in cash. */
export type CashLeft = Pick<CashLine, 'lineId' | 'cashFen'>;
export interface TakeBackWish {
  brandId: BrandId;
  orderId: OrderId;
  refundId: Id;
  points: number;
  /** What the member reads; a refund unless told. */
  title?: string;
}
export interface TakenBack {
  fromPending: number;
  fromBalance: number;
  owed: number;
}
export interface Excess {
  points: number;
  spent: number;
  worthFen: Fen;
}
interface EarnTerms extends Record<string, unknown> {
  ruleVersion: number;
  earnFenPerPoint: number;
  lines: { lineId: string; multiplierBp: number }[];
}

/** Points that orders earn: given, made usable, and taken back with the money. Amounts are whole points. */
@Injectable()
export class EarnedPoints {
  private readonly rows = new PointsStore();

  constructor(
    @Inject(AssetLedger) private readonly ledger: AssetLedger,
    @Inject(AssetSettings) private readonly settings: AssetSettings,
    @Inject(Levels) private readonly levels: Levels,
  ) {}

  /**
   * Points for the cash paid for an order, once per order and hand-over; pending until the after-sale window ends unless the brand
   * lets them be used at once. Level, birthday, category and the day's cap count as they are now.
   * @returns how many points were booked
   */
  async earn(tx: Tx, wish: EarnWish): Promise<number> {
    const { brandId, memberId, orderId, storeId } = wish;
    const rule = await this.settings.points(brandId, tx);
    if (!rule.isOn) return 0;
    const level = await this.levels.of(tx, brandId, memberId);
    const isBirthday = await this.rows.isBirthday(tx, brandId, memberId, businessDay(wish.at.getTime()));
    const cash = wish.lines ?? [{ lineId: '0', categoryId: null, cashFen: wish.baseFen }];
    const lines: EarningLine[] = cash.map(({ lineId, categoryId, cashFen }) => ({
      lineId,
      cashFen,
      multiplierBp: multiplierOf(rule, { levelBp: level.benefits.pointsMultiplierBp, isBirthday, categoryId }),
    }));
    const wanted = pointsFor(rule.earnFenPerPoint, lines);
    const dayStart = new Date(startOfBusinessDay(businessDay(tx.now.getTime())));
    // The account is locked before the day's sum is read, so that two orders cannot both fit under the cap.
    await this.ledger.settle(tx, brandId, 'POINTS', memberId);
    const today = rule.dailyCap === null ? 0 : await this.rows.earnedSince(tx, wish, dayStart);
    const amount = rule.dailyCap === null ? wanted : Math.max(0, Math.min(wanted, rule.dailyCap - today));
    const terms: EarnTerms = {
      ruleVersion: rule.version,
      earnFenPerPoint: rule.earnFenPerPoint,
      lines: lines.map(({ lineId, multiplierBp }) => ({ lineId, multiplierBp })),
    };
    const [lot] = await this.ledger.credit(tx, brandId, 'POINTS', memberId, [
      {
        lot: {
          kind: 'POINTS',
          amount,
          originKind: 'ORDER',
          originId: orderId,
          title: '消费得积分',
          storeId,
          terms,
          ...(rule.isInstantUse ? {} : { activeAt: wish.activeAt ?? null }),
          expiresAt: pointsExpiry(rule, wish.at),
        },
        cause: {
          kind: 'EARN',
          ref: `EARN:${orderId}${wish.earnedBefore ? `:${wish.earnedBefore}` : ''}`,
          title: '消费得积分',
          storeId,
          orderId,
        },
      },
    ]);
    return lot?.granted ?? 0;
  }

  /** The after-sale window is over: what the order earned is usable. */
  async activate(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    for (const lot of await this.ledger.rows.lotsOfOrigin(tx, brandId, 'ORDER', [orderId])) {
      if (lot.kind === 'POINTS' && lot.state === 'PENDING')
        await this.ledger.change(tx, { brandId, asset: 'POINTS', owners: [lot.ownerId] }, (books) =>
          books.get(lot.ownerId)?.activate(lot.id, '售后期结束，积分生效'),
        );
    }
  }

  /**
   * Takes points of an order back: pending ones are cancelled, spent ones become a debt that the next points pay. Never
   * dropped silently (features.md B8, rule 4). Once per refund.
   */
  async takeBack(tx: Tx, wish: TakeBackWish): Promise<TakenBack> {
    const { brandId, orderId, points } = wish;
    const none = { fromPending: 0, fromBalance: 0, owed: 0 };
    const lots = await this.earnedBy(tx, brandId, orderId);
    const ownerId = lots[0]?.ownerId;
    const ref = `TAKE_BACK:${wish.refundId}`;
    if (!ownerId || points <= 0) return none;
    const books = await this.ledger.rows.load(
      tx,
      brandId,
      'POINTS',
      [ownerId],
      lots.map((lot) => lot.id),
    );
    if ((await this.ledger.rows.known(tx, brandId, 'POINTS', [ref])).has(ref)) return none;
    const granted = lots.reduce((sum, lot) => sum + lot.granted, 0);
    const left = granted - (await this.rows.takenBack(tx, brandId, orderId));
    const book = books.get(ownerId) as AssetBook;
    book.settle();
    const title = wish.title ?? '退款扣回积分';
    const cause = { kind: 'TAKE_BACK', ref, title, storeId: lots[0]?.storeId ?? null, orderId };
    const done = book.takeBack(
      lots.map((lot) => lot.id),
      Math.min(points, left),
      cause,
    );
    await this.ledger.rows.save(tx, brandId, 'POINTS', [book]);
    if (done.owed > 0)
      tx.emit({ brandId, type: 'points.owed', payload: { memberId: ownerId, orderId, owed: done.owed } });
    return done;
  }

  /**
   * How many points an order has too many once only this cash is left of it, by the multipliers of the day it earned
   * them; and what they are worth, for a brand that reduces the refund instead of letting the balance go negative.
   */
  async excess(on: Queryable, brandId: BrandId, orderId: OrderId, left: readonly CashLeft[]): Promise<Excess> {
    const lots = await this.earnedBy(on, brandId, orderId);
    // The last one counts: an earlier one was taken back with its hand-over.
    const lot = lots.at(-1);
    if (!lot) return { points: 0, spent: 0, worthFen: fen(0) };
    const terms = lot.terms as EarnTerms | null;
    const kept = terms
      ? pointsFor(
          terms.earnFenPerPoint,
          terms.lines.map((line) => ({
            ...line,
            cashFen: left.find((one) => one.lineId === line.lineId)?.cashFen ?? fen(0),
          })),
        )
      : 0;
    const granted = lots.reduce((sum, one) => sum + one.granted, 0);
    const standing = granted - (await this.rows.takenBack(on, brandId, orderId));
    const points = Math.max(0, standing - Math.min(kept, granted));
    const balance = await pointsBalance(this.ledger, on, brandId, lot.ownerId);
    const pending = lot.state === 'PENDING' ? lot.remaining : 0;
    const spent = Math.max(0, points - pending - balance.available);
    return { points, spent, worthFen: worthOf(await this.settings.points(brandId), spent) };
  }

  private async earnedBy(on: Queryable, brandId: BrandId, orderId: OrderId): Promise<Lot[]> {
    const lots = await this.ledger.rows.lotsOfOrigin(on, brandId, 'ORDER', [orderId]);
    return lots.filter((lot) => lot.kind === 'POINTS');
  }
}
