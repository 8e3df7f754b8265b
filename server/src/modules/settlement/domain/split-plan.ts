import { type Fen, fen, minFen, subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { SplitShare } from '@shuke/shared/rules';

export interface PlannedReceiver {
  party: 'BRAND' | 'GUIDE';
  partyId: string;
  type: 'MERCHANT_ID' | 'PERSONAL_OPENID';
  account: string;
  amountFen: Fen;
}

export interface SplitPlan {
  receivers: PlannedReceiver[];
  /** What is owed and cannot go by this channel, with the reason in Chinese. */
  leftOut: { party: string; partyId: string; fen: Fen; reason: string }[];
}

export interface ReceiverDirectory {
  brandMchid: string;
  guideOpenid(guideId: string): string | null;
}

/** Net shares after reversals, per party. */
export function netShares(accruals: readonly SplitShare[], reversals: readonly SplitShare[]): SplitShare[] {
  const nets = new Map<string, SplitShare>();
  for (const share of accruals) nets.set(`${share.party}:${share.partyId}`, { ...share });
  for (const share of reversals) {
    const key = `${share.party}:${share.partyId}`;
    const net = nets.get(key);
    if (net) nets.set(key, { ...net, fen: subFen(net.fen, share.fen) });
  }
  return [...nets.values()];
}

/** Shares less what their parties owe back from earlier orders: that part stays with the collector, who advanced it. */
export function lessOffsets(
  shares: readonly SplitShare[],
  offsets: readonly { party: string; partyId: string; fen: Fen }[],
): SplitShare[] {
  return shares.map((share) => {
    const kept = offsets.filter((one) => one.party === share.party && one.partyId === share.partyId);
    return { ...share, fen: subFen(share.fen, sumFen(kept.map((one) => one.fen))) };
  });
}

/** Shares less what the channel has paid already: a second split of an order holds only who was left out of the first. */
export function stillToPay(
  shares: readonly SplitShare[],
  paid: readonly { party: string; partyId: string; amountFen: Fen }[],
): SplitShare[] {
  return shares.map((share) => {
    const had = paid.filter((one) => one.party === share.party && one.partyId === share.partyId);
    return { ...share, fen: subFen(share.fen, sumFen(had.map((one) => one.amountFen))) };
  });
}

/** What may leave the collector on top of what the receivers are to get anyway. */
export function roomAbove(shares: readonly SplitShare[], capFen: Fen): Fen {
  const room = subFen(capFen, sumFen(shares.map((share) => (share.fen > 0 ? share.fen : ZERO_FEN))));
  return room > 0 ? room : ZERO_FEN;
}

/**
 * Who gets money by profit sharing. The collector keeps the rest without a receiver: the franchisee in store-collect
 * mode, the brand in brand-collect mode (where a franchisee's share is a payable of the statement, product.md S1).
 * Together the receivers never pass the channel's cap, computed on the safe base (reference/wechat-pay.md §5.3); what
 * does not fit is left out of the brand's share first, because the brand can be paid otherwise.
 *
 * @param capFen the most that may leave the collector
 */
export function planSplit(
  shares: readonly SplitShare[],
  collectMode: 'STORE' | 'BRAND',
  directory: ReceiverDirectory,
  capFen: Fen,
): SplitPlan {
  const receivers: PlannedReceiver[] = [];
  const leftOut: SplitPlan['leftOut'] = [];
  for (const share of shares) {
    if (share.fen <= 0) continue;
    if (share.party === 'BRAND' && collectMode === 'STORE') {
      receivers.push({
        party: 'BRAND',
        partyId: share.partyId,
        type: 'MERCHANT_ID',
        account: directory.brandMchid,
        amountFen: share.fen,
      });
    } else if (share.party === 'GUIDE') {
      const openid = directory.guideOpenid(share.partyId);
      if (openid)
        receivers.push({
          party: 'GUIDE',
          partyId: share.partyId,
          type: 'PERSONAL_OPENID',
          account: openid,
          amountFen: share.fen,
        });
      else leftOut.push({ ...share, reason: '导购还没有绑定收款微信，这笔先记为应付' });
    }
  }
  let over = subFen(sumFen(receivers.map((one) => one.amountFen)), capFen);
  const isBrand = ({ party }: PlannedReceiver) => party === 'BRAND';
  for (const receiver of [...receivers.filter(isBrand), ...receivers.filter((one) => !isBrand(one))]) {
    if (over <= 0) break;
    const cut = minFen(fen(over), receiver.amountFen);
    receiver.amountFen = subFen(receiver.amountFen, cut);
    leftOut.push({
      party: receiver.party,
      partyId: receiver.partyId,
      fen: cut,
      reason: '超出微信支付的分账上限，差额记为应付',
    });
    over = subFen(fen(over), cut);
  }
  return { receivers: receivers.filter((receiver) => receiver.amountFen > ZERO_FEN), leftOut };
}
