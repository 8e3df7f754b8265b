import { Inject, Injectable } from '@nestjs/common';
import type { consoleRoutes, ResponseOf, TaskInput, TaskView } from '@shuke/shared/contracts';
import { type BrandId, businessDay, type Id, type StoreId } from '@shuke/shared/kernel';
import { type Actor, actorLabel } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Wake } from '../../../platform/platform.module.js';
import { Catalog } from '../../catalog/index.js';
import { Organization } from '../../organization/index.js';
import { audienceProblem, audienceText } from '../domain/audience.js';
import { NO_EFFECT, type Task, type TaskId, TasksStore } from '../persistence/tasks.store.js';
import { refuseTask } from './tasks-errors.js';

type TaskPage = ResponseOf<typeof consoleRoutes.tasks>;

/** Headquarters' tasks: drafting, publishing, and their effect. */
@Injectable()
export class TaskDesk {
  private readonly rows = new TasksStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(Wake) private readonly wake: Pick<Wake, 'sweep'>,
  ) {}

  /** Four statements at most, whatever the size of the page. */
  async list(brandId: BrandId, query: { cursor?: string; limit?: number }): Promise<TaskPage> {
    const [before = null] = readCursor(query.cursor, [DIGITS]) ?? [];
    const limit = query.limit ?? 20;
    const tasks = await this.rows.list(this.database, brandId, before, limit + 1);
    const views = new Map((await this.views(brandId, tasks.slice(0, limit))).map((view) => [view.id, view]));
    return pageOf(
      tasks,
      limit,
      (task) => views.get(task.id) as TaskView,
      (task) => makeCursor(task.id),
    );
  }

  /** @throws AppError TASK_INCOMPLETE with what is missing */
  async create(actor: Actor, input: TaskInput): Promise<TaskView> {
    const { brandId } = actor;
    const problem = audienceProblem(input.audience) ?? (input.endDay < input.startDay ? '结束日期早于开始日期' : null);
    if (problem) throw refuseTask('TASK_INCOMPLETE', undefined, problem);
    const products = [input.productId, input.audience.productId].filter((id): id is string =>
      Boolean(id),
    ) as Id<'product'>[];
    const known = await this.catalog.productNames(brandId, products);
    if (products.some((id) => !known.has(id))) throw refuseTask('TASK_INCOMPLETE', undefined, '没有找到所选的商品');
    const storeIds = (input.storeIds ?? []) as StoreId[];
    const stores = await this.organization.storesByIds(brandId, storeIds);
    if (storeIds.some((id) => !stores.has(id))) throw refuseTask('TASK_INCOMPLETE', undefined, '没有找到所选的门店');
    const id = this.ids.next<'task'>();
    const { title, words, reason, audience, startDay, endDay } = input;
    const productId = (input.productId ?? input.audience.productId ?? null) as Id<'product'> | null;
    const draft = {
      id,
      title,
      words,
      reason,
      audience,
      startDay,
      endDay,
      productId,
      storeIds: storeIds.length > 0 ? storeIds : null,
    };
    const createdBy = actor.kind === 'hq' ? actor.name : actorLabel(actor);
    await this.unitOfWork.run('tasks.create', (tx) => this.rows.add(tx, brandId, draft, createdBy));
    return this.one(brandId, id);
  }

  /**
   * Guides get the task with their next morning pack, or within a minute when today's is built; publishing again
   * changes nothing.
   * @throws AppError NOT_FOUND, TASK_OVER
   */
  async publish(brandId: BrandId, id: TaskId): Promise<TaskView> {
    await this.unitOfWork.run('tasks.publish', async (tx) => {
      const task = await this.rows.one(tx, brandId, id);
      if (!task) throw refuse('NOT_FOUND');
      if (task.state === 'DRAFT' && task.endDay < businessDay(tx.now.getTime())) throw refuseTask('TASK_OVER');
      if (!(await this.rows.publish(tx, brandId, id))) return;
      tx.emit({ brandId, type: 'task.published', payload: { taskId: id } });
      tx.afterCommit(() => this.wake.sweep('tasks.morning'));
    });
    return this.one(brandId, id);
  }

  /** @throws AppError NOT_FOUND */
  async effect(brandId: BrandId, id: TaskId): Promise<ResponseOf<typeof consoleRoutes.taskEffect>> {
    const task = await this.one(brandId, id);
    const { guideById } = await this.organization.snapshot(brandId);
    const guides = (await this.rows.effectByGuide(this.database, brandId, id)).map((row) => {
      const guide = guideById.get(row.guideId);
      return { ...row, guideName: guide?.name ?? '已离职导购', storeName: guide?.storeName ?? '' };
    });
    return { task, guides };
  }

  private async one(brandId: BrandId, id: TaskId): Promise<TaskView> {
    const task = await this.rows.one(this.database, brandId, id);
    if (!task) throw refuse('NOT_FOUND');
    const [view] = await this.views(brandId, [task]);
    return view as TaskView;
  }

  private async views(brandId: BrandId, tasks: readonly Task[]): Promise<TaskView[]> {
    if (tasks.length === 0) return [];
    const effects = await this.rows.effects(
      this.database,
      brandId,
      tasks.map((task) => task.id),
    );
    const productIds = tasks.flatMap((task) =>
      [task.productId, task.audience.productId as Id<'product'> | undefined].filter((id) => id != null),
    );
    const products = await this.catalog.productNames(brandId, productIds);
    const tagIds = tasks.flatMap((task) => task.audience.tagId ?? []);
    const tags =
      tagIds.length > 0 ? await this.rows.tagNames(this.database, brandId, tagIds) : new Map<string, string>();
    const openStores = (await this.organization.stores(brandId)).filter((store) => store.status === 'OPEN').length;
    const [asOf, today] = [this.clock.date().toISOString(), businessDay(this.clock.now())];
    return tasks.map((task) => {
      const product = task.productId ? products.get(task.productId) : undefined;
      const audienceProduct = products.get((task.audience.productId ?? '') as Id<'product'>)?.name;
      const tag = tags.get(task.audience.tagId ?? '');
      const { id, title, words, reason, productId, startDay, endDay } = task;
      return {
        id,
        title,
        words,
        reason,
        productId,
        startDay,
        endDay,
        productName: product?.name ?? null,
        imageUrl: product?.imageUrl ?? null,
        audience: {
          kind: task.audience.kind,
          text: audienceText(task.audience, {
            ...(audienceProduct ? { product: audienceProduct } : {}),
            ...(tag ? { tag } : {}),
          }),
        },
        state: task.state === 'PUBLISHED' && endDay < today ? ('ENDED' as const) : task.state,
        storeCount: task.storeIds?.length ?? openStores,
        createdAt: task.createdAt.toISOString(),
        publishedAt: task.publishedAt?.toISOString() ?? null,
        effect: { ...(effects.get(id) ?? NO_EFFECT), asOf },
      };
    });
  }
}
