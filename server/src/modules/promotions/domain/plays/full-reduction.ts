import { type Fen, fen, minFen, moneyText, mulFen, subFen, sumFen } from '@shuke/shared/kernel';
import type { DiscountTier, OfferCondition, PlayLine } from '@shuke/shared/rules';
import { choices, cutByRatio, field, fold, notYet, offer, type Play, PROMOTION_STATES, plain, rows } from '../play.js';

interface Tier {
  atFen?: Fen;
  atQty?: number;
  cutFen?: Fen;
  payBp?: number;
  giftSkuId?: string;
  giftQty?: number;
}

interface FullReductionTerms {
  measure: 'MONEY' | 'PIECES';
  basis: 'PAID' | 'LIST';
  reward: 'AMOUNT' | 'PERCENT' | 'GIFT';
  mode: 'TIERS' | 'EVERY';
  tiers: Tier[];
  capFen?: Fen;
}

const threshold = (terms: FullReductionTerms, tier: Tier): number =>
  terms.measure === 'MONEY' ? (tier.atFen ?? 0) : (tier.atQty ?? 0);
const thresholdText = (terms: FullReductionTerms, tier: Tier): string =>
  terms.measure === 'MONEY' ? `满 ${moneyText(fen(tier.atFen ?? 0))}` : `满 ${tier.atQty} 件`;

function tierText(terms: FullReductionTerms, tier: Tier): string {
  const at = terms.mode === 'EVERY' ? `每${thresholdText(terms, tier)}` : thresholdText(terms, tier);
  if (terms.reward === 'GIFT') return `${at} 送 ${tier.giftQty ?? 1} 件赠品`;
  return terms.reward === 'PERCENT'
    ? `${at} 打 ${fold(tier.payBp ?? 10_000)}`
    : `${at} 减 ${moneyText(fen(tier.cutFen ?? 0))}`;
}

/** What counts towards a threshold: money still to pay or at the store's price, or pieces. */
function measured(terms: FullReductionTerms, lines: readonly PlayLine[]): number {
  if (terms.measure === 'PIECES') return lines.reduce((sum, line) => sum + line.qty, 0);
  return sumFen(lines.map((line) => (terms.basis === 'PAID' ? line.openFen : mulFen(line.unitPriceFen, line.qty))));
}

/** What a tier is worth: a present, a ratio or a cut. */
function worthOf({ reward }: FullReductionTerms, tier: Tier): Omit<DiscountTier, 'at'> {
  if (reward === 'GIFT') return { gift: { skuId: tier.giftSkuId ?? '', qty: tier.giftQty ?? 1 } };
  return reward === 'PERCENT' ? { payBp: tier.payBp ?? 10_000 } : { cutFen: tier.cutFen ?? fen(0) };
}

/** What a refund needs to tell whether the goods that stay still earn the cut or the present. */
const conditionOf = (terms: FullReductionTerms, base: number): OfferCondition => ({
  by: terms.measure === 'MONEY' ? 'FEN' : 'PIECES',
  basis: terms.basis,
  ...(terms.mode === 'EVERY' ? { isEvery: true } : {}),
  tiers: terms.tiers
    .filter((tier) => threshold(terms, tier) <= base)
    .map((tier) => ({ at: threshold(terms, tier), ...worthOf(terms, tier) })),
});

/** 满减 / 满折 / 满赠: tiers, or one tier counted as often as it fits. */
export const fullReduction: Play<FullReductionTerms> = {
  kind: 'FULL_REDUCTION',
  label: '满减满赠',
  summary: '满一定金额或件数，减钱、打折或送赠品',
  rank: 10,
  stage: 'ORDER',
  hasScope: true,
  fields: [
    plain('measure', '按什么算', 'CHOICE', choices({ MONEY: '金额', PIECES: '件数' })),
    plain('basis', '门槛按', 'CHOICE', {
      ...choices({ PAID: '活动后的价格', LIST: '门店售价' }),
      when: { field: 'measure', is: 'MONEY' },
    }),
    plain('reward', '优惠', 'CHOICE', choices({ AMOUNT: '减钱', PERCENT: '打折', GIFT: '送赠品' })),
    plain('mode', '怎么累计', 'CHOICE', choices({ TIERS: '阶梯，取最高一档', EVERY: '每满一次算一次' })),
    rows(
      'tiers',
      '档位',
      [
        field('atFen', '满', 'FEN', { min: 1, when: { field: 'measure', is: 'MONEY' } }),
        field('atQty', '满', 'COUNT', { when: { field: 'measure', is: 'PIECES' } }),
        field('cutFen', '减', 'FEN', { min: 1, when: { field: 'reward', is: 'AMOUNT' } }),
        field('payBp', '打', 'BP', { when: { field: 'reward', is: 'PERCENT' } }),
        field('giftSkuId', '赠品', 'SKU', { when: { field: 'reward', is: 'GIFT' } }),
        field('giftQty', '赠送件数', 'COUNT', { max: 99, when: { field: 'reward', is: 'GIFT' } }),
      ],
      { max: 10 },
    ),
    plain('capFen', '最多优惠', 'FEN', { required: false, min: 1 }),
  ],
  states: PROMOTION_STATES,
  notes: [
    '部分退款按下单时存好的每行分摊退，退款不会超过实付。剩下的不满门槛时优惠照样保留；在售后规则里可以改成按剩下的重算。',
    '赠品另外占库存；赠品没货时订单照常，不送赠品，结算页会说明。顾客也可以不要赠品。',
    '门槛按活动后的价格算时，限时折扣等先算，再看是否满额。',
  ],
  problems(terms) {
    const at = terms.tiers.map((tier) => threshold(terms, tier));
    const problems: string[] = [];
    if (at.some((value, index) => index > 0 && value <= (at[index - 1] ?? 0))) problems.push('档位要从低到高');
    if (terms.mode === 'EVERY' && (terms.tiers.length !== 1 || terms.reward === 'PERCENT'))
      problems.push('每满一次算一次只能填一档，且不能打折');
    if (terms.mode === 'EVERY' && terms.reward === 'AMOUNT' && terms.capFen === undefined)
      problems.push('每满一次算一次需要填最多优惠');
    if (
      terms.reward === 'AMOUNT' &&
      terms.measure === 'MONEY' &&
      terms.tiers.some((one) => (one.cutFen ?? 0) >= (one.atFen ?? 0))
    )
      problems.push('减的钱要比门槛少');
    return problems;
  },
  text: (terms) => terms.tiers.map((tier) => tierText(terms, tier)).join('，'),
  rules: (terms) => [
    terms.mode === 'TIERS' ? '只按满足的最高一档优惠' : '满几次算几次',
    ...(terms.capFen ? [`一单最多优惠 ${moneyText(terms.capFen)}`] : []),
    ...(terms.reward === 'GIFT' ? ['退货后不满门槛，赠品一起退回，或者按下单时的售价留下'] : []),
  ],
  skuIds: () => [],
  skuPriceFen: () => null,
  sliceQty: () => null,
  price(terms, { lines }) {
    const base = measured(terms, lines);
    const reached = terms.tiers.filter((tier) => threshold(terms, tier) <= base).at(-1);
    if (!reached) {
      const first = terms.tiers[0] as Tier;
      const lack = threshold(terms, first) - base;
      return terms.measure === 'MONEY'
        ? notYet(`再买 ${moneyText(fen(lack))}，${tierText(terms, first)}`, fen(lack))
        : notYet(`再买 ${lack} 件，${tierText(terms, first)}`);
    }
    const times = terms.mode === 'EVERY' ? Math.trunc(base / threshold(terms, reached)) : 1;
    const next = terms.tiers.find((tier) => threshold(terms, tier) > base);
    const more =
      next && terms.measure === 'MONEY'
        ? `（再买 ${moneyText(fen(threshold(terms, next) - base))}，${tierText(terms, next)}）`
        : '';
    const explain = `${tierText(terms, reached)}${more}`;
    if (terms.reward === 'GIFT')
      return offer(explain, {
        gifts: [
          { skuId: reached.giftSkuId ?? '', name: '赠品', qty: (reached.giftQty ?? 1) * times, isOptional: true },
        ],
        condition: conditionOf(terms, base),
      });
    const open = sumFen(lines.map((line) => line.openFen));
    const cut =
      terms.reward === 'PERCENT' ? cutByRatio(open, reached.payBp ?? 10_000) : mulFen(fen(reached.cutFen ?? 0), times);
    const capped = terms.capFen === undefined ? cut : minFen(cut, terms.capFen);
    return offer(explain, { spreadFen: minFen(capped, subFen(open, fen(0))), condition: conditionOf(terms, base) });
  },
};
