import { type BrandId, DAY_MS, type Id, parseFen, startOfBusinessDay } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { BillFact, BillLineKind, Difference } from '../domain/bill-differences.js';

export type BillKind = 'TRADE' | 'SPLIT';
/** A collecting account of a brand. */
export interface Account {
  brandId: BrandId;
  accountId: string;
}
export interface BillDay extends Account {
  kind: BillKind;
  day: string;
}
export interface BillLine extends BillFact {
  transactionId: string;
  /** A refund that was asked for and whose end the bill does not tell. */
  isUnderWay?: boolean;
}
export interface OpenDifference {
  ref: string;
  theirs: BillFact;
}

interface FactRow {
  kind: BillLineKind;
  ref: string;
  amount_fen: string;
  fee_fen: string;
  is_done: number;
}
const toFact = (row: FactRow): BillFact => ({
  kind: row.kind,
  ref: row.ref,
  amountFen: parseFen(row.amount_fen),
  feeFen: parseFen(row.fee_fen),
  isDone: Number(row.is_done) === 1,
});

const CHUNK = 500;
/** The fee that came back with a refund: by its reversal, or whole when the payment came too late for an order. */
const FEE_BACK = `IF(r.cause = 'LATE_PAYMENT', -p.fee_fen, COALESCE((SELECT SUM(l.fen) FROM entitlement e
  JOIN entitlement_leg l ON l.brand_id = e.brand_id AND l.order_id = e.order_id AND l.seq = e.seq AND l.party = 'CHANNEL'
  WHERE e.brand_id = r.brand_id AND e.order_id = r.order_id AND e.kind = 'REVERSAL' AND e.ref_id = r.id), 0))`;
/** The deposit's part of it: of its own payment's fee, and by what has gone back of the deposit so far. */
const DEPOSIT_BEFORE = `COALESCE((SELECT SUM(b.deposit_fen) FROM refund b WHERE b.brand_id = r.brand_id AND b.order_id = r.order_id
  AND b.state = 'SUCCESS' AND b.finished_at < r.finished_at), 0)`;
const DEPOSIT_FEE = `(SELECT ROUND(d.fee_fen * ${DEPOSIT_BEFORE} / d.amount_fen) - ROUND(d.fee_fen * (${DEPOSIT_BEFORE} + r.deposit_fen) / d.amount_fen)
  FROM payment d WHERE d.brand_id = r.brand_id AND d.subject = 'ORDER' AND d.subject_id = r.order_id AND d.purpose = 'DEPOSIT')`;
/** The fee that comes back with a wallet's balance: the channel rounds what it has given back so far, not each part. */
const BALANCE_BEFORE = `COALESCE((SELECT SUM(b.refund_fen) FROM wallet_refund b WHERE b.brand_id = w.brand_id AND b.top_up_id = w.top_up_id
  AND b.route = 'ORIGINAL' AND b.state = 'DONE' AND b.finished_at < w.finished_at), 0)`;
const BALANCE_FEE = `ROUND(p.fee_fen * ${BALANCE_BEFORE} / p.amount_fen) - ROUND(p.fee_fen * (${BALANCE_BEFORE} + w.refund_fen) / p.amount_fen)`;
/** What our books say about payments, refunds, receivers and returns, by the number that the bill repeats. */
const OURS: Record<BillLineKind, string> = {
  PAY: `SELECT 'PAY' AS kind, out_trade_no AS ref, amount_fen, fee_fen, state = 'PAID' AS is_done, paid_at AS at FROM payment
    WHERE brand_id = ? AND account_id = ?`,
  // A refund that was closed goes out again with a number that ends otherwise; it is one refund all the same.
  // A presale's refund goes out in two parts, the deposit's with a number of its own. A wallet's balance that goes back
  // the way it came is a refund of its top-up's payment.
  REFUND: `SELECT kind, ref, amount_fen, fee_fen, is_done, at FROM (
    SELECT r.brand_id, p.account_id, 'REFUND' AS kind, CONCAT('R', r.id, IF(part.deposit = 1, 'D', '')) AS ref,
      IF(part.deposit = 1, r.deposit_fen, r.amount_fen - r.deposit_fen) AS amount_fen,
      IF(r.deposit_fen = 0, ${FEE_BACK}, IF(part.deposit = 1, ${DEPOSIT_FEE}, ${FEE_BACK} - ${DEPOSIT_FEE})) AS fee_fen,
      r.state = 'SUCCESS' AS is_done, r.finished_at AS at
    FROM refund r JOIN (SELECT 0 AS deposit UNION ALL SELECT 1) part ON part.deposit = 0 OR r.deposit_fen > 0 JOIN payment p ON p.brand_id = r.brand_id AND p.id = r.payment_id
    UNION ALL
    SELECT w.brand_id, p.account_id, 'REFUND', CONCAT('W', w.id), w.refund_fen, ${BALANCE_FEE}, w.state = 'DONE', w.finished_at
    FROM wallet_refund w JOIN payment p ON p.brand_id = w.brand_id AND p.subject = 'TOP_UP' AND p.subject_id = w.top_up_id AND p.state = 'PAID'
    WHERE w.route = 'ORIGINAL') refunds WHERE brand_id = ? AND account_id = ?`,
  SPLIT: `SELECT 'SPLIT' AS kind, CONCAT(q.out_order_no, '/', v.account) AS ref, v.amount_fen, 0 AS fee_fen, v.state = 'SUCCESS' AS is_done, v.finished_at AS at
    FROM split_receiver v JOIN split_request q ON q.brand_id = v.brand_id AND q.id = v.request_id JOIN split s ON s.brand_id = v.brand_id AND s.id = v.split_id
    WHERE v.brand_id = ? AND s.account_id = ?`,
  RETURN: `SELECT 'RETURN' AS kind, b.out_return_no AS ref, b.amount_fen, 0 AS fee_fen, b.state = 'SUCCESS' AS is_done, b.finished_at AS at
    FROM split_return b JOIN split s ON s.brand_id = b.brand_id AND s.id = b.split_id WHERE b.brand_id = ? AND s.account_id = ?`,
};
/** The order and store behind a number of each kind. */
const PLACE: Record<BillLineKind, string> = {
  PAY: 'SELECT o.id AS order_id, o.store_id FROM payment p JOIN sales_order o ON o.brand_id = p.brand_id AND o.id = p.order_id WHERE p.brand_id = ? AND p.out_trade_no = ?',
  REFUND:
    'SELECT o.id AS order_id, o.store_id FROM refund r JOIN sales_order o ON o.brand_id = r.brand_id AND o.id = r.order_id WHERE r.brand_id = ? AND r.id = ?',
  SPLIT:
    'SELECT s.order_id, s.store_id FROM split_request q JOIN split s ON s.brand_id = q.brand_id AND s.id = q.split_id WHERE q.brand_id = ? AND q.out_order_no = ?',
  RETURN:
    'SELECT s.order_id, s.store_id FROM split_return b JOIN split s ON s.brand_id = b.brand_id AND s.id = b.split_id WHERE b.brand_id = ? AND b.out_return_no = ?',
};
export const KINDS_OF: Record<BillKind, readonly BillLineKind[]> = {
  TRADE: ['PAY', 'REFUND'],
  SPLIT: ['SPLIT', 'RETURN'],
};

/** All SQL of downloaded bills and their differences. */
export class BillStore {
  /** The last day whose bill is in, or null before the first. */
  async lastDay(on: Queryable, one: Omit<BillDay, 'day'>): Promise<string | null> {
    const [row] = await on.query<{ day: string | null }>(
      "SELECT MAX(business_day) AS day FROM bill_day WHERE brand_id = ? AND account_id = ? AND kind = ? AND state IN ('DONE','EMPTY')",
      [one.brandId, one.accountId, one.kind],
    );
    return row?.day ?? null;
  }

  async firstDay(on: Queryable, one: Omit<BillDay, 'day'>): Promise<string | null> {
    const [row] = await on.query<{ day: string | null }>(
      'SELECT MIN(business_day) AS day FROM bill_day WHERE brand_id = ? AND account_id = ? AND kind = ?',
      [one.brandId, one.accountId, one.kind],
    );
    return row?.day ?? null;
  }

  /** When a day that could not be had is to be asked for again; null when it was never asked for. */
  async nextTry(on: Queryable, one: BillDay): Promise<{ tries: number; nextAt: Date | null } | null> {
    const [row] = await on.query<{ tries: number; next_at: Date | null }>(
      'SELECT tries, next_at FROM bill_day WHERE brand_id = ? AND account_id = ? AND kind = ? AND business_day = ?',
      [one.brandId, one.accountId, one.kind, one.day],
    );
    return row ? { tries: row.tries, nextAt: row.next_at } : null;
  }

  async putDay(
    tx: Tx,
    one: BillDay,
    set: { state: 'DONE' | 'EMPTY' | 'WAIT' | 'REFUSED'; nextAt: Date | null; lines: number; problem: string | null },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO bill_day (brand_id, account_id, kind, business_day, state, tries, next_at, line_count, problem, compared_at) VALUES (?,?,?,?,?,1,?,?,?,?)
       ON DUPLICATE KEY UPDATE state = VALUES(state), tries = tries + 1, next_at = VALUES(next_at), line_count = VALUES(line_count), problem = VALUES(problem), compared_at = VALUES(compared_at)`,
      [
        one.brandId,
        one.accountId,
        one.kind,
        one.day,
        set.state,
        set.nextAt,
        set.lines,
        set.problem?.slice(0, 300) ?? null,
        tx.now,
      ],
    );
  }

  async putLines(tx: Tx, one: BillDay, lines: readonly BillLine[]): Promise<void> {
    for (let from = 0; from < lines.length; from += CHUNK) {
      const part = lines.slice(from, from + CHUNK);
      await tx.execute(
        `INSERT INTO bill_line (brand_id, account_id, kind, ref, business_day, transaction_id, amount_fen, fee_fen, state)
         VALUES ${part.map(() => '(?,?,?,?,?,?,?,?,?)').join(',')} ON DUPLICATE KEY UPDATE state = VALUES(state)`,
        part.flatMap((line): SqlValue[] => [
          ...[one.brandId, one.accountId, line.kind, line.ref, one.day, line.transactionId],
          ...[line.amountFen, line.feeFen, line.isDone ? 'DONE' : 'OPEN'],
        ]),
      );
    }
  }

  /** What our books say about these numbers. */
  async ours(on: Queryable, one: Account, kind: BillLineKind, refs: readonly string[]): Promise<Map<string, BillFact>> {
    const found = new Map<string, BillFact>();
    for (let from = 0; from < refs.length; from += CHUNK) {
      const part = refs.slice(from, from + CHUNK);
      const rows = await on.query<FactRow>(`SELECT * FROM (${OURS[kind]}) o WHERE o.ref IN ${marks(part)}`, [
        one.brandId,
        one.accountId,
        ...part,
      ]);
      for (const row of rows) found.set(row.ref, toFact(row));
    }
    return found;
  }

  /** What our books did on a business day and no bill, of whatever day, shows. */
  async missing(on: Queryable, one: BillDay, kind: BillLineKind): Promise<BillFact[]> {
    const from = startOfBusinessDay(one.day);
    const rows = await on.query<FactRow>(
      `SELECT * FROM (${OURS[kind]}) o WHERE o.is_done = 1 AND o.at >= ? AND o.at < ? AND o.amount_fen > 0 AND NOT EXISTS
        (SELECT 1 FROM bill_line l WHERE l.brand_id = ? AND l.account_id = ? AND l.kind = ? AND l.ref = o.ref)`,
      [one.brandId, one.accountId, new Date(from), new Date(from + DAY_MS), one.brandId, one.accountId, kind],
    );
    return rows.map(toFact);
  }

  /** Keeps a difference once, however often the day is compared. @returns whether it is new */
  async putDifference(
    tx: Tx,
    one: BillDay,
    id: Id,
    found: Difference & { transactionId: string | null },
  ): Promise<boolean> {
    const place = await this.placeOf(tx, one.brandId, found);
    const written = await tx.execute(
      `INSERT IGNORE INTO bill_difference (brand_id, id, account_id, business_day, class, ref, transaction_id, ours, theirs, status, owner, order_id, store_id, found_at)
       VALUES (?,?,?,?,?,?,?,?,?,'OPEN','总部财务',?,?,?)`,
      [
        ...[one.brandId, id, one.accountId, one.day, found.class, found.ref, found.transactionId],
        ...[found.ours && JSON.stringify(found.ours), found.theirs && JSON.stringify(found.theirs)],
        ...[place?.order_id ?? null, place?.store_id ?? null, tx.now],
      ],
    );
    return written.affectedRows === 1;
  }

  /** The order that a number belongs to and its store, so that the store's owner can see the difference; null for others. */
  private async placeOf(on: Queryable, brandId: BrandId, found: Difference) {
    const kind = (found.theirs ?? found.ours)?.kind;
    if (!kind) return null;
    const number = found.ref.split('/')[0] ?? '';
    const value = kind === 'REFUND' ? /^R(\d{1,19})D?$/.exec(number)?.[1] : number;
    if (!value) return null;
    const [row] = await on.query<{ order_id: Id<'order'>; store_id: Id<'store'> }>(PLACE[kind], [brandId, value]);
    return row ?? null;
  }

  async resolve(tx: Tx, one: Account, found: Pick<Difference, 'class' | 'ref'>, resolution: string): Promise<void> {
    await tx.execute(
      "UPDATE bill_difference SET status = 'RESOLVED', resolution = ?, resolved_at = ? WHERE brand_id = ? AND account_id = ? AND class = ? AND ref = ? AND status = 'OPEN'",
      [resolution, tx.now, one.brandId, one.accountId, found.class, found.ref],
    );
  }

  /** Differences of what the channel says is done and we do not, oldest first. */
  async openStates(on: Queryable, one: Account, limit = 200): Promise<OpenDifference[]> {
    const rows = await on.query<{ ref: string; theirs: string | BillFact }>(
      "SELECT ref, theirs FROM bill_difference WHERE brand_id = ? AND account_id = ? AND class = 'STATE' AND status = 'OPEN' AND theirs IS NOT NULL ORDER BY id LIMIT ?",
      [one.brandId, one.accountId, limit],
    );
    return rows.map(({ ref, theirs }) => ({
      ref,
      theirs: typeof theirs === 'string' ? (JSON.parse(theirs) as BillFact) : theirs,
    }));
  }

  /** What a bill missed and a later one shows is no difference any more. */
  async cameLater(tx: Tx, one: BillDay, lines: readonly BillLine[]): Promise<void> {
    for (let from = 0; from < lines.length; from += CHUNK) {
      const refs = lines.slice(from, from + CHUNK).map((line) => line.ref);
      await tx.execute(
        `UPDATE bill_difference SET status = 'RESOLVED', resolution = ?, resolved_at = ?
         WHERE brand_id = ? AND account_id = ? AND class = 'SHORT' AND ref IN ${marks(refs)} AND status = 'OPEN'`,
        [`${one.day} 的账单里有这一笔`, tx.now, one.brandId, one.accountId, ...refs],
      );
    }
  }

  /** A file that was refused and came right later is no difference any more. */
  async fileCameRight(tx: Tx, one: BillDay): Promise<void> {
    await this.resolve(tx, one, { class: 'FILE', ref: fileRef(one) }, '重新下载后校验通过');
  }
}

export const fileRef = (one: BillDay): string => `${one.kind}/${one.day}`;
