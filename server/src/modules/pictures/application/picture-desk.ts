import { Inject, Injectable } from '@nestjs/common';
import type { BrandId } from '@shuke/shared/kernel';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refusals, refuse } from '../../../platform/errors/app-error.js';
import { type DeskPage, type Picture, PictureStore } from '../persistence/picture.store.js';
import { tellChecked } from './tell-checked.js';

const refuseDecision = refusals({
  PICTURE_DECIDED: [409, '这张图片已经有结果，或者顾客换了新的，刷新后再看'],
} as const);

/** What people decide about pictures that the platform could not decide about. */
@Injectable()
export class PictureDesk {
  private readonly rows = new PictureStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  /** One statement; ask for one more than is shown to know whether there are more. */
  list(brandId: BrandId, purpose: Picture['purpose'], page: DeskPage, limit: number): Promise<Picture[]> {
    return this.rows.ofDesk(this.database, brandId, purpose, page, limit);
  }

  /**
   * Passes or refuses a picture that waits for a person; who and why stay with it.
   * @throws AppError NOT_FOUND, PICTURE_DECIDED when the platform, a colleague or a newer picture was quicker
   */
  async decide(
    actor: Desk,
    purpose: Picture['purpose'],
    id: string,
    verdict: { isPassed: boolean; note: string },
  ): Promise<Picture> {
    const find = async (on: Parameters<PictureStore['many']>[0]): Promise<Picture> => {
      const [one] = await this.rows.many(on, actor.brandId, [id]);
      if (one?.purpose !== purpose) throw refuse('NOT_FOUND');
      return one;
    };
    return this.unitOfWork.run('decide about a picture', async (tx) => {
      const by = { byLabel: actorLabel(actor), byName: actor.name };
      if (!(await this.rows.decide(tx, await find(tx), { ...verdict, ...by }))) throw refuseDecision('PICTURE_DECIDED');
      const decided = await find(tx);
      tellChecked(tx, decided);
      return decided;
    });
  }
}
