import type { AfterSaleKind, Consequence, FallenPresent, RefundSources } from '@shuke/shared/contracts';
import { type Fen, fen, groupedText, moneyText } from '@shuke/shared/kernel';

/** A coupon of the order. */
export interface OrderCouponFacts {
  name: string;
  /** Its terms let it come back once everything is refunded. */
  comesBack: boolean;
  /** What it took off the pieces that are refunded now. */
  shareFen: Fen;
}

/** A discount that what stays no longer earns. */
export interface LostPromise {
  name: string;
  /** What it hung on: pieces together, other goods beside an add-on, or the sum of the order. */
  stage: 'SETS' | 'ADD_ON' | 'ORDER' | 'COUPON';
  fen: Fen;
}

/** What the words of a preview are made of; all sums come from the shares stored when the order was submitted. */
export interface ConsequenceFacts {
  kind: AfterSaleKind;
  sources: RefundSources;
  /** How the wallet's part divides into what was paid in and what was given. */
  wallet: { principalFen: Fen; bonusFen: Fen } | null;
  isAllBack: boolean;
  coupons: readonly OrderCouponFacts[];
  /** Presents that what stays does not earn, with what the consumer has chosen for each. */
  presents: readonly FallenPresent[];
  /** Discounts that what stays no longer earns, and what this refund is too small to hold back of them. */
  lost: readonly LostPromise[];
  excessFen: Fen;
  keptPromotions: readonly string[];
  couponGraceDays: number;
  paidFreightFen: Fen;
  /** The goods are sent or brought, and not fetched. */
  isCarried: boolean;
  guideName: string | null;
  isSplitDone: boolean;
  isMerchantFault: boolean;
  hadLeft: boolean;
  isOtherStore: boolean;
}

const make = (
  kind: Consequence['kind'],
  title: string,
  text: string,
  tone: Consequence['tone'],
  more: { fen?: number; points?: number } = {},
): Consequence => ({ kind, title, text, tone, fen: more.fen ?? null, points: more.points ?? null });

const yuan = (amount: number): string => moneyText(fen(amount));

function moneyLines({ sources, wallet }: ConsequenceFacts): Consequence[] {
  const lines: Consequence[] = [];
  if (sources.cashFen > 0)
    lines.push(
      make('CASH', '原路退回', `${yuan(sources.cashFen)} 退回你付款时用的微信账户`, 'GAIN', { fen: sources.cashFen }),
    );
  if (sources.walletFen > 0) {
    const parts = wallet ? `（本金 ${yuan(wallet.principalFen)}，赠送 ${yuan(wallet.bonusFen)}）` : '';
    lines.push(
      make('WALLET', '退回储值', `${yuan(sources.walletFen)} 按当时的比例退回原来的储值${parts}`, 'GAIN', {
        fen: sources.walletFen,
      }),
    );
  }
  return lines;
}

/** What was waived stays waived: carrying is a service that was given, and no discount on the goods that stay. */
function freightLine(facts: ConsequenceFacts): Consequence[] {
  if (facts.sources.freightFen > 0)
    return [
      make('FREIGHT', '退回运费', `下单时的运费 ${yuan(facts.sources.freightFen)} 一起退回`, 'GAIN', {
        fen: facts.sources.freightFen,
      }),
    ];
  if (facts.paidFreightFen > 0)
    return [
      make(
        'FREIGHT',
        '运费',
        facts.hadLeft ? '商品已经寄出，下单时的运费不退' : '还有商品要寄给你，运费不退',
        'NEUTRAL',
      ),
    ];
  if (facts.isCarried && !facts.isAllBack)
    return [make('FREIGHT', '运费', '下单时没有收运费，退掉一部分也不用补', 'NEUTRAL')];
  return [];
}

function pointsLines({ sources }: ConsequenceFacts): Consequence[] {
  const lines: Consequence[] = [];
  if (sources.pointsBack > 0)
    lines.push(
      make('POINTS_BACK', '退回积分', `下单时抵扣的 ${groupedText(sources.pointsBack)} 积分退回，有效期不变`, 'GAIN', {
        points: sources.pointsBack,
      }),
    );
  if (sources.pointsTaken > 0)
    lines.push(
      make(
        'POINTS_TAKEN',
        '收回积分',
        `这笔消费赠送的 ${groupedText(sources.pointsTaken)} 积分会收回，已经用掉的记为待还`,
        'LOSS',
        {
          points: sources.pointsTaken,
        },
      ),
    );
  return lines;
}

/** The coupon's own terms decide: back with the whole order, or used for good; what it took off a piece is not paid out. */
function couponLine(facts: ConsequenceFacts, { name, comesBack, shareFen }: OrderCouponFacts): Consequence {
  const share = shareFen > 0 ? `；退的这几件当时用它减了 ${yuan(shareFen)}，这部分不在退款里` : '';
  if (!comesBack) return make('COUPON', '优惠券不退', `「${name}」用过不退，退完全部商品也不会退回${share}`, 'LOSS');
  if (!facts.isAllBack)
    return make('COUPON', '优惠券不退', `「${name}」已经用在这一单，退完全部商品才会退回${share}`, 'NEUTRAL');
  const late = facts.couponGraceDays > 0 ? `已经过期的再给 ${facts.couponGraceDays} 天` : '已经过期的不再延长';
  return make('COUPON', '优惠券退回', `「${name}」会退回你的卡包，有效期不变；${late}`, 'GAIN');
}

/** Why it is lost, so that nobody has to guess how the rest was priced again. */
function lossReason({ stage, name }: LostPromise): string {
  if (stage === 'SETS') return `留下的商品凑不齐原来的「${name}」，按留下的几件重新算，多减的`;
  if (stage === 'ADD_ON') return `留下的商品不满「${name}」的门槛，换购的商品按原价算，少付的`;
  return `留下的商品不再满足「${name}」，当时减的`;
}

function conditionLines({ lost, excessFen, keptPromotions }: ConsequenceFacts): Consequence[] {
  const lines = lost.map((one) =>
    make(
      'CONDITION',
      '不再满足优惠条件',
      `${lossReason(one)} ${yuan(one.fen)} 要从退款里扣；全部退完会补给你`,
      'LOSS',
      { fen: one.fen },
    ),
  );
  if (excessFen > 0)
    lines.push(
      make('CONDITION', '这次不够扣的部分', `还差 ${yuan(excessFen)}，这次先不扣，这单以后再退时从退款里扣`, 'LOSS', {
        fen: excessFen,
      }),
    );
  for (const name of keptPromotions)
    lines.push(make('CONDITION', '优惠照样保留', `「${name}」仍按下单时的优惠算，不会重新计价`, 'NEUTRAL'));
  return lines;
}

function presentLine({ name, qty, choice, keepFen }: FallenPresent, hadLeft: boolean): Consequence {
  const what = qty > 1 ? `「${name}」${qty} 件` : `「${name}」`;
  if (choice === 'KEEP')
    return make('GIFT', '留下赠品', `${what}按下单时的售价从退款里扣；以后把赠品退回，这笔钱会退给你`, 'LOSS', {
      fen: keepFen,
    });
  if (!hadLeft) return make('GIFT', '赠品不送了', `退货后不满赠送的条件，${what}不再送出`, 'NEUTRAL');
  return make('GIFT', '赠品一起退', `退货后不满赠送的条件，请把${what}和商品一起退回`, 'NEUTRAL');
}

function promiseLines(facts: ConsequenceFacts): Consequence[] {
  const lines: Consequence[] = [];
  for (const coupon of facts.coupons) lines.push(couponLine(facts, coupon));
  lines.push(...conditionLines(facts));
  lines.push(...facts.presents.map((one) => presentLine(one, facts.hadLeft)));
  return lines;
}

/**
 * Every consequence of a case in plain words, before it is asked for (product.md M6): the consumer decides knowing all
 * of it, the desk reads the same sentences.
 */
export function consequencesOf(facts: ConsequenceFacts): Consequence[] {
  const returnFreight =
    facts.kind === 'REFUND_ONLY'
      ? []
      : [
          facts.isMerchantFault
            ? make('RETURN_FREIGHT', '寄回运费', '由门店承担，寄的时候选到付即可', 'GAIN')
            : make('RETURN_FREIGHT', '寄回运费', '由你承担；到门店退回不用运费', 'LOSS'),
        ];
  if (facts.kind === 'EXCHANGE')
    return [
      make('TIME', '换货', '收到退回的商品后寄出新的，不涉及退款，积分和优惠都不变', 'NEUTRAL'),
      ...returnFreight,
    ];
  const guide = facts.guideName
    ? [make('GUIDE', '导购提成', `${facts.guideName}这单的提成会按退款比例减少，不影响你的退款`, 'NEUTRAL')]
    : [];
  const split = make(
    'SPLIT',
    '门店与品牌之间',
    facts.isSplitDone
      ? '这单的货款已经结给各方，他们会按比例退回，你先收到退款'
      : '这单的货款还没有结给各方，不影响你的退款',
    'NEUTRAL',
  );
  return [
    ...moneyLines(facts),
    ...freightLine(facts),
    ...pointsLines(facts),
    ...promiseLines(facts),
    ...returnFreight,
    ...guide,
    split,
    ...(facts.isOtherStore ? [make('SPLIT', '在其他门店退回', '两家门店之间会自动结算，不影响你', 'NEUTRAL')] : []),
    make('INVOICE', '发票', '已经开过发票的，退款后会红冲这一部分', 'NEUTRAL'),
    make('TIME', '到账时间', '微信零钱一般几分钟，银行卡一到三个工作日', 'NEUTRAL'),
  ];
}
