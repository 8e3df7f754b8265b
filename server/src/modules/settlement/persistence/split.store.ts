import type { BrandId, Id } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import {
  type NewSplit,
  type ReceiverEnd,
  type Row,
  type Split,
  type SplitReceiver,
  type SplitRequest,
  type SplitState,
  type SplitStep,
  toReceiver,
  toRequest,
  toSplit,
} from './split-rows.js';

/** Why a receiver is CLOSED whose request the channel never took. */
export const NOT_SENT = 'NOT_SENT';

const LEASE_MS = 60_000;

/** All SQL of splits, their requests and receivers. */
export class SplitStore {
  async ofOrder(on: Queryable, brandId: BrandId, orderId: Id): Promise<Split | null> {
    const [row] = await on.query<Row>('SELECT * FROM split WHERE brand_id = ? AND order_id = ?', [brandId, orderId]);
    return row ? toSplit(row) : null;
  }

  async lockOfOrder(tx: Tx, brandId: BrandId, orderId: Id): Promise<Split | null> {
    const [row] = await tx.query<Row>('SELECT * FROM split WHERE brand_id = ? AND order_id = ? FOR UPDATE', [
      brandId,
      orderId,
    ]);
    return row ? toSplit(row) : null;
  }

  /** Splits of orders that have just been accrued: they wait for their order, and at the latest for their deadline. */
  async insertWaiting(tx: Tx, splits: readonly NewSplit[]): Promise<void> {
    await tx.execute(
      `INSERT INTO split (brand_id, id, order_id, payment_id, store_id, account_id, mchid, sub_mchid, collect_mode, transaction_id, paid_fen, fee_fen, state, step, paid_at, deadline_at, next_at)
       VALUES ${splits.map(() => "(?,?,?,?,?,?,?,?,?,?,?,?,'WAITING','PLAN',?,?,?)").join(',')}`,
      splits.flatMap((one): SqlValue[] => [
        ...[one.brandId, one.id, one.orderId, one.paymentId, one.storeId, one.accountId, one.mchid, one.subMchid],
        ...[one.collectMode, one.transactionId, one.paidFen, one.feeFen, one.paidAt, one.deadlineAt, one.deadlineAt],
      ]),
    );
  }

  /** The split of an order is waited for no longer: it is due now. */
  async setReady(tx: Tx, brandId: BrandId, orderId: Id): Promise<void> {
    await tx.execute(
      "UPDATE split SET state = 'READY', due_at = ?, next_at = ? WHERE brand_id = ? AND order_id = ? AND state = 'WAITING'",
      [tx.now, tx.now, brandId, orderId],
    );
  }

  /** Has the channel asked at once how the split of a payment went. */
  async askNow(on: Queryable, transactionId: string, now: Date): Promise<void> {
    await on.execute("UPDATE split SET next_at = ? WHERE transaction_id = ? AND state = 'PROCESSING'", [
      now,
      transactionId,
    ]);
  }

  /** Splits with something to do now. */
  async due(on: Queryable, now: Date, limit: number): Promise<Split[]> {
    // One that needs a person is looked at again when its cause may have been mended outside.
    const states: SplitState[] = ['WAITING', 'READY', 'PROCESSING', 'ATTENTION'];
    return (
      await on.query<Row>(
        `SELECT * FROM split WHERE state IN ${marks(states)} AND next_at <= ? ORDER BY next_at LIMIT ?`,
        [...states, now, limit],
      )
    ).map(toSplit);
  }

  /** Takes a split that is still due for this worker by compare-and-set; the fence makes a worker that lost its lease write nothing. */
  async claim(on: Queryable, split: Split, owner: string, now: Date): Promise<boolean> {
    const written = await on.execute(
      'UPDATE split SET owner = ?, lease_until = ?, fence = fence + 1 WHERE brand_id = ? AND id = ? AND fence = ? AND next_at <= ? AND (lease_until IS NULL OR lease_until < ?)',
      [owner, new Date(now.getTime() + LEASE_MS), split.brandId, split.id, split.fence, now, now],
    );
    return written.affectedRows === 1;
  }

  /** Moves a claimed split on; the columns are named by us. @throws Error when another worker has taken it meanwhile */
  async advance(on: Queryable, split: Split, set: Readonly<Record<string, SqlValue>>): Promise<void> {
    const names = Object.keys(set);
    const written = await on.execute(
      `UPDATE split SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE brand_id = ? AND id = ? AND fence = ?`,
      [...Object.values(set), split.brandId, split.id, split.fence + 1],
    );
    if (written.affectedRows !== 1) throw new Error(`split ${split.id} was taken over`);
  }

  /**
   * The channel has, or may have, a request of a claimed split: both move on together.
   * @throws Error when another worker has taken the split meanwhile
   */
  async advanceSent(
    on: Queryable,
    split: Split,
    request: SplitRequest,
    to: { step: SplitStep; channelOrderId: string | null },
  ): Promise<void> {
    const written = await on.execute(
      `UPDATE split s JOIN split_request q ON q.brand_id = s.brand_id AND q.split_id = s.id AND q.id = ?
       SET s.step = ?, q.state = 'SENT', q.problem = NULL, q.channel_order_id = COALESCE(?, q.channel_order_id)
       WHERE s.brand_id = ? AND s.id = ? AND s.fence = ?`,
      [request.id, to.step, to.channelOrderId, split.brandId, split.id, split.fence + 1],
    );
    if (written.affectedRows === 0) throw new Error(`split ${split.id} was taken over`);
  }

  async release(on: Queryable, split: Split, nextAt: Date | null): Promise<void> {
    await on.execute(
      'UPDATE split SET lease_until = NULL, owner = NULL, next_at = ? WHERE brand_id = ? AND id = ? AND fence = ?',
      [nextAt, split.brandId, split.id, split.fence + 1],
    );
  }

  /** Sets a request aside that the channel did not take; who was still to get something by it got nothing. */
  async setAside(tx: Tx, brandId: BrandId, request: SplitRequest): Promise<void> {
    await this.setRequest(tx, brandId, request, 'FAILED', { problem: request.problem ?? undefined, at: tx.now });
    await tx.execute(
      `UPDATE split_receiver SET state = 'CLOSED', fail_reason = '${NOT_SENT}', finished_at = ? WHERE brand_id = ? AND request_id = ? AND state IN ('PLANNED','PENDING')`,
      [tx.now, brandId, request.id],
    );
  }

  /** Takes a stopped split back to its plan. */
  async planAnew(tx: Tx, split: Split): Promise<void> {
    await this.turnTo(tx, split, { state: 'READY', step: 'PLAN' });
  }

  /** Has a stopped split free what is left, whoever was still to get a share. */
  async endNow(tx: Tx, split: Split): Promise<void> {
    await this.turnTo(tx, split, { state: 'PROCESSING', step: 'UNFREEZE' });
  }

  /** The new fence keeps a worker that has just begun with the split from sending; a request that has ended stays as it is. */
  private async turnTo(tx: Tx, split: Split, to: { state: SplitState; step: SplitStep }): Promise<void> {
    for (const request of await this.requests(tx, split))
      if (request.kind === 'SPLIT' && (request.state === 'PLANNED' || request.state === 'SENT'))
        await this.setAside(tx, split.brandId, request);
    await tx.execute(
      'UPDATE split SET state = ?, step = ?, problem = NULL, next_at = ?, fence = fence + 1, owner = NULL, lease_until = NULL WHERE brand_id = ? AND id = ?',
      [to.state, to.step, tx.now, split.brandId, split.id],
    );
  }

  /** Splits of the same collector that have not begun wait as well; the one that was refused tries for all. */
  async parkStore(on: Queryable, split: Split, until: Date): Promise<void> {
    await on.execute(
      "UPDATE split SET next_at = ? WHERE brand_id = ? AND state = 'READY' AND step = 'PLAN' AND mchid = ? AND COALESCE(sub_mchid, '') = ? AND next_at < ? AND lease_until IS NULL",
      [until, split.brandId, split.mchid, split.subMchid ?? '', until],
    );
  }

  /** Makes a stopped split due at once. */
  async tryNow(tx: Tx, split: Split): Promise<void> {
    await tx.execute("UPDATE split SET next_at = ? WHERE brand_id = ? AND id = ? AND state = 'ATTENTION'", [
      tx.now,
      split.brandId,
      split.id,
    ]);
  }

  async requests(on: Queryable, split: Pick<Split, 'brandId' | 'id'>): Promise<SplitRequest[]> {
    return (
      await on.query<Row>('SELECT * FROM split_request WHERE brand_id = ? AND split_id = ? ORDER BY id', [
        split.brandId,
        split.id,
      ])
    ).map(toRequest);
  }

  /** The last request of a kind that the channel has not refused. */
  async openRequest(on: Queryable, split: Split, kind: SplitRequest['kind']): Promise<SplitRequest | null> {
    const requests = await this.requests(on, split);
    return requests.filter((one) => one.kind === kind && one.state !== 'FAILED').at(-1) ?? null;
  }

  async receivers(on: Queryable, brandId: BrandId, splitIds: readonly Id[]): Promise<SplitReceiver[]> {
    if (splitIds.length === 0) return [];
    return (
      await on.query<Row>(
        `SELECT * FROM split_receiver WHERE brand_id = ? AND split_id IN ${marks(splitIds)} ORDER BY id`,
        [brandId, ...splitIds],
      )
    ).map(toReceiver);
  }

  async insertRequest(tx: Tx, split: Split, request: SplitRequest, receivers: readonly SplitReceiver[]): Promise<void> {
    await tx.execute(
      'INSERT INTO split_request (brand_id, id, split_id, kind, out_order_no, state, amount_fen, created_at) VALUES (?,?,?,?,?,?,?,?)',
      [split.brandId, request.id, split.id, request.kind, request.outOrderNo, request.state, request.amountFen, tx.now],
    );
    if (receivers.length === 0) return;
    await tx.execute(
      `INSERT INTO split_receiver (brand_id, id, split_id, request_id, party, party_id, receiver_type, account, amount_fen, state) VALUES ${receivers.map(() => '(?,?,?,?,?,?,?,?,?,?)').join(',')}`,
      receivers.flatMap((one): SqlValue[] => [
        split.brandId,
        one.id,
        split.id,
        request.id,
        one.party,
        one.partyId,
        one.receiverType,
        one.account,
        one.amountFen,
        one.state,
      ]),
    );
  }

  async setRequest(
    on: Queryable,
    brandId: BrandId,
    request: SplitRequest,
    state: SplitRequest['state'],
    more: { channelOrderId?: string; problem?: string; at?: Date } = {},
  ): Promise<void> {
    await on.execute(
      'UPDATE split_request SET state = ?, channel_order_id = COALESCE(?, channel_order_id), problem = ?, finished_at = ? WHERE brand_id = ? AND id = ?',
      [state, more.channelOrderId ?? null, more.problem?.slice(0, 300) ?? null, more.at ?? null, brandId, request.id],
    );
  }

  /**
   * Writes down how receivers ended, in one statement.
   * @throws Error when one of them had ended before: the caller has looked at them under the lock of their split
   */
  async setReceivers(tx: Tx, brandId: BrandId, ends: readonly ReceiverEnd[]): Promise<void> {
    if (ends.length === 0) return;
    const byId = (column: string) => `${column} = CASE id ${ends.map(() => 'WHEN ? THEN ?').join(' ')} END`;
    const written = await tx.execute(
      `UPDATE split_receiver SET ${byId('state')}, ${byId('fail_reason')}, ${byId('detail_id')}, finished_at = ?
       WHERE brand_id = ? AND id IN ${marks(ends.map((one) => one.id))} AND state IN ('PLANNED','PENDING')`,
      [
        ...ends.flatMap((one) => [one.id, one.state]),
        ...ends.flatMap((one) => [one.id, one.failReason]),
        ...ends.flatMap((one) => [one.id, one.detailId]),
        ...[tx.now, brandId, ...ends.map((one) => one.id)],
      ],
    );
    if (written.affectedRows !== ends.length) throw new Error('a receiver of a split had ended before');
  }

  /** Nothing is frozen any more: what asked for that has been done. */
  async endUnfreeze(tx: Tx, split: Split): Promise<void> {
    await tx.execute(
      "UPDATE split_request SET state = 'FINISHED', finished_at = ? WHERE brand_id = ? AND split_id = ? AND kind = 'UNFREEZE' AND state <> 'FAILED'",
      [tx.now, split.brandId, split.id],
    );
  }
}
