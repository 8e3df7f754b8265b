import { Inject, Injectable } from '@nestjs/common';
import type { BalanceRefundPreview } from '@shuke/shared/contracts';
import { addFen, type BrandId, fen, groupedText, type Id, moneyText, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { keepResult, once, requestKey } from '../../../platform/idempotency/idempotency.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { availableOf, type Lot } from '../../asset-ledger/index.js';
import { balanceRefund, giftPointsTaken } from '../domain/balance-refund.js';
import type { TopUp } from '../persistence/top-up.store.js';
import { type WalletRefund, WalletRefundStore } from '../persistence/wallet-refund.store.js';
import { refuseTopUp } from './top-up-errors.js';
import { TopUpParts } from './top-up-parts.js';
import { TopUps } from './top-ups.js';

const DAY_MS = 86_400_000;

interface Line {
  topUp: TopUp;
  lots: Lot[];
  principalLeftFen: ReturnType<typeof fen>;
  bonusLeftFen: ReturnType<typeof fen>;
  refundFen: ReturnType<typeof fen>;
  bonusTakenFen: ReturnType<typeof fen>;
  pointsTaken: number;
  route: 'ORIGINAL' | 'BANK';
}

/** Giving up a balance: computed per top-up, held at once so that it cannot be spent meanwhile, paid by the first route. */
@Injectable()
export class BalanceRefunds {
  readonly rows = new WalletRefundStore();

  constructor(
    @Inject(TopUps) private readonly topUps: TopUps,
    @Inject(TopUpParts) readonly parts: TopUpParts,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async preview(actor: Consumer): Promise<BalanceRefundPreview> {
    const { brandId } = actor;
    const [lines, settings, balance] = await Promise.all([
      this.lines(this.database, actor, this.clock.date()),
      this.parts.settings.wallet(brandId),
      this.parts.wallet.balance(this.database, brandId, actor.memberId),
    ]);
    const refundFen = sumFen(lines.map((line) => line.refundFen));
    const reason = refundFen > 0 && !balance.isFrozen ? null : whyNot(balance);
    return {
      canRequest: reason === null,
      reason,
      refundFen,
      bonusTakenFen: sumFen(lines.map((line) => line.bonusTakenFen)),
      feeFen: 0,
      lines: lines.map((line) => ({
        topUpId: line.topUp.id,
        topUpNo: line.topUp.topUpNo,
        paidFen: line.topUp.payFen,
        bonusFen: line.topUp.bonusFen,
        paidAt: (line.topUp.creditedAt ?? line.topUp.createdAt).toISOString(),
        principalLeftFen: line.principalLeftFen,
        bonusLeftFen: line.bonusLeftFen,
        refundFen: line.refundFen,
        bonusTakenFen: line.bonusTakenFen,
        route: line.route,
        text: sentence(line),
      })),
      law: { name: settings.lawName, text: settings.lawText },
    };
  }

  /**
   * Gives up the whole balance; the same key gives the same refunds.
   * @throws AppError REFUND_CHANGED with the amount of now, REFUND_NOTHING, ASSET_FROZEN
   */
  async request(actor: Consumer, wish: { expectedFen: number; reason?: string }, key: string): Promise<WalletRefund[]> {
    const { brandId } = actor;
    const request = requestKey(brandId, `balance-refund:${actor.memberId}`, key, wish);
    const made = await once(this.database, request, () =>
      this.unitOfWork.run('give up a balance', async (tx) => {
        const requestId = this.ids.next<'refund-request'>();
        await this.book(tx, actor, requestId, wish);
        await keepResult(tx, request, requestId);
        return requestId;
      }),
    );
    return this.rows.ofRequest(this.database, brandId, made);
  }

  private async book(tx: Tx, actor: Consumer, requestId: Id, wish: { expectedFen: number; reason?: string }) {
    const { brandId, memberId } = actor;
    await this.parts.wallet.ledger.settle(tx, brandId, 'WALLET', memberId);
    const lines = await this.lines(tx, actor, tx.now);
    const totalFen = sumFen(lines.map((line) => line.refundFen));
    if (totalFen === 0) throw refuseTopUp('REFUND_NOTHING');
    if (totalFen !== wish.expectedFen) throw refuseTopUp('REFUND_CHANGED', { refundFen: totalFen });
    for (const line of lines.filter((one) => one.refundFen > 0)) {
      const id = this.ids.next<'wallet-refund'>();
      const parts = line.lots
        .map((lot) => ({ lotId: lot.id, amount: availableOf(lot) }))
        .filter((one) => one.amount > 0);
      await this.parts.wallet.holdParts(tx, {
        brandId,
        memberId,
        subjectId: id,
        parts,
        title: '退回储值余额',
      });
      await this.rows.insert(tx, {
        brandId,
        id,
        requestId,
        memberId,
        topUpId: line.topUp.id,
        route: line.route,
        state: line.route === 'ORIGINAL' ? 'SENDING' : 'REVIEW',
        refundFen: line.refundFen,
        bonusFen: line.bonusTakenFen,
        reason: wish.reason ?? '用户申请',
        note: null,
        requestedAt: tx.now,
        finishedAt: null,
        tries: 0,
      });
    }
  }

  private async lines(on: Queryable, { brandId, memberId }: Consumer, now: Date): Promise<Line[]> {
    const lots = await this.parts.wallet.ledger.rows.lots(on, brandId, memberId, 'WALLET');
    const settings = await this.parts.settings.wallet(brandId);
    const open = lots.filter((lot) => lot.originKind === 'TOP_UP' && availableOf(lot) > 0);
    const ids = [...new Set(open.map((lot) => lot.originId))];
    const topUps = await this.topUps.rows.byIds(on, brandId, ids);
    // A refund that is still on its way counts as given back, or two together could pay more than was paid.
    const underWay = await this.rows.underWay(on, brandId, ids);
    return topUps.map((topUp) => {
      const own = open.filter((lot) => lot.originId === topUp.id);
      const left = (kind: string) => sumFen(own.filter((lot) => lot.kind === kind).map((lot) => fen(availableOf(lot))));
      const remains = { principalLeftFen: left('PRINCIPAL'), bonusLeftFen: left('BONUS') };
      const paidAt = topUp.creditedAt ?? topUp.createdAt;
      const isRecent = now.getTime() - paidAt.getTime() <= settings.originalRouteDays * DAY_MS;
      const { payFen: paidFen, bonusFen } = topUp;
      const refundedFen = addFen(topUp.refundedFen, underWay.get(topUp.id) ?? ZERO_FEN);
      const back = balanceRefund({ paidFen, bonusFen, refundedFen, ...remains });
      return {
        topUp,
        lots: own,
        ...remains,
        route: isRecent ? ('ORIGINAL' as const) : ('BANK' as const),
        ...back,
        pointsTaken: giftPointsTaken({ points: topUp.points, paidFen, refundedFen }, back.refundFen),
      };
    });
  }

  /** The refund has reached the consumer: what was held leaves the wallet. */
  async done(tx: Tx, refund: WalletRefund, from: 'SENDING' | 'REVIEW', note: string | null): Promise<void> {
    const topUp = await this.topUps.rows.find(tx, refund.brandId, refund.topUpId, true);
    if (!topUp) throw refuse('NOT_FOUND');
    if (!(await this.rows.move(tx, refund, from, 'DONE', note))) throw refuseTopUp('WALLET_REFUND_STATE');
    await this.parts.wallet.ledger.capture(tx, refund.brandId, 'WALLET', 'REFUND', refund.id);
    const isAll = topUp.refundedFen + refund.refundFen >= topUp.payFen;
    await this.topUps.rows.addRefunded(tx, topUp, refund.refundFen, isAll);
    await this.takePointsBack(tx, topUp, refund);
    const { memberId, refundFen, bonusFen } = refund;
    tx.emit({ brandId: refund.brandId, type: 'wallet.refunded', payload: { memberId, refundFen, bonusFen } });
  }

  /** The points that came with what is given up go with it; those that were spent become a debt that the next ones pay. */
  private async takePointsBack(
    tx: Tx,
    topUp: TopUp,
    { brandId, id, memberId, refundFen }: WalletRefund,
  ): Promise<void> {
    const points = giftPointsTaken({ ...topUp, paidFen: topUp.payFen }, refundFen);
    if (points === 0) return;
    const cause = {
      kind: 'TAKE_BACK',
      ref: `TOP_UP_BACK:${id}`,
      title: '退回储值，收回赠送的积分',
      storeId: topUp.storeId,
    };
    await this.parts.points.ledger.change(tx, { brandId, asset: 'POINTS', owners: [memberId] }, (books) => {
      const book = books.get(memberId);
      const own = [...(book?.lots.values() ?? [])].filter(
        (lot) => lot.originKind === 'TOP_UP' && lot.originId === topUp.id,
      );
      book?.takeBack(
        own.map((lot) => lot.id),
        points,
        cause,
      );
    });
  }

  /** Headquarters paid by bank transfer, or refuses: then the balance is free again. @throws AppError WALLET_REFUND_STATE */
  async decide(brandId: BrandId, id: Id, isPaid: boolean, note: string): Promise<WalletRefund> {
    await this.unitOfWork.run('decide a balance refund', async (tx) => {
      const refund = await this.rows.find(tx, brandId, id, true);
      if (!refund) throw refuse('NOT_FOUND');
      if (refund.state !== 'REVIEW') throw refuseTopUp('WALLET_REFUND_STATE');
      if (isPaid) return this.done(tx, refund, 'REVIEW', note);
      await this.rows.move(tx, refund, 'REVIEW', 'REFUSED', note);
      await this.parts.wallet.ledger.release(tx, brandId, 'WALLET', 'REFUND', id);
    });
    return (await this.rows.find(this.database, brandId, id)) as WalletRefund;
  }
}

/** Says what to do instead, where there is something: opening balances and corrections have no payment to go back to. */
function whyNot(balance: Awaited<ReturnType<TopUpParts['wallet']['balance']>>): string {
  if (balance.isFrozen) return '钱包被冻结，请联系客服';
  if (balance.principalFen > balance.heldFen) return '这部分储值不是在线充的，没有可以原路退回的付款，请联系客服办理';
  return balance.heldFen > 0 ? '余额正在付款或退回中，结束以后再看' : '没有可以退的余额';
}

function sentence(line: Line): string {
  const yuan = (amount: number) => moneyText(fen(amount));
  const { topUp } = line;
  const points = line.pointsTaken > 0 ? `，充值时送的 ${groupedText(line.pointsTaken)} 积分收回` : '';
  if (topUp.bonusFen === ZERO_FEN)
    return `充 ${yuan(topUp.payFen)}，还剩 ${yuan(line.principalLeftFen)}，全部退回${points}`;
  const ratio = ((topUp.payFen / (topUp.payFen + topUp.bonusFen)) * 100).toFixed(1).replace('.0', '');
  return `充 ${yuan(topUp.payFen)} 送 ${yuan(topUp.bonusFen)}，本金占 ${ratio}%；还剩 ${yuan(line.principalLeftFen + line.bonusLeftFen)}，退回 ${yuan(line.refundFen)}，赠金 ${yuan(line.bonusTakenFen)} 收回${points}`;
}
