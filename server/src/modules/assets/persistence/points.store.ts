import { type BrandId, businessDay, type MemberId, type OrderId, startOfBusinessDay } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';

/** What points ask beyond the ledger's own questions. */
export class PointsStore {
  /** Points that orders have granted since an instant, pending ones too. */
  async earnedSince(
    on: Queryable,
    { brandId, memberId, orderId }: { brandId: BrandId; memberId: MemberId; orderId: OrderId },
    since: Date,
  ): Promise<number> {
    const [row] = await on.query<{ points: string | null }>(
      "SELECT SUM(granted) AS points FROM asset_lot WHERE brand_id = ? AND owner_id = ? AND asset = 'POINTS' AND origin_kind = 'ORDER' AND origin_id <> ? AND created_at >= ?",
      [brandId, memberId, orderId, since],
    );
    return Number(row?.points ?? 0);
  }

  /** What refunds of an order have taken back so far, whether it was there or is owed. */
  async takenBack(on: Queryable, brandId: BrandId, orderId: OrderId): Promise<number> {
    const [row] = await on.query<{ points: string | null }>(
      "SELECT SUM(amount + pending) AS points FROM asset_entry WHERE brand_id = ? AND order_id = ? AND asset = 'POINTS' AND kind = 'TAKE_BACK'",
      [brandId, orderId],
    );
    return -Number(row?.points ?? 0);
  }

  /** Whether a business day is the member's birthday; on 28 February also for whoever was born on a leap day. */
  async isBirthday(on: Queryable, brandId: BrandId, memberId: MemberId, day: string): Promise<boolean> {
    const [row] = await on.query<{ birthday: string | null }>(
      'SELECT birthday FROM member WHERE brand_id = ? AND id = ?',
      [brandId, memberId],
    );
    const born = row?.birthday?.slice(-5);
    if (!born) return false;
    const isLeapYear = new Date(Date.UTC(Number(day.slice(0, 4)), 1, 29)).getUTCDate() === 29;
    return day.slice(5) === (born === '02-29' && !isLeapYear ? '02-28' : born);
  }

  /** When how many points lapse, the next few days that matter. */
  async lapsing(on: Queryable, brandId: BrandId, memberId: MemberId, until: Date) {
    const rows = await on.query<{ expires_at: Date; points: string }>(
      `SELECT expires_at, SUM(remaining) AS points FROM asset_lot WHERE brand_id = ? AND owner_id = ? AND asset = 'POINTS' AND state = 'ACTIVE' AND expires_at <= ?
       GROUP BY expires_at ORDER BY expires_at LIMIT 10`,
      [brandId, memberId, until],
    );
    return rows.map((row) => ({ at: row.expires_at.toISOString(), points: Number(row.points) }));
  }

  /** Sums over the whole brand, for headquarters' overview. */
  async totals(on: Queryable, brandId: BrandId, nowMs: number) {
    const dayStart = new Date(startOfBusinessDay(businessDay(nowMs)));
    const [accounts, lots, day, waiting] = await Promise.all([
      on.query<Record<string, string>>(
        `SELECT asset, COUNT(*) AS n, SUM(balance) AS balance, SUM(pending) AS pending, SUM(held) AS held, SUM(owed) AS owed FROM asset_account
         WHERE brand_id = ? AND entry_count > 0 GROUP BY asset`,
        [brandId],
      ),
      on.query<Record<string, string>>(
        "SELECT kind, SUM(remaining) AS n FROM asset_lot WHERE brand_id = ? AND asset = 'WALLET' AND state = 'ACTIVE' GROUP BY kind",
        [brandId],
      ),
      on.query<Record<string, string>>(
        "SELECT kind, SUM(amount) AS n FROM asset_entry WHERE brand_id = ? AND asset = 'WALLET' AND at >= ? GROUP BY kind",
        [brandId, dayStart],
      ),
      on.query<Record<string, string>>(
        `SELECT (SELECT COUNT(*) FROM asset_adjustment WHERE brand_id = ? AND state = 'WAITING') AS adjustments,
           (SELECT COUNT(*) FROM wallet_refund WHERE brand_id = ? AND state = 'REVIEW') AS refunds`,
        [brandId, brandId],
      ),
    ]);
    const account = (asset: string) => {
      const row = accounts.find((one) => one['asset'] === asset);
      const number = (name: string) => Number(row?.[name] ?? 0);
      return {
        count: number('n'),
        balance: number('balance'),
        pending: number('pending'),
        held: number('held'),
        owed: number('owed'),
      };
    };
    const lot = (kind: string) => Number(lots.find((one) => one['kind'] === kind)?.['n'] ?? 0);
    const today = (kind: string) => Number(day.find((one) => one['kind'] === kind)?.['n'] ?? 0);
    return {
      walletRow: account('WALLET'),
      pointsRow: account('POINTS'),
      lots: { principal: lot('PRINCIPAL'), bonus: lot('BONUS') },
      day: { topUp: today('TOP_UP'), spent: Math.abs(today('CAPTURE')) },
      waiting: { adjustments: Number(waiting[0]?.['adjustments'] ?? 0), refunds: Number(waiting[0]?.['refunds'] ?? 0) },
    };
  }
}
