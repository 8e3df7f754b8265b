import { Inject, Injectable } from '@nestjs/common';
import type { LevelBenefits } from '@shuke/shared/contracts';
import type { BrandId, Id, MemberId, OrderId, StoreId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { type AssetBook, AssetLedger } from '../../asset-ledger/index.js';
import { addMonths, riseTo } from '../domain/level-course.js';
import { FEN_PER_GROWTH, type LevelScheme, levelAt, levelView, shownGrowth } from '../domain/level-scheme.js';
import { type LevelEvent, type LevelRow, LevelStore, type UnbookedOrderRow } from '../persistence/level.store.js';

const SCHEME_LIFE_MS = 5_000;

/** A member's level with what it gives. */
export interface MemberLevel {
  level: number;
  name: string;
  growth: number;
  nextLevelGrowth: number | null;
  benefits: LevelBenefits;
}

/** The level that counts: what was earned, or what was granted while the grant lasts. */
export const effectiveLevel = (row: Pick<LevelRow, 'level' | 'grantedLevel' | 'grantedUntil'>, now: Date): number =>
  row.grantedLevel !== null && row.grantedUntil !== null && row.grantedUntil > now
    ? Math.max(row.level, row.grantedLevel)
    : row.level;

/**
 * The door to levels (product.md A5): growth is an account of its own on the asset ledger, apart from points; a level is
 * reached at once and kept for its period.
 */
@Injectable()
export class Levels {
  readonly rows = new LevelStore();
  private readonly schemes = new Map<string, { scheme: LevelScheme; readAt: number }>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AssetLedger) private readonly ledger: AssetLedger,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The brand's levels; from memory while they are fresh. */
  async scheme(brandId: BrandId, on: Queryable = this.database): Promise<LevelScheme> {
    const kept = this.schemes.get(brandId);
    if (kept && Math.abs(this.clock.now() - kept.readAt) < SCHEME_LIFE_MS) return kept.scheme;
    const scheme = await this.rows.scheme(on, brandId);
    this.schemes.set(brandId, { scheme, readAt: this.clock.now() });
    return scheme;
  }

  forget(brandId: BrandId): void {
    this.schemes.delete(brandId);
  }

  /** A member's level today. */
  async of(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<MemberLevel> {
    const [scheme, card] = await Promise.all([this.scheme(brandId), this.rows.card(on, brandId, memberId)]);
    const mine = levelAt(scheme, card?.level ?? 1);
    const growth = card?.growth ?? 0;
    const { nextLevelGrowth } = levelView(scheme, mine.level);
    return { level: mine.level, name: mine.name, growth, nextLevelGrowth, benefits: mine.benefits };
  }

  /**
   * Books what members' orders are worth in growth (what was paid and not refunded, orders of all channels) as far as it
   * is not booked yet, and lets levels rise. Safe to repeat, in any order of events.
   */
  async refresh(tx: Tx, brandId: BrandId, memberIds: readonly MemberId[]): Promise<void> {
    const ids = [...new Set(memberIds)];
    if (ids.length === 0) return;
    const scheme = await this.scheme(brandId, tx);
    // The accounts are locked first, so that two events of one member do not book the same order twice.
    const books = await this.ledger.rows.load(tx, brandId, 'GROWTH', ids);
    const orders = await this.rows.unbookedOrders(tx, brandId, ids);
    for (const book of books.values()) book.settle();
    for (const order of orders) this.book(tx, scheme, books.get(order.member_id) as AssetBook, order);
    await this.ledger.rows.save(tx, brandId, 'GROWTH', [...books.values()]);
    await this.reassess(tx, brandId, scheme, books);
  }

  /**
   * Takes back what orders were worth that are about to be removed, returns included: a return had taken from other
   * orders' lots, so the sum per member decides and not each order alone.
   */
  async unearn(
    tx: Tx,
    brandId: BrandId,
    orders: readonly { id: OrderId; memberId: MemberId }[],
    title: string,
  ): Promise<void> {
    if (orders.length === 0) return;
    const scheme = await this.scheme(brandId, tx);
    const books = await this.ledger.rows.load(tx, brandId, 'GROWTH', [...new Set(orders.map((one) => one.memberId))]);
    const booked = await this.rows.booked(
      tx,
      brandId,
      orders.map((one) => one.id),
    );
    for (const [memberId, book] of books) {
      const own = orders.filter((one) => one.memberId === memberId);
      const amount = own.reduce((sum, one) => sum + (booked.get(one.id) ?? 0), 0);
      const first = own[0]?.id as OrderId;
      const cause = { kind: 'TAKE_BACK', ref: `FORGET:${first}:${book.account.entryCount}`, title };
      book.settle();
      if (amount < 0) {
        const origin = { originKind: 'GRANT', originId: first };
        book.credit(this.ledger.lot(tx, memberId, { kind: 'GROWTH', amount: -amount, title, ...origin }), cause);
      }
      const ids = new Set<string>(own.map((one) => one.id));
      const lots = [...book.lots.values()].filter((lot) => ids.has(lot.originId)).map((lot) => lot.id);
      if (amount > 0) book.takeBack(lots, amount, cause);
    }
    await this.ledger.rows.save(tx, brandId, 'GROWTH', [...books.values()]);
    await this.reassess(tx, brandId, scheme, books);
  }

  private book(tx: Tx, scheme: LevelScheme, book: AssetBook, order: UnbookedOrderRow): void {
    const differs = Number(order.differs);
    const expiresAt = scheme.growthMonths === null ? null : addMonths(order.paid_at, scheme.growthMonths);
    if (expiresAt !== null && expiresAt <= tx.now) return;
    const storeId = order.store_id as StoreId;
    const cause = (kind: string, title: string) => ({
      kind,
      ref: `${kind}:${order.id}:${book.account.entryCount + book.entries.length}`,
      title,
      storeId,
      orderId: order.id,
    });
    if (differs > 0) {
      const origin = { originKind: 'ORDER', originId: order.id, storeId, expiresAt };
      const lot = this.ledger.lot(tx, order.member_id, {
        kind: 'GROWTH',
        amount: differs,
        title: '消费成长值',
        ...origin,
      });
      book.credit(lot, cause('EARN', '消费获得成长值'));
      return;
    }
    const own = [...book.lots.values()].filter((lot) => lot.originKind === 'ORDER' && lot.originId === order.id);
    const left = own.reduce((sum, lot) => sum + lot.remaining, 0);
    // Growth of the order that has lapsed meanwhile cannot be taken from others; a return of its own has no lot at all.
    const amount = order.kind === 'RETURN' ? -differs : Math.min(-differs, left);
    if (amount === 0) return;
    book.takeBack(
      own.map((lot) => lot.id),
      amount,
      cause('TAKE_BACK', '退款扣回成长值'),
    );
  }

  /** Lets levels rise to what growth reaches and brings the members' cards up to date. */
  async reassess(
    tx: Tx,
    brandId: BrandId,
    scheme: LevelScheme,
    books: ReadonlyMap<MemberId, AssetBook>,
  ): Promise<void> {
    const rows = await this.rows.rows(tx, brandId, [...books.keys()], true);
    const changed: LevelRow[] = [];
    const events: LevelEvent[] = [];
    const cards: { memberId: MemberId; level: number; growth: number }[] = [];
    for (const [memberId, { account }] of books) {
      const before = rows.get(memberId) ?? this.firstRow(tx, scheme, memberId);
      const after = { ...before, ...riseTo(scheme, before, account.balance, tx.now) };
      const growth = shownGrowth(account.balance);
      if (after.level > before.level)
        events.push({ memberId, kind: 'UP', from: before.level, to: after.level, growth, reason: '成长值达到要求' });
      if (after.level !== before.level || !rows.has(memberId))
        changed.push({ ...after, schemeVersion: scheme.version });
      cards.push({ memberId, level: effectiveLevel(after, tx.now), growth });
    }
    await this.write(tx, brandId, changed, events, cards);
  }

  /** Growth that comes from no order: opening balances of an import, gifts, corrections upwards. Each reference once. */
  async grant(
    tx: Tx,
    brandId: BrandId,
    items: readonly { memberId: MemberId; growth: number; ref: string; title: string; originId: Id }[],
  ): Promise<void> {
    const wanted = items.filter((one) => one.growth > 0);
    if (wanted.length === 0) return;
    const scheme = await this.scheme(brandId, tx);
    const expiresAt = scheme.growthMonths === null ? null : addMonths(tx.now, scheme.growthMonths);
    const books = await this.ledger.rows.load(
      tx,
      brandId,
      'GROWTH',
      wanted.map((one) => one.memberId),
    );
    const known = await this.ledger.rows.known(
      tx,
      brandId,
      'GROWTH',
      wanted.map((one) => one.ref),
    );
    for (const one of wanted.filter(({ ref }) => !known.has(ref))) {
      const lot = this.ledger.lot(tx, one.memberId, {
        kind: 'GROWTH',
        amount: one.growth * FEN_PER_GROWTH,
        title: one.title,
        expiresAt,
        originKind: 'GRANT',
        originId: one.originId,
      });
      books.get(one.memberId)?.credit(lot, { kind: 'GRANT', ref: one.ref, title: one.title });
    }
    await this.ledger.rows.save(tx, brandId, 'GROWTH', [...books.values()]);
    await this.reassess(tx, brandId, scheme, books);
  }

  /** Writes levels, their history and the members' cards, and tells whoever wants to know. */
  async write(
    tx: Tx,
    brandId: BrandId,
    rows: readonly LevelRow[],
    events: readonly LevelEvent[],
    cards: readonly { memberId: MemberId; level: number; growth: number }[],
  ): Promise<void> {
    await this.rows.save(tx, brandId, rows);
    await this.rows.addEvents(
      tx,
      brandId,
      events.map((one) => ({ ...one, id: this.ids.next() })),
    );
    await this.rows.project(tx, brandId, cards);
    for (const one of events) {
      const payload = { memberId: one.memberId, kind: one.kind, from: one.from, to: one.to };
      tx.emit({ brandId, type: 'member.level-changed', payload });
    }
  }

  /** Where a member without a row stands. */
  firstRow(tx: Tx, scheme: LevelScheme, memberId: MemberId): LevelRow {
    return {
      memberId,
      level: scheme.levels[0]?.level ?? 1,
      since: tx.now,
      periodEndsAt: addMonths(tx.now, scheme.periodMonths),
      grantedLevel: null,
      grantedUntil: null,
      schemeVersion: scheme.version,
    };
  }
}
