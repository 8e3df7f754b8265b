import { type BrandId, composeId, type Fen, type GuideId, parseFen } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { SendId } from './sends.store.js';
import type { TaskId } from './tasks.store.js';

interface Counts {
  sent: string;
  opened: string;
  ordered: string;
}
const counted = ({ sent, opened, ordered }: Counts) => ({
  sent: Number(sent),
  opened: Number(opened),
  ordered: Number(ordered),
});

/** One guide's work, counted for the desk. */
export class GuideWorkStore {
  /** The items of a day by what they ask for, in the order in which the guide meets them. */
  async byTitle(on: Queryable, brandId: BrandId, guideId: GuideId, day: string) {
    const rows = await on.query<Counts & { title: string; task_id: TaskId | null; items: string; skipped: string }>(
      `SELECT title, task_id, COUNT(*) AS items, COUNT(CASE WHEN state = 'SKIPPED' THEN 1 END) AS skipped,
         COUNT(sent_at) AS sent, COUNT(opened_at) AS opened, COUNT(ordered_at) AS ordered
       FROM task_item WHERE brand_id = ? AND guide_id = ? AND day = ? GROUP BY title, task_id ORDER BY MIN(position)`,
      [brandId, guideId, day],
    );
    return rows.map((row) => ({
      title: row.title,
      taskId: row.task_id,
      items: Number(row.items),
      skipped: Number(row.skipped),
      ...counted(row),
    }));
  }

  /** What came of everything that was sent since an instant: ids tell when a send was prepared. */
  async sendsSince(on: Queryable, brandId: BrandId, guideId: GuideId, sinceMs: number) {
    const first = composeId(sinceMs, 0, 0) as SendId;
    const [row] = await on.query<Counts & { order_fen: string | null }>(
      `SELECT COUNT(*) AS sent, COUNT(s.opened_at) AS opened, COUNT(s.order_id) AS ordered, SUM(o.total_fen - o.refunded_fen) AS order_fen
       FROM chat_send s LEFT JOIN sales_order o ON o.brand_id = s.brand_id AND o.id = s.order_id
       WHERE s.brand_id = ? AND s.guide_id = ? AND s.id >= ? AND s.state = 'SENT'`,
      [brandId, guideId, first],
    );
    const orderFen: Fen = parseFen(row?.order_fen ?? 0);
    return { ...counted(row ?? { sent: '0', opened: '0', ordered: '0' }), orderFen };
  }
}
