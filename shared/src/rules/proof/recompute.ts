import { addFen, canonicalJson, type Fen, sumFen } from '../../kernel/index.js';
import { CHANNEL, entitle, feeBackOf, partiesOf, reverse, type SplitRule, shareOf } from '../split/index.js';
import type { EntryBody, ReversalBody } from './chain.js';

const differ = (one: unknown, other: unknown): boolean => canonicalJson(one) !== canonicalJson(other);

/**
 * Computes an entry again from its own inputs and the rule it names.
 * @returns what does not agree, in Chinese; nothing for an entry that is right
 */
export function recomputed(rule: SplitRule, body: EntryBody): string[] {
  try {
    const again =
      body.kind === 'ACCRUAL'
        ? entitle(rule, body.input)
        : reverse(rule, body.input, body.original, body.refund, body.before);
    const problems: string[] = [];
    if (differ(again.shares, body.shares)) problems.push('按规则重算的各方金额与记录不同');
    else if (differ(again.steps, body.steps)) problems.push('按规则重算的步骤与记录不同');
    const amount = body.kind === 'ACCRUAL' ? body.input.paidFen : body.refundFen;
    if (sumFen(again.shares.map((share) => share.fen)) !== amount) problems.push('各方金额之和不等于这一笔的金额');
    if (body.kind === 'REVERSAL') problems.push(...pastOf(rule, body));
    return problems;
  } catch (error) {
    return [`无法重算：${(error as Error).message}`];
  }
}

/**
 * A refund repeats the shares of its sale and what had gone back before. The sale itself may stand in the file of another
 * day: here both are held against the order's snapshot, which the entry carries.
 */
function pastOf(rule: SplitRule, { input, original, before }: ReversalBody): string[] {
  const problems: string[] = [];
  if (differ(entitle(rule, input).shares, original)) problems.push('退款记录引用的原始分配，按订单快照重算不出来');
  const givenFen = addFen(before.freightFen, sumFen(before.lines.map((line) => line.amountFen)));
  const backOf = (who: { party: string; partyId: string }): Fen => shareOf(before.shares, who.party, who.partyId);
  const parties = partiesOf(input);
  const isWithin = parties.every((who) => backOf(who) >= 0 && backOf(who) <= shareOf(original, who.party, who.partyId));
  const backFen = addFen(backOf(CHANNEL), sumFen(parties.map(backOf)));
  if (!isWithin || backFen !== givenFen || backOf(CHANNEL) !== feeBackOf(input, givenFen))
    problems.push('退款记录里“此前已退”的各方金额，与此前退款的金额对不上');
  return problems;
}
