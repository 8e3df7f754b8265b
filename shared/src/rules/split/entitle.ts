import {
  allocate,
  basisPoints,
  type Fen,
  fen,
  halfUpShare,
  MoneyError,
  subFen,
  sumFen,
  WHOLE_BP,
  yuanText,
  ZERO_FEN,
} from '../../kernel/index.js';
import { lineRatio, percent } from './ratios.js';
import type { PartyRef, SplitInput, SplitResult, SplitRule, SplitShare, SplitStep } from './split-types.js';

export const CHANNEL: PartyRef = { party: 'CHANNEL', partyId: 'wechat-pay', partyName: '微信支付手续费' };

/** Exact claims are kept in ten-thousandths of a fen, so that rounding happens once per party and order. */
const UNIT = BigInt(WHOLE_BP);

/** A party's exact claim on some goods, in ten-thousandths of a fen. */
export function exactClaim(
  rule: SplitRule,
  input: SplitInput,
  party: 'BRAND' | 'GUIDE',
  amountOf: (lineId: string) => Fen,
): bigint {
  return input.lines.reduce(
    (sum, line) => sum + BigInt(amountOf(line.lineId)) * BigInt(lineRatio(rule, input, party, line)),
    0n,
  );
}

/** The parties besides the channel in their fixed order; ties of the largest remainder go to the earlier one. */
export function partiesOf(input: SplitInput): PartyRef[] {
  const sharing = input.owner.party === 'BRAND' ? [] : [input.brand];
  return [...sharing, ...(input.guide ? [input.guide] : []), input.owner];
}

/**
 * Refuses a snapshot whose parts do not add up.
 * @throws MoneyError
 */
export function assertInput(input: SplitInput): void {
  if (input.paidFen <= 0 || input.freightFen < 0) throw new MoneyError('an order to split has a positive amount');
  if (paymentsOf(input).some((one) => one <= 0)) throw new MoneyError('each payment has a positive amount');
  if (input.lines.some((line) => line.payableFen < 0)) throw new MoneyError('a line has a negative amount');
  const goods = sumFen(input.lines.map((line) => line.payableFen));
  if (goods + input.freightFen !== input.paidFen)
    throw new MoneyError('the lines and the freight are not what was paid');
}

/** The channel's fee on one payment. */
export const channelFee = (amount: Fen, feeBp: number): Fen => halfUpShare(amount, basisPoints(feeBp));

/** The payments of an order: the last one, to which refunds go first, and a presale's deposit. */
export function paymentsOf({ paidFen, depositFen = ZERO_FEN }: SplitInput): Fen[] {
  return depositFen === 0 ? [paidFen] : [subFen(paidFen, depositFen), depositFen];
}

/** The channel's fee on an order: on each of its payments by itself. */
export const feeOf = (input: SplitInput): Fen =>
  sumFen(paymentsOf(input).map((amount) => channelFee(amount, input.feeBp)));

function feeFormula(input: SplitInput): string {
  const parts = paymentsOf(input).map((one) => `¥${yuanText(one)} × ${percent(input.feeBp)}`);
  return parts.length === 1 ? `${parts[0]}，四舍五入到分` : `尾款 ${parts[0]} + 定金 ${parts[1]}，各自四舍五入到分`;
}

function claimStep(
  rule: SplitRule,
  input: SplitInput,
  who: PartyRef & { party: 'BRAND' | 'GUIDE' },
  share: Fen,
): SplitStep {
  const parts = input.lines
    .map((line) => ({ amount: line.payableFen, ratio: lineRatio(rule, input, who.party, line) }))
    .filter((part) => part.ratio > 0)
    .map((part) => `¥${yuanText(part.amount)} × ${percent(part.ratio)}`);
  return { label: who.partyName, formula: parts.length === 0 ? '没有适用的规则' : parts.join(' + '), fen: share };
}

/**
 * Computes who is entitled to how much of a paid order (product.md S4). The channel's fee comes first, then brand and
 * guide by rule, the rest is the store owner's; rounding by the largest remainder makes the shares sum to what was paid.
 *
 * @returns shares in the order channel, brand, guide, owner, and the steps that lead to them
 * @throws MoneyError when the snapshot does not add up or the rule gives away more than there is
 */
export function entitle(rule: SplitRule, input: SplitInput): SplitResult {
  assertInput(input);
  const fee = feeOf(input);
  const toShare = subFen(input.paidFen, fee);
  const amounts = new Map(input.lines.map((line) => [line.lineId, line.payableFen]));
  const parties = partiesOf(input);
  const claims = parties
    .slice(0, -1)
    .map((who) => exactClaim(rule, input, who.party as 'BRAND' | 'GUIDE', (id) => amounts.get(id) ?? ZERO_FEN));
  const rest = BigInt(toShare) * UNIT - claims.reduce((sum, claim) => sum + claim, 0n);
  if (rest < 0n) throw new MoneyError('the rule gives away more than was paid');
  const rounded = allocate(toShare, [...claims, rest]);
  const shares: SplitShare[] = [
    { ...CHANNEL, fen: fee },
    ...parties.map((who, index) => ({ ...who, fen: rounded[index] ?? ZERO_FEN })),
  ];
  const steps: SplitStep[] = [
    {
      label: '顾客实付',
      formula: `商品 ¥${yuanText(subFen(input.paidFen, input.freightFen))} + 运费 ¥${yuanText(input.freightFen)}`,
      fen: input.paidFen,
    },
    {
      label: CHANNEL.partyName,
      formula: feeFormula(input),
      fen: fee,
    },
    ...parties
      .slice(0, -1)
      .map((who, index) =>
        claimStep(rule, input, who as PartyRef & { party: 'BRAND' | 'GUIDE' }, rounded[index] ?? ZERO_FEN),
      ),
    {
      label: parties.at(-1)?.partyName ?? '',
      formula: '实付 − 手续费 − 以上各方，余下全部',
      fen: rounded.at(-1) ?? ZERO_FEN,
    },
  ];
  if (sumFen(shares.map((share) => share.fen)) !== input.paidFen)
    throw new MoneyError('the shares do not sum to what was paid');
  return { shares: shares.filter((share) => share.fen > 0 || share.party !== 'GUIDE'), steps };
}

/** What a guide would get for some goods, before rounding rules of a whole order: floor, so that no more is promised. */
export function estimateGuide(rule: SplitRule, input: SplitInput): Fen {
  const claim = exactClaim(
    rule,
    input,
    'GUIDE',
    (id) => input.lines.find((line) => line.lineId === id)?.payableFen ?? ZERO_FEN,
  );
  return fen(Number(claim / UNIT));
}
