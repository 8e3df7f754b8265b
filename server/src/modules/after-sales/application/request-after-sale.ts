import { Inject, Injectable } from '@nestjs/common';
import type { AfterSaleInput } from '@shuke/shared/contracts';
import { fen, type Id, type MemberId, type StoreId } from '@shuke/shared/kernel';
import { actorLabel, type Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { keepResult, once, requestKey } from '../../../platform/idempotency/idempotency.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { isGift, type Order, Orders } from '../../orders/index.js';
import type { AfterSaleCase, CaseId } from '../domain/after-sale-case.js';
import { isMerchantFault, needsGoods } from '../domain/case-state.js';
import { refuseCase } from './after-sale-errors.js';
import { type PlannedCase, PreviewAfterSale } from './preview-after-sale.js';
import { ProgressCase, THE_SYSTEM } from './progress-case.js';
import { ReturnStores } from './return-stores.js';

const HOUR_MS = 3_600_000;

/** Opens a case: it says what the preview said, or is refused because something has changed. */
@Injectable()
export class RequestAfterSale {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(PreviewAfterSale) private readonly previews: PreviewAfterSale,
    @Inject(ProgressCase) private readonly progress: ProgressCase,
    @Inject(ReturnStores) private readonly desk: ReturnStores,
    @Inject(IdSource) private readonly ids: IdSource,
  ) {}

  /**
   * Asks for an after-sale. The same Idempotency-Key gives the same case.
   * @throws AppError NOT_FOUND, AFTER_SALE_NOT_POSSIBLE, AFTER_SALE_PIECES, AFTER_SALE_CHANGED, EXCHANGE_SKU, RETURN_STORE
   */
  async run(actor: Consumer, orderId: Id, input: AfterSaleInput, key: string): Promise<CaseId> {
    const visible = await this.orders.visible(actor, orderId);
    const request = requestKey(actor.brandId, `after-sale:${actorLabel(actor)}`, key, { orderId, ...input });
    return once(this.database, request, () =>
      this.unitOfWork.run('request after-sale', async (tx) => {
        const order = await this.orders.store.lock(tx, visible.brandId, visible.id);
        if (!order) throw refuse('NOT_FOUND');
        const id = this.ids.next<'case'>();
        await this.open(tx, actor, order, id, input);
        await keepResult(tx, request, id);
        return id;
      }),
    );
  }

  private async open(tx: Tx, actor: Consumer, order: Order, id: CaseId, input: AfterSaleInput): Promise<void> {
    const planned = await this.previews.plan(tx, order, input);
    const { preview } = planned;
    if (input.expectedRefundFen !== undefined && input.expectedRefundFen !== preview.sources.totalFen)
      throw refuseCase('AFTER_SALE_CHANGED', { refundFen: preview.sources.totalFen });
    const isGranted = ({ lineId, choice }: { lineId: string; choice: string }) =>
      (preview.presents ?? []).some((one) => one.lineId === lineId && one.choice === choice);
    if (!(input.presents ?? []).every(isGranted)) throw refuseCase('AFTER_SALE_CHANGED');
    const goods = needsGoods(input.kind)
      ? await this.desk.wayOf(tx, order, input, planned.rules.otherStoreReturns)
      : { returnWay: null, returnStoreId: null };
    const exchangeSpec = input.kind === 'EXCHANGE' ? await this.desk.exchangeSpec(tx, order, input) : null;
    const pictures = await this.desk.pictures(tx, actor, input.pictureIds ?? []);
    const one = this.draft(order, actor.memberId, id, input, planned, { ...goods, exchangeSpec, pictures });
    await this.progress.cases.insert(tx, one);
    const by = { party: 'CONSUMER' as const, byLabel: actorLabel(actor), byName: '你' };
    await this.progress.say(tx, one, by, input.text?.trim() ? input.text : '提交了售后申请', pictures);
    tx.emit({
      brandId: order.brandId,
      type: 'after-sale.requested',
      payload: { caseId: id, orderId: order.id, storeId: order.storeId, memberId: actor.memberId },
    });
    if (preview.willApproveAtOnce) await this.progress.approve(tx, order, one, THE_SYSTEM, '系统已自动同意');
  }

  private draft(
    order: Order,
    memberId: MemberId,
    id: CaseId,
    input: AfterSaleInput,
    planned: PlannedCase,
    more: {
      returnWay: 'CARRIER' | 'STORE' | null;
      returnStoreId: StoreId | null;
      exchangeSpec: string | null;
      pictures: string[];
    },
  ): AfterSaleCase {
    const createdAt = new Date(0);
    return {
      brandId: order.brandId,
      id,
      caseNo: `A${id}`,
      orderId: order.id,
      orderNo: order.orderNo,
      storeId: order.storeId,
      memberId,
      guideId: order.guideId,
      kind: input.kind,
      state: 'REQUESTED',
      reason: input.reason,
      text: input.text ?? '',
      isMerchantFault: isMerchantFault(input.reason),
      hadLeft: planned.hadLeft,
      ...more,
      returnCode: null,
      receivedStoreId: null,
      exchangeSkuId:
        input.kind === 'EXCHANGE' ? ((input.exchangeSkuId ?? null) as AfterSaleCase['exchangeSkuId']) : null,
      sentBack: null,
      resent: null,
      refusal: null,
      sources: planned.preview.sources,
      consequences: planned.preview.consequences,
      refundFen: fen(planned.preview.sources.totalFen),
      refundId: null,
      createdAt,
      dueAt: this.desk.inHours(planned.rules.decideHours * HOUR_MS),
      pausedMs: null,
      receivedAt: null,
      finishedAt: null,
      lines: planned.lines.map(({ line, qty, refundFen }) => ({
        lineId: line.lineId,
        skuId: line.skuId,
        name: line.name,
        spec: line.spec,
        imageUrl: line.imageUrl,
        qty,
        refundFen: fen(refundFen),
        isGift: isGift(order, line),
      })),
      keptPresents: planned.keptPresents,
    };
  }
}
