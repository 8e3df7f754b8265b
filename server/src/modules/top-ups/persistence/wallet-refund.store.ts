import { type BrandId, type Fen, type Id, type MemberId, parseFen } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export type WalletRefundState = 'REVIEW' | 'SENDING' | 'DONE' | 'REFUSED' | 'FAILED';
export interface WalletRefund {
  brandId: BrandId;
  id: Id<'wallet-refund'>;
  requestId: Id;
  memberId: MemberId;
  topUpId: Id<'top-up'>;
  state: WalletRefundState;
  route: 'ORIGINAL' | 'BANK';
  refundFen: Fen;
  bonusFen: Fen;
  reason: string;
  note: string | null;
  requestedAt: Date;
  finishedAt: Date | null;
  /** How often the channel was asked in vain. */
  tries: number;
}
type Row = Record<string, unknown>;
const refundOf = (row: Row): WalletRefund => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as WalletRefund['id'],
  requestId: row['request_id'] as Id,
  memberId: row['member_id'] as MemberId,
  topUpId: row['top_up_id'] as WalletRefund['topUpId'],
  state: row['state'] as WalletRefundState,
  route: row['route'] as WalletRefund['route'],
  refundFen: parseFen(row['refund_fen']),
  bonusFen: parseFen(row['bonus_fen']),
  reason: row['reason'] as string,
  note: row['note'] as string | null,
  requestedAt: row['requested_at'] as Date,
  finishedAt: row['finished_at'] as Date | null,
  tries: Number(row['tries']),
});

/** Refunds of balances. */
export class WalletRefundStore {
  async insert(tx: Tx, one: WalletRefund): Promise<void> {
    await tx.execute(
      `INSERT INTO wallet_refund (brand_id, id, request_id, member_id, top_up_id, state, route, refund_fen, bonus_fen, reason, requested_at, next_at)
       VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
      [
        ...[
          one.brandId,
          one.id,
          one.requestId,
          one.memberId,
          one.topUpId,
          one.state,
          one.route,
          one.refundFen,
          one.bonusFen,
          one.reason,
        ],
        one.requestedAt,
        one.requestedAt,
      ],
    );
  }

  async find(on: Queryable, brandId: BrandId, id: Id, isLocked = false): Promise<WalletRefund | null> {
    const [row] = await on.query<Row>(
      `SELECT * FROM wallet_refund WHERE brand_id = ? AND id = ?${isLocked ? ' FOR UPDATE' : ''}`,
      [brandId, id],
    );
    return row ? refundOf(row) : null;
  }

  async ofRequest(on: Queryable, brandId: BrandId, requestId: Id): Promise<WalletRefund[]> {
    const rows = await on.query<Row>('SELECT * FROM wallet_refund WHERE brand_id = ? AND request_id = ? ORDER BY id', [
      brandId,
      requestId,
    ]);
    return rows.map(refundOf);
  }

  /** What of some top-ups is on its way back and has not arrived yet, by top-up. */
  async underWay(on: Queryable, brandId: BrandId, topUpIds: readonly Id[]): Promise<Map<string, Fen>> {
    if (topUpIds.length === 0) return new Map();
    const rows = await on.query<Row>(
      `SELECT top_up_id, SUM(refund_fen) AS refund_fen FROM wallet_refund
       WHERE brand_id = ? AND top_up_id IN ${marks(topUpIds)} AND state IN ('SENDING','REVIEW') GROUP BY top_up_id`,
      [brandId, ...topUpIds],
    );
    return new Map(rows.map((row) => [String(row['top_up_id']), parseFen(row['refund_fen'])]));
  }

  async move(tx: Tx, one: WalletRefund, from: WalletRefundState, to: WalletRefundState, note: string | null) {
    const isEnd = to === 'DONE' || to === 'REFUSED';
    const { affectedRows } = await tx.execute(
      `UPDATE wallet_refund SET state = ?, note = COALESCE(?, note)${to === 'REVIEW' ? ", route = 'BANK'" : ''}${isEnd ? ', finished_at = ?' : ''} WHERE brand_id = ? AND id = ? AND state = ?`,
      [to, note, ...(isEnd ? [tx.now] : []), one.brandId, one.id, from],
    );
    return affectedRows === 1;
  }

  async list(
    on: Queryable,
    brandId: BrandId,
    filter: { memberId?: MemberId; state?: string; before: string | null },
    limit: number,
  ): Promise<WalletRefund[]> {
    const { memberId, state, before } = filter;
    const values: SqlValue[] = [
      brandId,
      ...(memberId ? [memberId] : []),
      ...(state ? [state] : []),
      ...(before ? [before] : []),
    ];
    const rows = await on.query<Row>(
      `SELECT * FROM wallet_refund WHERE brand_id = ? ${memberId ? 'AND member_id = ?' : ''} ${state ? 'AND state = ?' : ''} ${before ? 'AND id < ?' : ''} ORDER BY id DESC LIMIT ?`,
      [...values, limit],
    );
    return rows.map(refundOf);
  }

  /** Refunds that the channel has to be asked for or about now, of all brands. */
  async sending(on: Queryable, now: Date, limit: number): Promise<WalletRefund[]> {
    const rows = await on.query<Row>(
      "SELECT * FROM wallet_refund WHERE state = 'SENDING' AND next_at <= ? ORDER BY next_at, id LIMIT ?",
      [now, limit],
    );
    return rows.map(refundOf);
  }

  async later(on: Queryable, one: WalletRefund, at: Date, wasInVain: boolean): Promise<void> {
    await on.execute('UPDATE wallet_refund SET tries = tries + ?, next_at = ? WHERE brand_id = ? AND id = ?', [
      wasInVain ? 1 : 0,
      at,
      one.brandId,
      one.id,
    ]);
  }
}
