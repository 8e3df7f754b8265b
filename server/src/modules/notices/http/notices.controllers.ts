import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes, mallRoutes } from '@shuke/shared/contracts';
import type { Actor, Consumer, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { MyNotices } from '../application/my-notices.js';
import { NoticeDesk } from '../application/notice-desk.js';

type M = typeof mallRoutes;
type C = typeof consoleRoutes;

/** Subscribe messages at the consumer's end. */
@Controller()
export class MallNoticesController {
  constructor(@Inject(MyNotices) private readonly mine: MyNotices) {}

  @Contract(mallRoutes.noticeAsks)
  async asks(@Who() actor: Actor, @Given() { query }: In<M['noticeAsks']>): Out<M['noticeAsks']> {
    return { items: await this.mine.asks(actor, query.moment) };
  }

  @Contract(mallRoutes.answerNotices)
  async answer(@Who() actor: Actor, @Given() input: In<M['answerNotices']>): Out<M['answerNotices']> {
    await this.mine.answer(actor as Consumer, input.body.answers, input.idempotencyKey ?? '');
    return { ok: true };
  }

  @Contract(mallRoutes.noticeKinds)
  async kinds(@Who() actor: Actor): Out<M['noticeKinds']> {
    return { items: await this.mine.kinds(actor as Consumer) };
  }

  @Contract(mallRoutes.stopNotices)
  async stop(@Who() actor: Actor, @Given() { params, body }: In<M['stopNotices']>): Out<M['stopNotices']> {
    return { items: await this.mine.stop(actor as Consumer, params.kind, body.isStopped) };
  }

  @Contract(mallRoutes.notices)
  list(@Who() actor: Actor, @Given() { query }: In<M['notices']>): Out<M['notices']> {
    return this.mine.list(actor as Consumer, query);
  }
}

/** Subscribe messages at headquarters. */
@Controller()
export class ConsoleNoticesController {
  constructor(@Inject(NoticeDesk) private readonly desk: NoticeDesk) {}

  @Contract(consoleRoutes.noticeKinds)
  async kinds(@Who() actor: Desk): Out<C['noticeKinds']> {
    return { items: await this.desk.kinds(actor.brandId), states: this.desk.states() };
  }

  @Contract(consoleRoutes.wechatTemplates)
  async templates(@Who() actor: Desk): Out<C['wechatTemplates']> {
    return { items: await this.desk.wechatTemplates(actor.brandId) };
  }

  @Contract(consoleRoutes.setNoticeTemplate)
  save(@Who() actor: Desk, @Given() { params, body }: In<C['setNoticeTemplate']>): Out<C['setNoticeTemplate']> {
    return this.desk.save(actor, params.kind, body);
  }

  @Contract(consoleRoutes.notices)
  list(@Who() actor: Desk, @Given() { query }: In<C['notices']>): Out<C['notices']> {
    return this.desk.list(actor.brandId, query);
  }
}
