import { type BrandId, fen, groupedText, type MemberId, yuanWords, ZERO_FEN } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import { type Asset, availableOf, type MoveAssets } from '../../asset-ledger/index.js';
import type { CopiedRow, LeaveBlocker, MemberAsset, MemberAssetMover, MoveEffect } from '../../one-id/index.js';
import type { Points } from './points.js';
import type { Wallet } from './wallet.js';

/** Lots, holds and debts follow a merge one by one; nothing is summed (features.md B7 and B8, edge cases). */
export function assetMover(moves: MoveAssets, wallet: Wallet, points: Points): MemberAssetMover {
  const effects = async (on: Queryable, brandId: BrandId, from: MemberId, into: MemberId): Promise<MoveEffect[]> => {
    const found: MoveEffect[] = [];
    const [a, b] = [await wallet.balance(on, brandId, from), await wallet.balance(on, brandId, into)];
    const yuan = (one: typeof a) => `${yuanWords(fen(one.principalFen + one.bonusFen))} 元`;
    if (a.principalFen + a.bonusFen + a.heldFen > 0)
      found.push({
        subject: 'WALLET',
        title: '储值',
        fromText: yuan(a),
        intoText: yuan(b),
        afterText: `${yuanWords(fen(a.principalFen + a.bonusFen + b.principalFen + b.bonusFen))} 元`,
        text: '每一笔储值连同本金、赠金、有效期和占用原样转入，不合并成一个数',
        isWarning: a.isFrozen || b.isFrozen,
      });
    const [x, y] = [await points.balance(on, brandId, from), await points.balance(on, brandId, into)];
    if (x.balance !== 0 || x.pending !== 0)
      found.push({
        subject: 'POINTS',
        title: '积分',
        fromText: `${groupedText(x.balance)} 分`,
        intoText: `${groupedText(y.balance)} 分`,
        afterText: `${groupedText(x.balance + y.balance)} 分`,
        text: '每一批积分连同有效期、待生效和欠分原样转入',
        isWarning: x.owed > 0 || y.owed > 0,
      });
    return found;
  };
  return {
    tables: ['asset_account', 'asset_lot', 'asset_entry', 'asset_movement', 'asset_hold', 'expiry_notice'],
    preview: effects,
    move: (tx, move) => moves.move(tx, move),
    moveBack: (tx, move) => moves.moveBack(tx, move),
  };
}

/** Money in the wallet goes back first; what has no payment to go back to is headquarters' to pay. */
async function walletBlockers(
  wallet: Wallet,
  on: Queryable,
  brandId: BrandId,
  memberId: MemberId,
): Promise<LeaveBlocker[]> {
  const { principalFen, heldFen } = await wallet.balance(on, brandId, memberId);
  const blocker = (text: string, actionText: string) => [{ subject: 'WALLET', text, actionText }];
  if (principalFen > heldFen) {
    const lots = await wallet.ledger.rows.lots(on, brandId, memberId, 'WALLET');
    const isOnline = lots.some(
      (lot) => lot.kind === 'PRINCIPAL' && lot.originKind === 'TOP_UP' && availableOf(lot) > 0,
    );
    return blocker(
      `钱包里还有本金 ${yuanWords(principalFen)} 元`,
      isOnline ? '先到钱包申请退回余额' : '这部分不是在线充的，请联系客服办理退回',
    );
  }
  return heldFen > ZERO_FEN
    ? blocker(`钱包里有 ${yuanWords(heldFen)} 元正在付款或退回`, '等它结束，或取消那笔付款')
    : [];
}

/** A member with money in the wallet takes it back before leaving; points and a bonus are lost and have to be confirmed. */
export function leavingAssets(wallet: Wallet, points: Points): MemberAsset {
  return {
    tables: ['asset_account', 'asset_lot', 'asset_entry', 'asset_movement', 'asset_hold', 'expiry_notice'],
    beforeLeaving: async (on, brandId, memberId) => {
      const balance = await wallet.balance(on, brandId, memberId);
      const { balance: left, pending } = await points.balance(on, brandId, memberId);
      const blockers = await walletBlockers(wallet, on, brandId, memberId);
      const settlements = [];
      if (balance.principalFen === ZERO_FEN && balance.bonusFen > ZERO_FEN)
        settlements.push({
          subject: 'BONUS',
          title: '赠金',
          text: '赠金不能退成现金，注销后作废',
          amountText: `${yuanWords(balance.bonusFen)} 元`,
          fen: balance.bonusFen,
          mustConfirm: true,
        });
      if (left > 0 || pending > 0)
        settlements.push({
          subject: 'POINTS',
          title: '积分',
          text: '注销后积分作废，不能恢复',
          amountText: `${groupedText(Math.max(0, left) + pending)} 分`,
          fen: null,
          mustConfirm: true,
        });
      return { blockers, settlements };
    },
    leave: async (tx, { brandId, memberId }) => {
      for (const asset of ['WALLET', 'POINTS'] as const)
        await wallet.ledger.change(tx, { brandId, asset, owners: [memberId] }, (books) =>
          books.get(memberId)?.forfeit({ kind: 'FORFEIT', ref: `FORFEIT:${memberId}`, title: '注销账户，作废' }),
        );
    },
    async *copy(on, brandId, memberId): AsyncIterable<CopiedRow> {
      for (const [asset, list] of LISTS) yield* copyEntries(wallet, on, brandId, memberId, asset, list);
    },
  };
}

const LISTS: readonly [Asset, string][] = [
  ['WALLET', '储值明细'],
  ['POINTS', '积分明细'],
  ['GROWTH', '成长值明细'],
];
const PAGE = 500;

/** An account's whole ledger, newest first. */
async function* copyEntries(
  wallet: Wallet,
  on: Queryable,
  brandId: BrandId,
  memberId: MemberId,
  asset: Asset,
  list: string,
): AsyncIterable<CopiedRow> {
  for (let before: number | null = null; ; ) {
    const rows = await wallet.ledger.rows.entries(on, brandId, memberId, asset, before, PAGE);
    for (const { title, amount, balance_after: after, at } of rows)
      yield { list, row: { 说明: title, 变动: Number(amount), 余额: Number(after), 时间: at.toISOString() } };
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    before = Number(last.seq);
  }
}
