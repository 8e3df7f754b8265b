import { Inject, Injectable } from '@nestjs/common';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Actor, Consumer, Guide } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { type Order, Orders } from '../../orders/index.js';
import { Organization } from '../../organization/index.js';
import type { AfterSaleCase } from '../domain/after-sale-case.js';
import { isOpenCase } from '../domain/case-state.js';
import { refuseCase } from './after-sale-errors.js';
import { ProgressCase, type Speaker, speakerOf } from './progress-case.js';
import { ReturnStores } from './return-stores.js';

type Parcel = { company: string; trackingNo: string };

/** What people do with cases; the first thing each does is to decide whether this actor may see the case at all. */
@Injectable()
export class AfterSales {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(ProgressCase) private readonly progress: ProgressCase,
    @Inject(ReturnStores) private readonly stores: ReturnStores,
  ) {}

  /** Reads a case that the actor may see. @throws AppError NOT_FOUND */
  async visible(actor: Actor, caseId: Id): Promise<AfterSaleCase> {
    const one = await this.progress.cases.find(this.database, actor.brandId, caseId);
    if (!one || !(await this.sees(actor, one))) throw refuse('NOT_FOUND');
    return one;
  }

  private async sees(actor: Actor, one: AfterSaleCase): Promise<boolean> {
    if (actor.kind === 'consumer') return one.memberId === actor.memberId;
    const scope = await this.organization.scopeOf(actor);
    return scope === 'ALL' || scope.includes(one.storeId);
  }

  async approve(actor: Actor, caseId: Id, more: { text?: string; isMerchantFault?: boolean }): Promise<void> {
    await this.change(actor, caseId, async (tx, order, one, by) => {
      const fault = more.isMerchantFault ?? one.isMerchantFault;
      if (fault !== one.isMerchantFault) await this.progress.cases.set(tx, one, { is_merchant_fault: fault ? 1 : 0 });
      await this.progress.approve(tx, order, { ...one, isMerchantFault: fault }, by, more.text || '门店已同意');
    });
  }

  async refuse(actor: Actor, caseId: Id, reason: string): Promise<void> {
    await this.change(actor, caseId, (tx, _, one, by) => this.progress.refuse(tx, one, by, reason));
  }

  async cancel(actor: Consumer, caseId: Id): Promise<void> {
    await this.change(actor, caseId, (tx, _, one, by) => this.progress.cancel(tx, one, by, '撤销了申请'));
  }

  async sendBack(actor: Consumer, caseId: Id, parcel: Parcel): Promise<void> {
    await this.change(actor, caseId, (tx, _, one, by) => this.progress.sendBack(tx, one, by, parcel));
  }

  /** The desk says that the goods are back: in the store where they were to arrive. */
  async receive(actor: Actor, caseId: Id, text: string | undefined): Promise<void> {
    await this.change(actor, caseId, (tx, order, one, by) =>
      this.progress.receive(tx, order, one, {
        storeId: one.returnWay === 'STORE' ? (one.returnStoreId ?? one.storeId) : one.storeId,
        by,
        text: text || '已收到退回的商品，验收通过',
      }),
    );
  }

  async resend(actor: Actor, caseId: Id, parcel: Parcel): Promise<void> {
    await this.change(actor, caseId, (tx, _, one, by) => this.progress.resend(tx, one, by, parcel));
  }

  async confirmResent(actor: Consumer, caseId: Id): Promise<void> {
    await this.change(actor, caseId, (tx, _, one, by) => {
      if (one.state !== 'RESENT') throw refuseCase('AFTER_SALE_STATE', { state: one.state });
      return this.progress.finish(tx, one, by, '已收到换货');
    });
  }

  async retryRefund(actor: Actor, caseId: Id): Promise<void> {
    await this.change(actor, caseId, (tx, order, one, by) => this.progress.retryRefund(tx, order, one, by));
  }

  /** The consumer writes to the store; where evidence was asked for, that is the answer. */
  async reply(actor: Consumer, caseId: Id, text: string, pictureIds: readonly string[] = []): Promise<void> {
    const pictures = await this.stores.pictures(this.database, actor, pictureIds);
    await this.change(actor, caseId, async (tx, _, one, by) => {
      if (!isOpenCase(one.state)) throw refuseCase('AFTER_SALE_STATE', { state: one.state });
      await this.progress.answer(tx, one, by, text, pictures);
    });
  }

  /** Desk and counter write to the consumer; asking for evidence stops the automatic decision until the answer. */
  async say(actor: Actor, caseId: Id, { text, asksEvidence }: { text: string; asksEvidence?: boolean }): Promise<void> {
    await this.change(actor, caseId, async (tx, _, one, by) => {
      if (!isOpenCase(one.state)) throw refuseCase('AFTER_SALE_STATE', { state: one.state });
      if (asksEvidence) await this.progress.askEvidence(tx, one, by, text);
      else await this.progress.say(tx, one, by, text);
    });
  }

  /** A return whose code is shown at the counter of any store that takes it. @throws AppError RETURN_CODE */
  async byCode(actor: Guide, code: string): Promise<AfterSaleCase> {
    const one = await this.progress.cases.findByCode(this.database, actor.brandId, code);
    if (!one || !this.takes(actor, one)) throw refuseCase('RETURN_CODE');
    return one;
  }

  /** The code is for the store that the consumer has chosen, and always for the one that sold the goods. */
  private takes(actor: Guide, one: AfterSaleCase): boolean {
    return one.storeId === actor.storeId || (one.returnWay === 'STORE' && one.returnStoreId === actor.storeId);
  }

  async receiveByCode(actor: Guide, code: string, text: string | undefined): Promise<AfterSaleCase> {
    const found = await this.byCode(actor, code);
    const storeId: StoreId = actor.storeId;
    const by = await this.speaker(actor);
    await this.locked(found, (tx, order, one) =>
      this.progress.receive(tx, order, one, { storeId, by, text: text || '已在门店收到商品，验收通过' }),
    );
    return (await this.progress.cases.find(this.database, actor.brandId, found.id)) ?? found;
  }

  private async change(
    actor: Actor,
    caseId: Id,
    act: (tx: Tx, order: Order, one: AfterSaleCase, by: Speaker) => Promise<void>,
  ): Promise<void> {
    const seen = await this.visible(actor, caseId);
    const by = await this.speaker(actor);
    await this.locked(seen, (tx, order, one) => act(tx, order, one, by));
  }

  /** Order before case, always: refunds and sweeps lock in the same order. */
  private async locked(
    seen: AfterSaleCase,
    act: (tx: Tx, order: Order, one: AfterSaleCase) => Promise<void>,
  ): Promise<void> {
    await this.unitOfWork.run('change after-sale', async (tx) => {
      const order = await this.orders.store.lock(tx, seen.brandId, seen.orderId);
      const one = await this.progress.cases.lock(tx, seen.brandId, seen.id);
      if (!order || !one) throw refuse('NOT_FOUND');
      await act(tx, order, one);
    });
  }

  private async speaker(actor: Actor): Promise<Speaker> {
    if (actor.kind === 'consumer') return speakerOf(actor, '你');
    if (actor.kind === 'guide')
      return speakerOf(actor, (await this.organization.guide(actor.brandId, actor.guideId))?.name ?? '门店');
    return speakerOf(actor, actor.kind === 'hq' || actor.kind === 'franchisee' ? actor.name : '系统');
  }
}
