import { type BrandId, type Fen, type GuideId, parseFen } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';

export interface GuideFigures {
  taskTotal: number;
  taskDone: number;
  packSeconds: number;
  mayEarnFen: Fen;
  today: { orderCount: number; orderFen: Fen; entitledFen: Fen };
  month: { orderCount: number; orderFen: Fen; entitledFen: Fen };
}

type Columns = Record<
  | 'task_total'
  | 'task_done'
  | 'may_earn'
  | 'pack_seconds'
  | 'day_orders'
  | 'day_fen'
  | 'day_entitled'
  | 'month_orders'
  | 'month_fen'
  | 'month_entitled',
  string | null
>;

/** What a guide's workbench shows on top. */
export class GuideFiguresStore {
  /** One statement over today's tasks, the month's orders and the month's entitlements. */
  async of(
    on: Queryable,
    brandId: BrandId,
    guideId: GuideId,
    at: { day: string; dayStart: Date; monthStart: Date },
  ): Promise<GuideFigures> {
    const [row] = await on.query<Columns>(
      `SELECT t.*, o.*, l.* FROM
         (SELECT COUNT(*) AS task_total, SUM(i.state IN ('SENT', 'OPENED', 'ORDERED', 'SKIPPED')) AS task_done,
            SUM(IF(i.state IN ('WAITING', 'SEEN'), i.may_earn_fen, 0)) AS may_earn,
            (SELECT p.seconds FROM morning_pack p WHERE p.brand_id = ? AND p.guide_id = ? AND p.day = ?) AS pack_seconds
          FROM task_item i WHERE i.brand_id = ? AND i.guide_id = ? AND i.day = ?) t,
         (SELECT COUNT(*) AS month_orders, SUM(total_fen - refunded_fen) AS month_fen, SUM(paid_at >= ?) AS day_orders,
            SUM(IF(paid_at >= ?, total_fen - refunded_fen, 0)) AS day_fen
          FROM sales_order WHERE brand_id = ? AND guide_id = ? AND paid_at >= ?) o,
         (SELECT SUM(fen) AS month_entitled, SUM(IF(at >= ?, fen, 0)) AS day_entitled
          FROM entitlement_leg WHERE brand_id = ? AND party = 'GUIDE' AND party_id = ? AND at >= ?) l`,
      [
        ...[brandId, guideId, at.day, brandId, guideId, at.day],
        ...[at.dayStart, at.dayStart, brandId, guideId, at.monthStart],
        ...[at.dayStart, brandId, guideId, at.monthStart],
      ],
    );
    const count = (column: keyof Columns) => Number(row?.[column] ?? 0);
    const money = (column: keyof Columns) => parseFen(row?.[column] ?? 0);
    return {
      taskTotal: count('task_total'),
      taskDone: count('task_done'),
      packSeconds: count('pack_seconds'),
      mayEarnFen: money('may_earn'),
      today: { orderCount: count('day_orders'), orderFen: money('day_fen'), entitledFen: money('day_entitled') },
      month: { orderCount: count('month_orders'), orderFen: money('month_fen'), entitledFen: money('month_entitled') },
    };
  }
}
