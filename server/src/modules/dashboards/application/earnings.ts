import { Inject, Injectable } from '@nestjs/common';
import type { guideRoutes, ResponseOf } from '@shuke/shared/contracts';
import type { EntryBody } from '@shuke/shared/rules';
import type { Guide } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';

type View = ResponseOf<typeof guideRoutes.earnings>;

interface Row {
  order_id: string;
  order_no: string;
  fen: string;
  paid_at: Date;
  state: string;
  body: string;
  sent: string | null;
}

function stateText(row: Row): string {
  if (Number(row.fen) === 0) return '订单已退款';
  if (row.sent !== null) return '已到账';
  if (row.state === 'ATTENTION') return '待处理：请联系店长';
  return row.state === 'WAITING' ? '待到账：顾客收货满 7 天后发放' : '发放中';
}

/** What a guide earns from each order, with the formula printed, so that nobody has to take our word for it. */
@Injectable()
export class Earnings {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The guide's own income, newest order first. */
  async run(actor: Guide, cursor: string | undefined, limit = 20): Promise<View> {
    const after = readCursor(cursor, [DIGITS]);
    const [sums] = await this.database.query<{ total: string | null; paid: string | null }>(
      `SELECT (SELECT SUM(fen) FROM entitlement_leg WHERE brand_id = ? AND party = 'GUIDE' AND party_id = ?) AS total,
              (SELECT SUM(amount_fen - returned_fen) FROM split_receiver WHERE brand_id = ? AND party = 'GUIDE' AND party_id = ? AND state = 'SUCCESS') AS paid`,
      [actor.brandId, actor.guideId, actor.brandId, actor.guideId],
    );
    const rows = await this.database.query<Row>(
      `SELECT l.order_id, o.order_no, SUM(l.fen) AS fen, s.paid_at, s.state,
         (SELECT e.body FROM entitlement e WHERE e.brand_id = l.brand_id AND e.order_id = l.order_id AND e.kind = 'ACCRUAL' LIMIT 1) AS body,
         (SELECT MAX(r.amount_fen) FROM split_receiver r WHERE r.brand_id = l.brand_id AND r.split_id = s.id AND r.party = 'GUIDE' AND r.state = 'SUCCESS') AS sent
       FROM entitlement_leg l JOIN sales_order o ON o.brand_id = l.brand_id AND o.id = l.order_id JOIN split s ON s.brand_id = l.brand_id AND s.order_id = l.order_id
       WHERE l.brand_id = ? AND l.party = 'GUIDE' AND l.party_id = ?${after ? ' AND l.order_id < ?' : ''}
       GROUP BY l.brand_id, l.order_id, o.order_no, s.id, s.paid_at, s.state ORDER BY l.order_id DESC LIMIT ?`,
      [actor.brandId, actor.guideId, ...(after ? [after[0] ?? '0'] : []), limit + 1],
    );
    const paidFen = Number(sums?.paid ?? 0);
    const page = pageOf(
      rows,
      limit,
      (row) => this.item(row),
      (row) => makeCursor(row.order_id),
    );
    return { pendingFen: Math.max(0, Number(sums?.total ?? 0) - paidFen), paidFen, ...page };
  }

  private item(row: Row): View['items'][number] {
    const body = JSON.parse(row.body) as EntryBody;
    const step = body.steps.find((one) => one.label === body.input.guide?.partyName);
    const baseFen = body.input.paidFen - body.input.freightFen;
    return {
      orderId: row.order_id,
      orderNo: row.order_no,
      at: row.paid_at.toISOString(),
      baseFen,
      entitledFen: Number(row.fen),
      stateText: stateText(row),
      formula: step?.formula ?? '',
    };
  }
}
