import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DataExport } from '@shuke/shared/contracts';
import { type BrandId, DAY_MS, type MemberId } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { MyRecord } from '../../members/index.js';
import { MemberAssets } from '../../one-id/index.js';
import { type ExportRow, MyDataStore } from '../persistence/my-data.store.js';
import { refuseData } from './my-data-errors.js';

const LIFE_MS = 3 * DAY_MS;
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/** A copy of everything, behind a link that ends. */
@Injectable()
export class ExportData {
  private readonly rows = new MyDataStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(MyRecord) private readonly record: MyRecord,
  ) {}

  /** The link is shown once: only its digest is kept. */
  async make({ brandId, memberId }: Consumer): Promise<DataExport> {
    const key = randomBytes(24).toString('base64url');
    const row = await this.unitOfWork.run('make data export', async (tx) => {
      const made: ExportRow = {
        id: this.ids.next<'dataExport'>(),
        member_id: memberId,
        at: tx.now,
        expires_at: new Date(tx.now.getTime() + LIFE_MS),
      };
      await this.rows.addExport(tx, brandId, { ...made, keyHash: hashOf(key) });
      return made;
    });
    return this.view(row, `/api/m/my-data/file/${key}`);
  }

  async list({ brandId, memberId }: Consumer): Promise<DataExport[]> {
    return (await this.rows.exports(this.database, brandId, memberId)).map((row) => this.view(row, null));
  }

  /**
   * The file of a key, line by line as it is read: JSON lines of `{list, …fields}` after one line that says whose it is.
   * @throws AppError EXPORT_GONE
   */
  async open(key: string): Promise<AsyncIterable<string>> {
    const found = await this.rows.exportByKey(this.database, hashOf(key));
    if (!found || found.expiresAt.getTime() <= this.clock.now()) throw refuseData('EXPORT_GONE');
    const { policy: _, ...record } = await this.record.of(found.brandId, found.memberId);
    return this.lines(found.brandId, found.memberId, record);
  }

  private async *lines(brandId: BrandId, memberId: MemberId, record: object): AsyncIterable<string> {
    yield `${JSON.stringify({ list: '会员资料', ...record })}\n`;
    for (const [, asset] of MemberAssets.all()) {
      if (!asset.copy) continue;
      for await (const { list, row } of asset.copy(this.database, brandId, memberId))
        yield `${JSON.stringify({ list, ...row })}\n`;
    }
  }

  private view(row: ExportRow, url: string | null): DataExport {
    const isReady = row.expires_at.getTime() > this.clock.now();
    return {
      id: row.id,
      state: isReady ? 'READY' : 'EXPIRED',
      url: isReady ? url : null,
      fileName: `my-data-${row.at.toISOString().slice(0, 10)}.jsonl`,
      expiresAt: row.expires_at.toISOString(),
      at: row.at.toISOString(),
    };
  }
}
