import { Inject, Injectable } from '@nestjs/common';
import type { TopUpActivityInput, TopUpActivityView } from '@shuke/shared/contracts';
import { type BrandId, fen, type Id } from '@shuke/shared/kernel';
import type { Static } from '@sinclair/typebox';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { orConflict } from '../../../platform/database/or-conflict.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { type Activity, type ActivityBody, stateOf, tierText } from '../domain/tiers.js';
import { TopUpStore } from '../persistence/top-up.store.js';

type View = Static<typeof TopUpActivityView>;

/** Top-up activities at headquarters; each change is a version, sold top-ups keep theirs. */
@Injectable()
export class TopUpDesk {
  private readonly rows = new TopUpStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async activities(brandId: BrandId): Promise<View[]> {
    const [activities, figures] = await Promise.all([
      this.rows.activities(this.database, brandId),
      this.rows.figures(this.database, brandId),
    ]);
    return activities.map((one) => this.view(one, figures.get(one.id)));
  }

  create(actor: Desk, input: TopUpActivityInput): Promise<View> {
    return this.write(actor, this.ids.next<'activity'>(), 1, input);
  }

  /** @throws AppError NOT_FOUND, CONFLICT when somebody else changes it at the same instant */
  async change(actor: Desk, id: Id, input: TopUpActivityInput): Promise<View> {
    const before = await this.require(actor.brandId, id);
    return this.write(actor, before.id, before.version + 1, input);
  }

  /** @throws AppError NOT_FOUND, CONFLICT as {@link change} */
  async stop(actor: Desk, id: Id): Promise<View> {
    const before = await this.require(actor.brandId, id);
    const stopped = { ...before, version: before.version + 1, stoppedAt: this.clock.date() };
    await this.add(actor, stopped);
    return this.view(stopped);
  }

  private async write(actor: Desk, id: Activity['id'], version: number, input: TopUpActivityInput): Promise<View> {
    const { startsAt, endsAt, tiers, ...rest } = input;
    const body: ActivityBody = {
      ...rest,
      tiers: tiers.map((tier) => ({
        ...tier,
        id: this.ids.next<'tier'>(),
        payFen: fen(tier.payFen),
        bonusFen: fen(tier.bonusFen),
      })),
    };
    const one = {
      id,
      version,
      startsAt: new Date(startsAt),
      endsAt: endsAt ? new Date(endsAt) : null,
      stoppedAt: null,
      body,
    };
    await this.add(actor, one);
    return this.view(one);
  }

  private add(actor: Desk, one: Activity): Promise<void> {
    return orConflict(
      this.unitOfWork.run('write a top-up activity', (tx) =>
        this.rows.addVersion(tx, actor.brandId, one, actorLabel(actor)),
      ),
    );
  }

  private async require(brandId: BrandId, id: Id): Promise<Activity> {
    const found = (await this.rows.activities(this.database, brandId)).find((one) => one.id === id);
    if (!found) throw refuse('NOT_FOUND');
    return found;
  }

  private view(one: Activity, figures = { count: 0, fen: 0 }): View {
    const { tiers, ...rest } = one.body;
    return {
      id: one.id,
      version: one.version,
      ...rest,
      startsAt: one.startsAt.toISOString(),
      endsAt: one.endsAt?.toISOString() ?? null,
      tiers: tiers.map((tier) => ({ ...tier, text: tierText(tier) })),
      state: stateOf(one, this.clock.date()),
      topUpCount: figures.count,
      topUpFen: figures.fen,
    };
  }
}
