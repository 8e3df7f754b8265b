import { Inject, Injectable } from '@nestjs/common';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Organization } from '../../organization/index.js';
import { type FeedRow, FeedStore } from '../persistence/feed.store.js';
import { StockStore } from '../persistence/stock.store.js';

export interface StockMessage {
  storeCode: string;
  sequence: number;
  kind: 'SNAPSHOT' | 'DELTA';
  rows: readonly { skuCode: string; qty: number }[];
}
export interface PushResult {
  result: 'APPLIED' | 'REPEATED' | 'GAP';
  storeId: StoreId;
  expected: number | null;
  applied: number;
  unknownSkus: string[];
  driftPieces: number;
}
type Pos = Extract<Actor, { kind: 'pos' }>;

/**
 * Takes stock from a point of sale or ERP: full counts and changes, numbered per store. A number that was seen is a no-op; a
 * number too many means that something was lost, so changes wait until a full count puts both in step again (pain 11).
 */
@Injectable()
export class PushStock {
  private readonly feeds = new FeedStore();
  private readonly stock = new StockStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
  ) {}

  /** @throws AppError NOT_FOUND for an unknown store code */
  async run(actor: Pos, message: StockMessage): Promise<PushResult> {
    const store = await this.organization.storeByCode(actor.brandId, message.storeCode);
    if (!store) throw refuse('NOT_FOUND');
    return this.unitOfWork.run('push stock', (tx) => this.take(tx, actor, store.id, message));
  }

  private async take(tx: Tx, actor: Pos, storeId: StoreId, message: StockMessage): Promise<PushResult> {
    const { brandId, connectorId } = actor;
    const before = await this.feeds.lockFeed(tx, brandId, connectorId, storeId);
    const seen = Number(before?.sequence ?? 0);
    const none = { storeId, expected: null, applied: 0, unknownSkus: [], driftPieces: 0 };
    if (message.sequence <= seen) return { ...none, result: 'REPEATED' };
    const isDelta = message.kind === 'DELTA';
    // The first message of all decides where the numbers begin; a change can only follow what it changes.
    const isGap =
      isDelta && (before ? before.state === 'GAP' || message.sequence !== seen + 1 : message.sequence !== 1);
    const feed: FeedRow = before ?? {
      source_id: connectorId,
      store_id: storeId,
      state: 'IN_STEP',
      sequence: '0',
      missing_from: null,
      last_snapshot_at: null,
      last_message_at: tx.now,
      drift_rows: 0,
      drift_pieces: 0,
    };
    if (isGap) {
      const expected = Number(feed.missing_from ?? seen + 1);
      await this.feeds.saveFeed(tx, brandId, {
        ...feed,
        state: 'GAP',
        missing_from: String(expected),
        last_message_at: tx.now,
      });
      tx.emit({ brandId, type: 'stock.feed-gap', payload: { storeId, expected, got: message.sequence } });
      return { ...none, result: 'GAP', expected };
    }
    const { applied, unknownSkus, drifts } = await this.apply(tx, actor, storeId, message);
    const driftPieces = drifts.reduce((sum, one) => sum + Math.abs(one.counted - one.was), 0);
    await this.feeds.saveFeed(tx, brandId, {
      ...feed,
      state: 'IN_STEP',
      missing_from: null,
      sequence: String(message.sequence),
      last_message_at: tx.now,
      ...(isDelta ? {} : { last_snapshot_at: tx.now, drift_rows: drifts.length, drift_pieces: driftPieces }),
    });
    return { result: 'APPLIED', storeId, expected: null, applied, unknownSkus, driftPieces };
  }

  private async apply(tx: Tx, { brandId }: Pos, storeId: StoreId, message: StockMessage) {
    const wanted = new Map<string, number>();
    for (const { skuCode, qty } of message.rows)
      wanted.set(skuCode, message.kind === 'DELTA' ? (wanted.get(skuCode) ?? 0) + qty : qty);
    const known = await this.feeds.lockByCodes(tx, brandId, storeId, [...wanted.keys()]);
    const changes = known.map((row) => {
      const qty = wanted.get(row.code) ?? 0;
      const told = message.kind === 'DELTA' ? row.onHand + qty : qty;
      // Pieces that orders hold are in the store, whatever the other system says: they are never counted away.
      return { ...row, told, after: Math.max(told, row.reserved, 0) };
    });
    const moved = changes.filter((one) => one.after !== one.onHand);
    if (changes.length > 0)
      await this.stock.put(
        tx,
        brandId,
        changes.map((one) => ({
          storeId,
          skuId: one.skuId,
          productId: one.productId,
          onHand: one.after,
          safety: one.safety,
        })),
      );
    await this.stock.insertMovements(
      tx,
      moved.map((one) => ({
        id: this.ids.next<'movement'>(),
        brandId,
        storeId,
        skuId: one.skuId,
        kind: 'COUNT' as const,
        delta: one.after - one.onHand,
        orderId: null,
        reason: message.kind === 'DELTA' ? '收银系统变动' : '收银系统全量盘点',
      })),
    );
    const drifts = changes
      .filter((one) => (message.kind === 'SNAPSHOT' ? one.told !== one.onHand : one.told !== one.after))
      .map((one) => ({ skuId: one.skuId, was: one.onHand, counted: one.told }));
    await this.feeds.insertDrifts(
      tx,
      brandId,
      storeId,
      drifts.map((one) => ({ ...one, id: this.ids.next() as Id })),
    );
    const found = new Set(known.map((row) => row.code.toLowerCase()));
    const unknownSkus = [...wanted.keys()].filter((code) => !found.has(code.toLowerCase()));
    return { applied: changes.length, unknownSkus, drifts };
  }
}
