import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { BodyOf, posRoutes, ResponseOf, TillMember, TillReceipt } from '@shuke/shared/contracts';
import { canonicalJson, fen, type Id, type MemberId, ZERO_FEN } from '@shuke/shared/kernel';
import {
  AssetSettings,
  Codes,
  GuideCodes,
  InStorePayments,
  Points,
  refuseAsset,
  type Till,
  Wallet,
  worthOf,
} from '../../assets/index.js';
import { bearingLegs, Clearing, type Party } from '../../clearing/index.js';
import { OfflineSales } from '../../connectors/index.js';
import { CounterDesk, Coupons, Redeeming, standingProblem } from '../../coupons/index.js';
import { Members, OldMembers } from '../../members/index.js';
import { Pricing } from '../../pricing/index.js';
import type { Act, ActKind, Device } from '../persistence/till.store.js';
import { Devices, type Pos, refuseTill } from './devices.js';

type Body<Name extends keyof typeof posRoutes> = BodyOf<(typeof posRoutes)[Name]>;
export const hashOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

/** What members own, as tills need it, in one place to keep constructors short. */
@Injectable()
export class TillAssets {
  constructor(
    @Inject(Points) readonly points: Points,
    @Inject(Wallet) readonly wallet: Wallet,
    @Inject(Codes) readonly codes: Codes,
    @Inject(GuideCodes) readonly lookUps: GuideCodes,
    @Inject(InStorePayments) readonly payments: InStorePayments,
    @Inject(AssetSettings) readonly settings: AssetSettings,
    @Inject(Clearing) readonly clearing: Clearing,
  ) {}
}

/** The parts around coupons, goods and people. */
@Injectable()
export class TillParts {
  constructor(
    @Inject(Members) readonly members: Members,
    @Inject(OldMembers) readonly old: OldMembers,
    @Inject(Coupons) readonly coupons: Coupons,
    @Inject(Redeeming) readonly redeeming: Redeeming,
    @Inject(CounterDesk) readonly counters: CounterDesk,
    @Inject(Pricing) readonly pricing: Pricing,
    @Inject(OfflineSales) readonly sales: OfflineSales,
  ) {}
}

/** What a till asks while somebody stands at it. Every act is the same act under its number. */
@Injectable()
export class TillDesk {
  constructor(
    @Inject(Devices) private readonly devices: Devices,
    @Inject(TillAssets) private readonly assets: TillAssets,
    @Inject(TillParts) private readonly parts: TillParts,
  ) {}

  /** Who stands at the till; six statements. @throws AppError TILL_STORE, TILL_MEMBER, CODE_* */
  async identify(actor: Pos, wish: Body<'identify'>): Promise<TillMember> {
    const { brandId } = actor;
    const { database, organization, clock } = this.devices;
    const store = await organization.storeByCode(brandId, wish.storeCode);
    if (!store) throw refuseTill('TILL_STORE');
    const memberId = await this.member(actor, wish);
    if (!memberId) throw refuseTill('TILL_MEMBER');
    const at = clock.date();
    const [profile, points, wallet, held] = await Promise.all([
      this.parts.members.profile(brandId, memberId),
      this.assets.points.balance(database, brandId, memberId),
      this.assets.wallet.balance(database, brandId, memberId),
      this.parts.coupons.held(database, brandId, memberId, at),
    ]);
    if (!profile) throw refuseTill('TILL_MEMBER');
    return {
      ...{ memberId, memberNo: profile.memberNo, nickname: profile.nickname, phoneMasked: profile.phoneMasked ?? null },
      ...{ levelName: profile.levelName, points: points.available, walletFen: wallet.availableFen },
      coupons: held.map((one) => ({
        ...{ couponId: one.id, code: one.code, name: one.name, validUntil: one.validUntil.toISOString() },
        problem: standingProblem(one, { at, storeId: store.id, channel: 'OFFLINE' })?.text ?? null,
      })),
    };
  }

  private async member({ brandId }: Pos, { kind, value }: Body<'identify'>): Promise<MemberId | null> {
    const { database, rows } = this.devices;
    if (kind === 'CODE') return (await this.assets.lookUps.lookUp(brandId, value)).memberId;
    if (kind === 'MEMBER_NO') return rows.memberByNo(database, brandId, value);
    if (kind === 'CARD') return this.parts.members.byIdentifier(database, brandId, 'card', value);
    const person = {
      name: '',
      realName: null,
      birthday: null,
      joinedAt: null,
      phone: value,
      identifiers: [],
      hints: [],
    };
    return (await this.parts.old.find(database, brandId, [person]))[0]?.owners[0] ?? null;
  }

  /** A basket as the mall would price it for picking up in this store. */
  async price(actor: Pos, wish: Body<'price'>): Promise<ResponseOf<typeof posRoutes.price>> {
    const { brandId } = actor;
    const { database, organization } = this.devices;
    const store = await organization.storeByCode(brandId, wish.storeCode);
    if (!store) throw refuseTill('TILL_STORE');
    const codes = [...new Set(wish.lines.map((line) => line.skuCode))];
    const skus = await this.parts.sales.skusByCode(database, brandId, codes);
    const lines = wish.lines.flatMap(({ skuCode, qty }) => {
      const sku = skus.get(skuCode);
      return sku ? [{ skuId: sku.skuId, qty }] : [];
    });
    const { couponIds, points, walletFen } = wish;
    const buyer = wish.memberId
      ? { memberId: wish.memberId as MemberId, couponIds, points, walletFen, withOffers: true }
      : null;
    const quote = await this.parts.pricing.price(database, {
      brandId,
      store,
      lines,
      fulfil: 'PICKUP',
      ...(buyer ? { buyer } : {}),
    });
    const { priced } = quote;
    return {
      lines: quote.lines.map(({ skuCode, name, qty, unitPriceFen, amountFen, payableFen }) => ({
        skuCode,
        name,
        qty,
        unitPriceFen,
        amountFen,
        payableFen,
      })),
      ...{ goodsFen: quote.goodsFen, totalFen: quote.totalFen, walletFen: priced.walletFen, cashFen: priced.cashFen },
      steps: quote.steps.map((step) => `${step.label}：${step.explain}`),
      problems: quote.problems.map((problem) => problem.text),
      unknownSkus: codes.filter((code) => !skus.has(code)),
      bestCouponIds: [...(quote.offers?.coupons.couponIds ?? [])],
      pointsUsable: quote.offers?.points.usable ?? 0,
    };
  }

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

  /** @throws AppError TILL_SEQUENCE, CODE_*, WALLET_NOT_ENOUGH, ASSET_FROZEN */
  async payByWallet(actor: Pos, wish: Body<'useWallet'>): Promise<TillReceipt> {
    const device = await this.devices.of(actor, wish.deviceNo);
    return this.once(device, wish.sequence, 'WALLET', wish, async () => {
      const paid = await this.assets.payments.charge(
        tillOf(device),
        { code: wish.code, amountFen: wish.amountFen, ...(wish.note ? { note: wish.note } : {}) },
        `pos:${device.id}:${wish.sequence}`,
      );
      const text = paid.state === 'ASKING' ? '请顾客在手机上确认金额' : '储值已付款';
      return { subjectId: paid.id, memberId: paid.memberId, fen: paid.amountFen, points: 0, text };
    });
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
          text: `${wish.points} 积分已抵现`,
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
        ...{ brandId, kind: 'POINTS_REFUND', ofKind: 'POINTS_USE', subjectId, suffix: 'all', fen: null, note: reason },
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
    const earlier = (await rows.acts(database, device.brandId, device.id, [sequence])).get(sequence);
    if (earlier && (earlier.hash !== hash || earlier.kind !== kind)) throw refuseTill('TILL_SEQUENCE');
    if (earlier) return receiptOf(earlier, true);
    let isKept = false;
    const keep: Keep = async (tx, done) => {
      isKept = true;
      const act: Act = { ...ACT, ...done, sequence, kind, hash, happenedAt: clock.date() };
      await rows.insert(tx, device.brandId, device.id, [act]);
      await rows.seen(tx, device, { rows: 1, last: sequence, lagMs: 0, conflicts: 0 });
    };
    const done = await work(keep);
    if (!isKept) await unitOfWork.run('tills.act', (tx) => keep(tx, done));
    return receiptOf({ ...ACT, ...done, sequence, kind, hash, happenedAt: clock.date() }, false);
  }
}

type Done = Pick<Act, 'memberId' | 'fen' | 'points' | 'text'> & { subjectId: Id };
type Keep = (tx: Parameters<Devices['rows']['insert']>[0], done: Done) => Promise<void>;
export const ACT = {
  ...{ state: 'DONE' as const, externalNo: null, ofExternalNo: null, memberId: null, subjectId: null, fen: ZERO_FEN },
  ...{ points: 0, orderId: null, body: null, text: '' },
};
const tillOf = (device: Device): Till => ({
  ...{ brandId: device.brandId, storeId: device.storeId, guideId: null, operator: `till:${device.deviceNo}` },
});
const partyOf = (party: 'HQ' | 'STORE' | 'FRANCHISEE', device: Device, franchiseeId: Id | null): Party => {
  if (party === 'HQ') return 'HQ';
  return party === 'FRANCHISEE' && franchiseeId ? `FRANCHISEE:${franchiseeId}` : `STORE:${device.storeId}`;
};
const receiptOf = (act: Act, isRepeated: boolean): TillReceipt => ({
  ...{
    sequence: act.sequence,
    isRepeated,
    id: act.subjectId as Id,
    amountFen: fen(act.fen),
    state: act.state,
    text: act.text,
  },
});
const ignoreReversed = (error: { code?: string }): void => {
  if (error.code !== 'ALREADY_REVERSED') throw error;
};
