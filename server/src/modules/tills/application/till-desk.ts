import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { BodyOf, posRoutes, TillReceipt } from '@shuke/shared/contracts';
import { canonicalJson, fen, groupedText, type Id, ZERO_FEN } from '@shuke/shared/kernel';
import { type InStoreState, refuseAsset, type Till, worthOf } from '../../assets/index.js';
import { bearingLegs, type Party } from '../../clearing/index.js';
import type { Act, ActKind, Device } from '../persistence/till-rows.js';
import { Devices, type Pos, refuseTill } from './devices.js';
import { TillAssets, TillParts } from './till-parts.js';

type Body<Name extends keyof typeof posRoutes> = BodyOf<(typeof posRoutes)[Name]>;
export const hashOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

/** Coupons, points and wallet at a till. Every act is the same act under its number. */
@Injectable()
export class TillDesk {
  constructor(
    @Inject(Devices) private readonly devices: Devices,
    @Inject(TillAssets) private readonly assets: TillAssets,
    @Inject(TillParts) private readonly parts: TillParts,
  ) {}

  /** @throws AppError TILL_SEQUENCE, COUPON_* */
  async redeem(actor: Pos, wish: Body<'redeemCoupon'>): Promise<TillReceipt> {
    const { brandId } = actor;
    const device = await this.devices.of(actor, wish.deviceNo);
    return this.once(device, wish.sequence, 'COUPON', wish, async () => {
      const counter = {
        brandId,
        storeId: device.storeId,
        guideId: null,
        channel: 'POS' as const,
        actor: `till:${device.deviceNo}`,
      };
      const items = wish.lines?.map(({ skuCode, qty, unitPriceFen }) => ({ skuCode, qty, unitPriceFen }));
      const clientKey = `pos:${device.id}:${wish.sequence}`;
      const done = await this.parts.redeeming.redeem(counter, {
        code: wish.code,
        amountFen: wish.amountFen,
        items,
        clientKey,
      });
      return {
        subjectId: done.id,
        memberId: done.memberId,
        fen: done.discountFen,
        points: 0,
        text: `${done.name}，优惠已核销`,
      };
    });
  }

  /**
   * A repeat tells what has become of the payment: above the limit it waits until the member has confirmed it.
   * @throws AppError TILL_SEQUENCE, CODE_*, WALLET_NOT_ENOUGH, ASSET_FROZEN
   */
  async payByWallet(actor: Pos, wish: Body<'useWallet'>): Promise<TillReceipt> {
    const device = await this.devices.of(actor, wish.deviceNo);
    const receipt = await this.once(device, wish.sequence, 'WALLET', wish, async () => {
      const paid = await this.assets.payments.charge(
        tillOf(device),
        { code: wish.code, amountFen: wish.amountFen, ...(wish.note ? { note: wish.note } : {}) },
        `pos:${device.id}:${wish.sequence}`,
      );
      const text = PAYMENT_TEXT[paid.state];
      return { subjectId: paid.id, memberId: paid.memberId, fen: paid.amountFen, points: 0, text };
    });
    const states = await this.assets.payments.states(this.devices.database, actor.brandId, [receipt.id as Id]);
    const state = states.get(receipt.id) ?? 'PAID';
    return { ...receipt, state: state === 'PAID' ? 'DONE' : state, text: PAYMENT_TEXT[state] };
  }

  /** Points leave at once, and the code that showed them is used up. @throws AppError TILL_SEQUENCE, TILL_POINTS, CODE_* */
  async payByPoints(actor: Pos, wish: Body<'usePoints'>): Promise<TillReceipt> {
    const { brandId } = actor;
    const { codes, points, clearing } = this.assets;
    const device = await this.devices.of(actor, wish.deviceNo);
    const rule = await points.rule(brandId);
    const worthFen = worthOf(rule, wish.points);
    if (!rule.isOn || worthFen > wish.amountFen || wish.points % rule.multiple !== 0) throw refuseTill('TILL_POINTS');
    const store = await this.devices.organization.store(brandId, device.storeId);
    const id = this.devices.ids.next<'till-points'>();
    return this.once(device, wish.sequence, 'POINTS', wish, (keep) =>
      this.devices.unitOfWork.run('tills.points', async (tx) => {
        const shown = await codes.lookUp(tx, brandId, wish.code, true);
        if (!(await codes.rows.use(tx, brandId, wish.code, id))) throw refuseAsset('CODE_USED');
        const { memberId } = shown;
        const hold = {
          brandId,
          memberId,
          subject: 'POS' as const,
          subjectId: id,
          points: wish.points,
          storeId: device.storeId,
        };
        await points.holdFor(tx, { ...hold, until: tx.now, title: '门店积分抵现' });
        await points.capture(tx, brandId, id, 'POS');
        // The store gave goods for points: those who bear them owe it their share.
        const bearers = rule.bearers.map(({ party, bp }) => ({
          party: partyOf(party, device, store?.franchiseeId ?? null),
          bp,
        }));
        const legs = bearingLegs(`STORE:${device.storeId}`, worthFen, bearers);
        await clearing.post(tx, { brandId, kind: 'POINTS_USE', subjectId: id, legs, note: '门店积分抵现' });
        const done = {
          subjectId: id as Id,
          memberId,
          fen: worthFen,
          points: wish.points,
          text: `${groupedText(wish.points)} 积分已抵现`,
        };
        await keep(tx, done);
        return done;
      }),
    );
  }

  /** Undoes one of the device's own coupon, points or wallet acts; repeating it changes nothing. @throws AppError TILL_ACT */
  async takeBack(actor: Pos, wish: Body<'takeBack'>): Promise<TillReceipt> {
    const device = await this.devices.of(actor, wish.deviceNo);
    const act = (await this.devices.rows.acts(this.devices.database, actor.brandId, device.id, [wish.sequence])).get(
      wish.sequence,
    );
    if (!act?.subjectId || !['COUPON', 'POINTS', 'WALLET'].includes(act.kind)) throw refuseTill('TILL_ACT');
    // What has paid for a sale goes back with the sale, or the sale would keep a discount that nobody gave.
    if (act.orderId !== null && act.state === 'DONE')
      throw refuseTill('TILL_ACT', undefined, '这笔操作已经用在一单销售里，请把那一单作废');
    await this.reverse(actor, device, act, wish.reason);
    return { ...receiptOf(act, false), state: 'REVERSED', text: '已撤回' };
  }

  async reverse(actor: Pos, device: Device, act: Act, reason: string): Promise<void> {
    if (act.state === 'REVERSED' || !act.subjectId) return;
    const { brandId } = actor;
    const subjectId = act.subjectId;
    if (act.kind === 'COUPON') await this.parts.counters.reverse(actor, subjectId, reason).catch(ignoreReversed);
    if (act.kind === 'WALLET')
      await this.assets.payments.reverseAtTill(tillOf(device), subjectId as Id<'in-store'>, reason);
    await this.devices.unitOfWork.run('tills.take-back', async (tx) => {
      if (
        !(await this.devices.rows.settle(tx, brandId, device.id, act.sequence, 'REVERSED', null)) ||
        act.kind !== 'POINTS'
      )
        return;
      await this.assets.points.refund(tx, {
        brandId,
        orderId: subjectId,
        refundId: subjectId,
        points: act.points,
        subject: 'POS',
      });
      await this.assets.clearing.takeBack(tx, {
        brandId,
        kind: 'POINTS_REFUND',
        ofKind: 'POINTS_USE',
        subjectId,
        suffix: 'all',
        fen: null,
        note: reason,
      });
    });
  }

  /** Runs an act under its number, or gives its receipt again. */
  private async once(
    device: Device,
    sequence: number,
    kind: ActKind,
    input: unknown,
    work: (keep: Keep) => Promise<Done>,
  ): Promise<TillReceipt> {
    const { rows, database, unitOfWork, clock } = this.devices;
    const hash = hashOf(input);
    const again = async (): Promise<TillReceipt | null> => {
      const earlier = (await rows.acts(database, device.brandId, device.id, [sequence])).get(sequence);
      if (earlier && (earlier.hash !== hash || earlier.kind !== kind)) throw refuseTill('TILL_SEQUENCE');
      return earlier ? receiptOf(earlier, true) : null;
    };
    const earlier = await again();
    if (earlier) return earlier;
    let isKept = false;
    const keep: Keep = async (tx, done) => {
      isKept = true;
      const act: Act = { ...ACT, ...done, sequence, kind, hash, happenedAt: clock.date() };
      await rows.insert(tx, device.brandId, device.id, [act]);
      await rows.seen(tx, device, { rows: 1, last: sequence, lagMs: 0, conflicts: 0 });
    };
    try {
      const done = await work(keep);
      if (!isKept) await unitOfWork.run('tills.act', (tx) => keep(tx, done));
      return receiptOf({ ...ACT, ...done, sequence, kind, hash, happenedAt: clock.date() }, false);
    } catch (error) {
      // The same act at the same moment: whoever comes second gets the receipt of the first.
      const first = await again();
      if (first) return first;
      throw error;
    }
  }
}

const PAYMENT_TEXT: Record<InStoreState, string> = {
  ASKING: '请顾客在手机上确认金额',
  PAID: '储值已付款',
  REFUSED: '顾客没有同意，请换一种付款方式',
  EXPIRED: '顾客没有在时限内确认，请重新收款',
  REVERSED: '已撤回',
};
type Done = Pick<Act, 'memberId' | 'fen' | 'points' | 'text'> & { subjectId: Id };
type Keep = (tx: Parameters<Devices['rows']['insert']>[0], done: Done) => Promise<void>;
export const ACT = {
  state: 'DONE' as const,
  externalNo: null,
  ofExternalNo: null,
  memberId: null,
  subjectId: null,
  fen: ZERO_FEN,
  points: 0,
  orderId: null,
  body: null,
  text: '',
};
const tillOf = (device: Device): Till => ({
  brandId: device.brandId,
  storeId: device.storeId,
  guideId: null,
  operator: `till:${device.deviceNo}`,
});
const partyOf = (party: 'HQ' | 'STORE' | 'FRANCHISEE', device: Device, franchiseeId: Id | null): Party => {
  if (party === 'HQ') return 'HQ';
  return party === 'FRANCHISEE' && franchiseeId ? `FRANCHISEE:${franchiseeId}` : `STORE:${device.storeId}`;
};
const receiptOf = (act: Act, isRepeated: boolean): TillReceipt => ({
  sequence: act.sequence,
  isRepeated,
  id: act.subjectId as Id,
  amountFen: fen(act.fen),
  state: act.state,
  text: act.text,
});
const ignoreReversed = (error: { code?: string }): void => {
  if (error.code !== 'ALREADY_REVERSED') throw error;
};
