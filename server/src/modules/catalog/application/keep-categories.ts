import { Inject, Injectable } from '@nestjs/common';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import type { CategoryId } from '../domain/types.js';
import { ProductEditStore } from '../persistence/product-edit.store.js';
import { refuseCatalog } from './catalog-errors.js';

type Fields = { name: string; iconUrl: string; position: number };

/** Headquarters' categories. */
@Injectable()
export class KeepCategories {
  private readonly rows = new ProductEditStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
  ) {}

  list(actor: Desk) {
    return this.rows.categories(this.database, actor.brandId);
  }

  async put(actor: Desk, fields: Fields, given?: CategoryId) {
    const id = given ?? this.ids.next<'category'>();
    await this.unitOfWork.run('put category', async (tx) => {
      if (given && !(await this.rows.hasCategory(tx, actor.brandId, given))) throw refuse('NOT_FOUND');
      await this.rows.putCategory(tx, actor.brandId, { id, ...fields });
    });
    const [view] = await this.rows.categories(this.database, actor.brandId, id);
    if (!view) throw refuse('NOT_FOUND');
    return view;
  }

  /** @throws AppError NOT_FOUND, CATEGORY_IN_USE */
  async remove(actor: Desk, id: CategoryId): Promise<void> {
    await this.unitOfWork.run('remove category', async (tx) => {
      if (!(await this.rows.hasCategory(tx, actor.brandId, id))) throw refuse('NOT_FOUND');
      if (!(await this.rows.removeCategory(tx, actor.brandId, id))) throw refuseCatalog('CATEGORY_IN_USE');
    });
  }
}
