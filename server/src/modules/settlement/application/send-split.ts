import { Inject, Injectable } from '@nestjs/common';
import type { PayDesk } from '../../../gateways/registry/pay-gateways.js';
import { remedyForRefusal } from '../../../gateways/wechat-pay/index.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { ChannelListStore } from '../persistence/channel-list.store.js';
import { SplitStore } from '../persistence/split.store.js';
import { type Split, type SplitRequest } from '../persistence/split-rows.js';
import { type Next, orderIdOf } from './split-steps.js';
import { type Refusal, StopSplit } from './stop-split.js';

const afterSend = declareFailpoint('split.after-send');
const AMOUNT_REFUSED = '微信一直不接受这笔分账的金额，剩余货款已解冻给收款方；应得款记为应付，下次分账时补上。';
/** Requests that were refused for their amounts; then what is left is freed and the shares stay owed. */
const AMOUNT_TRIES = 3;

/** Asks the channel to divide what was planned, and does what its refusals call for. */
@Injectable()
export class SendSplit {
  private readonly splits = new SplitStore();
  private readonly lists = new ChannelListStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(StopSplit) private readonly stops: StopSplit,
  ) {}

  /** Sends the split. Whatever the answer, the number stays: an unknown outcome is queried (pay-19). */
  async run(split: Split, desk: PayDesk): Promise<Next> {
    const request = await this.splits.openRequest(this.database, split, 'SPLIT');
    if (!request) return this.stops.attention(split, '分账单丢失，请联系技术支持', 'no request');
    const receivers = (await this.splits.receivers(this.database, split.brandId, [split.id])).filter(
      (one) => one.requestId === request.id,
    );
    const result = await desk.gateway.sharing.split(
      desk.gateway.sharing.buildSplit({
        subMchid: split.subMchid ?? undefined,
        appid: desk.appid,
        transactionId: split.transactionId,
        outOrderNo: request.outOrderNo,
        receivers: receivers.map((one) => ({
          type: one.receiverType,
          account: one.account,
          amount: one.amountFen,
          description: one.party === 'BRAND' ? '品牌分成' : '导购佣金',
        })),
        unfreezeRest: false,
      }),
    );
    afterSend();
    if (result.kind === 'refused') return this.refused(split, request, result, desk);
    await this.splits.advanceSent(this.database, split, request, { step: 'QUERY', channelOrderId: orderIdOf(result) });
    return this.stops.soon();
  }

  private async refused(split: Split, request: SplitRequest, refusal: Refusal, desk: PayDesk): Promise<Next> {
    const remedy = remedyForRefusal(refusal);
    if (remedy.action !== 'RETRY_LATER' && remedy.action !== 'ADD_RECEIVER') {
      const known = await this.isKnown(split, request, desk);
      if (known !== 'NO') return known;
    }
    await this.splits.setRequest(this.database, split.brandId, request, request.state, {
      problem: `${refusal.code} ${refusal.message}`,
    });
    switch (remedy.action) {
      case 'RETRY_LATER':
        return this.stops.again();
      case 'ADD_RECEIVER':
        await this.lists.forgetAll(this.database, split);
        await this.splits.advance(this.database, split, { step: 'RECEIVERS' });
        return this.stops.soon();
      case 'REFRESH_RATIO':
      case 'READ_AMOUNTS':
        return this.planAgain(split, request);
      case 'FINAL':
        return this.endUnsplit(split, request, remedy.nextStep);
      default:
        return this.stops.stop(split, remedy, refusal.message);
    }
  }

  /**
   * A refusal is an unsigned word, and the number may have been taken before it, by a call whose answer was lost. Only when
   * the channel does not know the number may its shares be promised again under another one (reference: wechat-pay 2.2).
   */
  private async isKnown(split: Split, request: SplitRequest, desk: PayDesk): Promise<Next | 'NO'> {
    const asked = await desk.gateway.sharing.querySplit({
      subMchid: split.subMchid ?? undefined,
      outOrderNo: request.outOrderNo,
      transactionId: split.transactionId,
    });
    if (asked.kind === 'unknown') return this.stops.soon();
    if (asked.kind === 'refused' && asked.status === 404) return 'NO';
    await this.splits.advanceSent(this.database, split, request, { step: 'QUERY', channelOrderId: orderIdOf(asked) });
    return asked.kind === 'ok' ? 'ON' : this.stops.putOff(split, asked);
  }

  /** The channel has freed the money by itself (day 30): what is owed stays owed, and the books follow (pay-26). */
  private async endUnsplit(split: Split, request: SplitRequest, nextStep: string): Promise<Next> {
    await this.unitOfWork.run('end unsplit', async (tx) => {
      await this.splits.setAside(tx, split.brandId, request);
      await this.splits.advance(tx, split, { step: 'UNFREEZE', problem: nextStep.slice(0, 300) });
    });
    return 'ON';
  }

  /** A refused request moved no money: it is set aside and planned anew under a new number, a few times. */
  private async planAgain(split: Split, request: SplitRequest): Promise<Next> {
    const refused = (await this.splits.requests(this.database, split)).filter((one) => one.state === 'FAILED');
    if (refused.length + 1 >= AMOUNT_TRIES) return this.endUnsplit(split, request, AMOUNT_REFUSED);
    await this.unitOfWork.run('plan split again', async (tx) => {
      await this.splits.setAside(tx, split.brandId, request);
      await this.lists.forgetRatio(tx, split);
      await this.splits.advance(tx, split, { step: 'PLAN' });
    });
    return this.stops.later();
  }
}
