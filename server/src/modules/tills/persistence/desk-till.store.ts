import type { BrandId, Id } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { ActKind, Device } from './till-rows.js';

const PROBLEMS_SHOWN = 50;

/** What the desks ask about tills. */
export class DeskTillStore {
  async connectors(on: Queryable, brandId: BrandId): Promise<{ id: Device['connectorId']; name: string }[]> {
    return on.query('SELECT id, name FROM pos_connector WHERE brand_id = ? ORDER BY id LIMIT 200', [brandId]);
  }

  async connectorName(on: Queryable, brandId: BrandId, deviceId: Device['id']): Promise<string> {
    const [row] = await on.query<{ name: string }>(
      'SELECT c.name FROM pos_device d JOIN pos_connector c ON c.brand_id = d.brand_id AND c.id = d.connector_id WHERE d.brand_id = ? AND d.id = ?',
      [brandId, deviceId],
    );
    return row?.name ?? '';
  }

  /** Acts that wait for another one, were refused, or left something to be given back by hand. */
  async problems(on: Queryable, brandId: BrandId, deviceId: Id) {
    const rows = await on.query<{
      sequence: string;
      kind: ActKind;
      external_no: string | null;
      state: 'WAITING' | 'REFUSED' | 'KEPT';
      text: string;
      happened_at: Date;
    }>(
      "SELECT sequence, kind, external_no, state, text, happened_at FROM pos_act WHERE brand_id = ? AND device_id = ? AND state IN ('WAITING','REFUSED','KEPT') ORDER BY sequence DESC LIMIT ?",
      [brandId, deviceId, PROBLEMS_SHOWN],
    );
    return rows.map((row) => ({
      sequence: Number(row.sequence),
      kind: row.kind,
      externalNo: row.external_no,
      state: row.state,
      text: row.text,
      happenedAt: row.happened_at.toISOString(),
    }));
  }

  /** False for a till of another brand; a till that is stopped already stays so. */
  async stop(tx: Tx, brandId: BrandId, id: Device['id']): Promise<boolean> {
    const [row] = await tx.query('SELECT id FROM pos_device WHERE brand_id = ? AND id = ? FOR UPDATE', [brandId, id]);
    if (!row) return false;
    await tx.execute("UPDATE pos_device SET status = 'STOPPED' WHERE brand_id = ? AND id = ?", [brandId, id]);
    return true;
  }
}
