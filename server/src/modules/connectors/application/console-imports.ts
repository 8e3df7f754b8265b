import { Inject, Injectable } from '@nestjs/common';
import { consoleRoutes, type QueryOf, type ResponseOf } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { type ImportId, type ImportRow, ImportStore } from '../persistence/import.store.js';

/** What headquarters sees of imports. */
@Injectable()
export class ConsoleImports {
  private readonly imports = new ImportStore();

  constructor(@Inject(Database) private readonly database: Database) {}

  async list(brandId: BrandId): Promise<ResponseOf<typeof consoleRoutes.imports>> {
    return (await this.imports.list(this.database, brandId)).map(viewOf);
  }

  /** @throws AppError NOT_FOUND for an import of another brand */
  async errors(
    brandId: BrandId,
    id: ImportId,
    query: QueryOf<typeof consoleRoutes.importErrors>,
  ): Promise<ResponseOf<typeof consoleRoutes.importErrors>> {
    if (!(await this.imports.exists(this.database, brandId, id))) throw refuse('NOT_FOUND');
    const [after = '-1'] = readCursor(query.cursor, [/^\d{1,12}$/]) ?? [];
    const limit = query.limit ?? 50;
    const rows = await this.imports.errors(this.database, brandId, id, Number(after), limit + 1);
    return pageOf(
      rows,
      limit,
      (row) => row,
      (row) => makeCursor(row.row),
    );
  }
}

const viewOf = (row: ImportRow): ResponseOf<typeof consoleRoutes.imports>[number] => ({
  id: row.id,
  source: row.source,
  state: row.state,
  totalRows: row.totalRows,
  readRows: row.nextRow,
  importedOrders: row.importedOrders,
  importedLines: row.importedLines,
  errorRows: row.errorRows,
  startedAt: row.startedAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
  note: row.note,
});
