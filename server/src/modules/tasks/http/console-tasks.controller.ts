import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import type { GuideId, Id } from '@shuke/shared/kernel';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { GuideWork } from '../application/guide-work.js';
import { TaskDesk } from '../application/task-desk.js';

/** Tasks at headquarters' desk, and a guide's work at every desk. */
@Controller()
export class ConsoleTasksController {
  constructor(
    @Inject(TaskDesk) private readonly desk: TaskDesk,
    @Inject(GuideWork) private readonly work: GuideWork,
  ) {}

  @Contract(consoleRoutes.tasks)
  tasks(@Who() actor: Actor, @Given() input: In<typeof consoleRoutes.tasks>): Out<typeof consoleRoutes.tasks> {
    return this.desk.list(actor.brandId, input.query);
  }

  @Contract(consoleRoutes.createTask)
  createTask(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.createTask>,
  ): Out<typeof consoleRoutes.createTask> {
    return this.desk.create(actor, input.body);
  }

  @Contract(consoleRoutes.publishTask)
  publishTask(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.publishTask>,
  ): Out<typeof consoleRoutes.publishTask> {
    return this.desk.publish(actor.brandId, input.params.id as Id<'task'>);
  }

  @Contract(consoleRoutes.taskEffect)
  taskEffect(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.taskEffect>,
  ): Out<typeof consoleRoutes.taskEffect> {
    return this.desk.effect(actor.brandId, input.params.id as Id<'task'>);
  }

  @Contract(consoleRoutes.guideWork)
  guideWork(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.guideWork>,
  ): Out<typeof consoleRoutes.guideWork> {
    return this.work.of(actor as Desk, input.params.id as GuideId);
  }
}
