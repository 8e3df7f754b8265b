import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS } from '@shuke/shared/kernel';
import type { PayDesk } from '../../../gateways/registry/pay-gateways.js';
import { type PayResult, type Remedy, remedyForRefusal, type SplitOrder } from '../../../gateways/wechat-pay/index.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { inLanes } from '../../../platform/jobs/lanes.js';
import { log } from '../../../platform/observability/log.js';
import { ChannelListStore } from '../persistence/channel-list.store.js';
import { type Split, type SplitRequest, SplitStore } from '../persistence/split.store.js';
import { SettlementStores } from './accrue.js';
import { unfreezeRequest } from './book-split.js';
import { SplitParts } from './split-parts.js';

const afterPlan = declareFailpoint('split.after-plan');
const afterSend = declareFailpoint('split.after-send');
const afterBooked = declareFailpoint('split.after-booked');
const afterUnfreeze = declareFailpoint('split.after-unfreeze');

const SOON_MS = 2_000;
const LATER_MS = 10 * 60_000;
const RETRY_MS = 60_000;
const ATTENTION_MS = 6 * 3_600_000;
const SETTLES_MS = 3_600_000;
const AMOUNT_REFUSED = '微信一直不接受这笔分账的金额，剩余货款已解冻给收款方；应得款记为应付，下次分账时补上。';
/** Splits that one worker has under way at once: most of a split's time is waiting for the channel. */
const LANES = 4;

/** Requests that were refused for their amounts; then what is left is freed and the shares stay owed. */
const AMOUNT_TRIES = 3;

const collectorOf = (split: Split) => `${split.brandId} ${split.subMchid ?? split.mchid}`;

/** A step's outcome: look again and go on at once, go on with sending and nothing else has changed, or come back later. */
type Next = 'ON' | 'SEND' | Date | null;

const orderIdOf = (answer: PayResult<SplitOrder>): string | null => (answer.kind === 'ok' ? answer.data.orderId : null);

/** Takes one order's split through the channel, step by step; every step can be repeated after any crash. */
@Injectable()
export class RunSplit {
  private readonly splits = new SplitStore();
  private readonly lists = new ChannelListStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
    @Inject(SplitParts) private readonly parts: SplitParts,
  ) {}

  /** Works on all splits that are due, a few at a time; each is claimed, so that other workers may do the same. */
  async runDue(owner: string, limit = 50): Promise<number> {
    const due = await this.splits.due(this.database, this.parts.clock.date(), limit);
    const first = new Map([...due].reverse().map((split) => [collectorOf(split), split]));
    const rest = due.filter((split) => first.get(collectorOf(split)) !== split);
    let worked = 0;
    const take = async (split: Split) => {
      if (!(await this.splits.claim(this.database, split, owner, this.parts.clock.date()))) return;
      worked += 1;
      await this.work(split).catch((error) =>
        log.error({ err: error, split: split.id }, 'a split stopped and will be tried again'),
      );
    };
    // The first of each collector feels the way: what the whole store is refused for parks the others before they ask.
    await inLanes([...first.values()], LANES, take);
    await inLanes(rest, LANES, take);
    return worked;
  }

  /** Makes the split of a payment due, so that the next run asks how it went. */
  async askNow(transactionId: string): Promise<void> {
    await this.splits.askNow(this.database, transactionId, this.parts.clock.date());
  }

  private async work(split: Split): Promise<void> {
    let next: Next = new Date(this.parts.clock.now() + LATER_MS);
    try {
      let current = split;
      if (split.state === 'ATTENTION') {
        await this.splits.advance(this.database, split, { state: 'PROCESSING', problem: null });
        current = { ...split, state: 'PROCESSING', problem: null };
      }
      for (let steps = 0; steps < 10; steps += 1) {
        next = await this.step(current);
        if (next === 'SEND') {
          current = { ...current, step: 'SEND' };
          continue;
        }
        if (next !== 'ON') break;
        const again = await this.splits.ofOrder(this.database, split.brandId, split.orderId);
        if (!again) break;
        current = { ...again, fence: split.fence };
      }
    } finally {
      await this.splits.release(
        this.database,
        split,
        next === 'ON' || next === 'SEND' ? this.parts.clock.date() : next,
      );
    }
  }

  private async step(split: Split): Promise<Next> {
    const desk = this.stores.gateways.get(split.accountId);
    switch (split.step) {
      case 'PLAN':
        return this.plan(split, desk);
      case 'RECEIVERS':
        return this.addReceivers(split, desk);
      case 'SEND':
        return this.send(split, desk);
      case 'QUERY':
        return this.query(split, desk);
      case 'RETRY':
        return this.parts.retry.run(split, desk);
      case 'UNFREEZE':
        return this.unfreeze(split, desk);
      case 'CHECK':
        return this.checkNothingFrozen(split, desk);
      default:
        return null;
    }
  }

  private soon(): Date {
    return new Date(this.parts.clock.now() + SOON_MS);
  }

  private later(): Date {
    return new Date(this.parts.clock.now() + LATER_MS);
  }

  private async plan(split: Split, desk: PayDesk): Promise<Next> {
    const planned = await this.parts.plans.run(split, desk);
    afterPlan();
    if (planned === 'ON') return 'ON';
    if (planned === 'REFUND_FIRST') return this.soon();
    return planned.kind === 'unknown' ? this.later() : this.putOff(split, planned);
  }

  private async addReceivers(split: Split, desk: PayDesk): Promise<Next> {
    const added = await this.parts.terms.addReceivers(split, desk);
    if (added.kind === 'unknown') return this.soon();
    if (added.kind === 'refused') return this.putOff(split, added);
    await this.splits.advance(this.database, split, { step: 'SEND' });
    return 'SEND';
  }

  private async openRequest(split: Split, kind: SplitRequest['kind']): Promise<SplitRequest | null> {
    const requests = await this.splits.requests(this.database, split);
    return requests.filter((one) => one.kind === kind && one.state !== 'FAILED').at(-1) ?? null;
  }

  /** Sends the split. Whatever the answer, the number stays: an unknown outcome is queried (pay-19). */
  private async send(split: Split, desk: PayDesk): Promise<Next> {
    const request = await this.openRequest(split, 'SPLIT');
    if (!request) return this.attention(split, '分账单丢失，请联系技术支持', 'no request');
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
    return this.soon();
  }

  private async refused(
    split: Split,
    request: SplitRequest,
    refusal: { status: number; code: string; message: string },
    desk: PayDesk,
  ): Promise<Next> {
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
        return new Date(this.parts.clock.now() + RETRY_MS);
      case 'ADD_RECEIVER':
        await this.lists.forgetAll(this.database, split);
        await this.splits.advance(this.database, split, { step: 'RECEIVERS' });
        return this.soon();
      case 'REFRESH_RATIO':
      case 'READ_AMOUNTS':
        return this.planAgain(split, request);
      case 'FINAL':
        return this.endUnsplit(split, request, remedy.nextStep);
      default:
        return this.stop(split, remedy, refusal.message);
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
    if (asked.kind === 'unknown') return this.soon();
    if (asked.kind === 'refused' && asked.status === 404) return 'NO';
    await this.splits.advanceSent(this.database, split, request, { step: 'QUERY', channelOrderId: orderIdOf(asked) });
    return asked.kind === 'ok' ? 'ON' : this.putOff(split, asked);
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
    return this.later();
  }

  /** Asks how the split went; FINISHED says that nothing is pending, not that everybody got paid. */
  private async query(split: Split, desk: PayDesk): Promise<Next> {
    const request = await this.openRequest(split, 'SPLIT');
    if (!request) return this.attention(split, '分账单丢失，请联系技术支持', 'no request');
    const result = await desk.gateway.sharing.querySplit({
      subMchid: split.subMchid ?? undefined,
      outOrderNo: request.outOrderNo,
      transactionId: split.transactionId,
    });
    if (result.kind === 'unknown') return this.soon();
    if (result.kind === 'refused') {
      // Not known to the channel: it was never accepted, so the same number goes out again.
      if (result.status !== 404) return this.putOff(split, result);
      await this.splits.advance(this.database, split, { step: 'SEND' });
      return this.soon();
    }
    if (result.data.state !== 'FINISHED') return this.soon();
    const next = await this.parts.books.book(split, request, result.data, this.parts.clock.now());
    afterBooked();
    return next;
  }

  /** Frees what is left under a new number: the channel answers a reused one with success and does nothing (pay-27). */
  private async unfreeze(split: Split, desk: PayDesk): Promise<Next> {
    const request = (await this.openRequest(split, 'UNFREEZE')) ?? (await this.planUnfreeze(split));
    const body = desk.gateway.sharing.buildUnfreeze({
      subMchid: split.subMchid ?? undefined,
      transactionId: split.transactionId,
      outOrderNo: request.outOrderNo,
      description: '订单完结，解冻剩余货款',
    });
    const result = await desk.gateway.sharing.unfreeze(body);
    afterUnfreeze();
    if (result.kind === 'unknown') return this.soon();
    if (result.kind === 'refused') {
      const remedy = remedyForRefusal(result);
      // Nothing left to free is what we want; the next step looks at the amount itself.
      if (remedy.action !== 'READ_AMOUNTS' && remedy.action !== 'FINAL')
        return remedy.action === 'RETRY_LATER'
          ? new Date(this.parts.clock.now() + 60_000)
          : this.stop(split, remedy, result.message);
    }
    await this.splits.advanceSent(this.database, split, request, { step: 'CHECK', channelOrderId: orderIdOf(result) });
    return this.soon();
  }

  private async planUnfreeze(split: Split): Promise<SplitRequest> {
    const request = unfreezeRequest(this.stores.ids.next(), split);
    await this.unitOfWork.run('plan unfreeze', (tx) => this.splits.insertRequest(tx, split, request, []));
    return request;
  }

  /** Done only when the channel itself says that nothing is frozen any more. */
  private async checkNothingFrozen(split: Split, desk: PayDesk): Promise<Next> {
    const amounts = await desk.gateway.sharing.amounts(split.transactionId);
    if (amounts.kind === 'unknown') return this.soon();
    if (amounts.kind === 'refused') return this.putOff(split, amounts);
    if (amounts.data.unsplit > 0) return this.soon();
    await this.parts.books.finish(split);
    return null;
  }

  /** A refused question about a split: some refusals pass by themselves, the others need a person. */
  private async putOff(split: Split, refusal: { status: number; code: string; message: string }): Promise<Next> {
    const remedy = remedyForRefusal(refusal);
    if (remedy.action === 'RETRY_LATER') return new Date(this.parts.clock.now() + RETRY_MS);
    return this.stop(split, remedy, refusal.message);
  }

  /** What the whole store is refused for is not asked for once more by each of its orders (pay-35); other stores go on. */
  private async stop(split: Split, remedy: Remedy, detail: string): Promise<Next> {
    const { clock } = this.parts;
    const isDelayed = remedy.action === 'RETRY_DAILY';
    // A trade is often settled a moment later; only what takes longer is worth telling somebody (pay-23, pay-36).
    if (isDelayed && clock.now() - (split.dueAt?.getTime() ?? 0) < SETTLES_MS) return new Date(clock.now() + RETRY_MS);
    const next = await this.attention(split, remedy.nextStep, detail);
    if (isDelayed) return new Date(clock.now() + DAY_MS);
    if (remedy.action === 'STOP_STORE') await this.splits.parkStore(this.database, split, next);
    return next;
  }

  /**
   * Stops and says in plain words what a person must do. The cause often lies outside (a permission, a key), so the
   * same step is tried again a few times a day and goes on by itself once it is mended.
   */
  private async attention(split: Split, nextStep: string, detail: string): Promise<Date> {
    log.error({ split: split.id, detail }, 'a split needs a person');
    await this.splits.advance(this.database, split, { state: 'ATTENTION', problem: nextStep.slice(0, 300) });
    return new Date(this.parts.clock.now() + ATTENTION_MS);
  }
}
