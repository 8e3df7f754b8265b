import {
  addFen,
  allocateWithin,
  type Fen,
  fen,
  fenFromBigInt,
  MoneyError,
  minFen,
  subFen,
  sumFen,
  WHOLE_BP,
  yuanText,
  ZERO_FEN,
} from '../../kernel/index.js';
import { CHANNEL, channelFee, exactClaim, feeOf, partiesOf, paymentsOf } from './entitle.js';
import type { SplitInput, SplitResult, SplitRule, SplitShare, SplitStep } from './split-types.js';

/** What a refund gives back, per line and freight; the amounts come from the stored line shares. */
export interface RefundInput {
  freightFen: Fen;
  lines: { lineId: string; amountFen: Fen }[];
}

/** What had been refunded and reversed before this refund. */
export interface ReversedBefore {
  freightFen: Fen;
  lines: { lineId: string; amountFen: Fen }[];
  shares: SplitShare[];
}

export const NOTHING_REVERSED: ReversedBefore = { freightFen: ZERO_FEN, lines: [], shares: [] };

const sumOf = (refund: RefundInput): Fen =>
  addFen(refund.freightFen, sumFen(refund.lines.map((line) => line.amountFen)));

/**
 * How much of the fee the channel has given back when so much of an order is refunded: pro rata, rounded half up on the
 * sum of all refunds, so that a full refund returns the whole fee (reference/wechat-pay.md §4).
 */
export function feeReturned(fee: Fen, refunded: Fen, paid: Fen): Fen {
  return fenFromBigInt((2n * BigInt(fee) * BigInt(refunded) + BigInt(paid)) / (2n * BigInt(paid)));
}

/** The fee that has come back once so much of an order is refunded; refunds go to its last payment first. */
export function feeBackOf(input: SplitInput, refunded: Fen): Fen {
  let left = refunded;
  return sumFen(
    paymentsOf(input).map((paid) => {
      const part = minFen(left, paid);
      left = subFen(left, part);
      return feeReturned(channelFee(paid, input.feeBp), part, paid);
    }),
  );
}

function feeBackFormula(input: SplitInput, refundedAll: Fen, feeBackBefore: Fen): string {
  const isWhole = paymentsOf(input).length === 1;
  const share = isWhole
    ? `¥${yuanText(feeOf(input))} × ¥${yuanText(refundedAll)} ÷ ¥${yuanText(input.paidFen)}，四舍五入到分`
    : '先退尾款、再退定金，各按退款比例四舍五入到分';
  return `${share}，此前已退 ¥${yuanText(feeBackBefore)}`;
}

function amountsByLine(...refunds: RefundInput[]): Map<string, Fen> {
  const sums = new Map<string, Fen>();
  for (const { lineId, amountFen } of refunds.flatMap((refund) => refund.lines)) {
    sums.set(lineId, addFen(sums.get(lineId) ?? ZERO_FEN, amountFen));
  }
  return sums;
}

function assertRefund(input: SplitInput, refund: RefundInput, before: ReversedBefore): void {
  const sums = amountsByLine(before, refund);
  for (const [lineId, amount] of sums) {
    const line = input.lines.find((one) => one.lineId === lineId);
    if (!line || amount > line.payableFen || amount < 0)
      throw new MoneyError(`line ${lineId} is refunded beyond what was paid`);
  }
  if (addFen(before.freightFen, refund.freightFen) > input.freightFen)
    throw new MoneyError('freight is refunded beyond what was paid');
  if (sumOf(refund) <= 0) throw new MoneyError('a refund has a positive amount');
}

/**
 * Divides a refund over the parties. Each party's exact part of everything refunded so far, less what it has given back
 * already, is its weight; nobody gives back more than it has left. So every refund sums to the fen, no party is ever
 * over-reversed, and when all is refunded every party ends at exactly zero (reference/style.md D.3, promise 6).
 *
 * @param original the shares of the accrual, including the channel's
 * @returns the amounts to take back per party, positive, and the steps
 * @throws MoneyError when more is refunded than was paid
 */
export function reverse(
  rule: SplitRule,
  input: SplitInput,
  original: readonly SplitShare[],
  refund: RefundInput,
  before: ReversedBefore,
): SplitResult {
  assertRefund(input, refund, before);
  const refundedBefore = sumOf(before);
  const refundedNow = sumOf(refund);
  const refundedAll = addFen(refundedBefore, refundedNow);
  const feeBackBefore = feeBackOf(input, refundedBefore);
  const feeBackAll = feeBackOf(input, refundedAll);
  const feeBack = subFen(feeBackAll, feeBackBefore);

  const cumulative = amountsByLine(before, refund);
  const parties = partiesOf(input);
  const reversed = parties.map((who) => shareOf(before.shares, who.party, who.partyId));
  const caps = parties.map((who, index) =>
    subFen(shareOf(original, who.party, who.partyId), reversed[index] ?? ZERO_FEN),
  );
  const claims = parties
    .slice(0, -1)
    .map((who) => exactClaim(rule, input, who.party as 'BRAND' | 'GUIDE', (id) => cumulative.get(id) ?? ZERO_FEN));
  const rest =
    BigInt(subFen(refundedAll, feeBackAll)) * BigInt(WHOLE_BP) - claims.reduce((sum, claim) => sum + claim, 0n);
  const weights = [...claims, rest].map((claim, index) => {
    const open = claim - BigInt(reversed[index] ?? 0) * BigInt(WHOLE_BP);
    return open > 0n ? open : 0n;
  });
  const toTake = subFen(refundedNow, feeBack);
  const taken = allocateWithin(toTake, weights, caps);
  const shares: SplitShare[] = [
    { ...CHANNEL, fen: feeBack },
    ...parties.map((who, index) => ({ ...who, fen: taken[index] ?? ZERO_FEN })),
  ];
  const steps: SplitStep[] = [
    {
      label: '本次退款',
      formula: `此前已退 ¥${yuanText(refundedBefore)}，累计 ¥${yuanText(refundedAll)}`,
      fen: refundedNow,
    },
    {
      label: '退回手续费',
      formula: feeBackFormula(input, refundedAll, feeBackBefore),
      fen: feeBack,
    },
    ...parties.map((who, index) => ({
      label: `${who.partyName} 退回`,
      formula: `按累计退款应退的份额，此前已退 ¥${yuanText(reversed[index] ?? ZERO_FEN)}，最多还可退 ¥${yuanText(caps[index] ?? ZERO_FEN)}`,
      fen: taken[index] ?? ZERO_FEN,
    })),
  ];
  if (sumFen(shares.map((share) => share.fen)) !== refundedNow)
    throw new MoneyError('the reversal does not sum to the refund');
  return { shares: shares.filter((share) => share.fen > 0), steps };
}

/** A party's amount among shares; zero when it has none. */
export function shareOf(shares: readonly SplitShare[], party: string, partyId: string): Fen {
  return fen(
    shares
      .filter((share) => share.party === party && share.partyId === partyId)
      .reduce((sum, share) => sum + share.fen, 0),
  );
}
