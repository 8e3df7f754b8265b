import { addFen, allocate, type Fen, type Id, mulFen, sumFen, yuanText, ZERO_FEN } from '@shuke/shared/kernel';

export type Fulfil = 'SHIP' | 'PICKUP';

/** A wanted SKU with the store's price. */
export interface LineToPrice {
  skuId: Id<'sku'>;
  qty: number;
  unitPriceFen: Fen;
}

export interface LinePrice {
  /** Unit price times quantity. */
  amountFen: Fen;
  /** The line's share of what is paid for the goods; refunds go by it. */
  payableFen: Fen;
}

/** One step of how the total came about, explained for people. */
export interface PriceStep {
  label: string;
  amountFen: Fen;
  explain: string;
}

export interface FreightRule {
  deliveryFeeFen: Fen;
  /** Goods of at least this amount travel free; null: never. */
  freeFromFen: Fen | null;
}

export interface OrderPrice {
  lines: LinePrice[];
  goodsFen: Fen;
  freightFen: Fen;
  totalFen: Fen;
  steps: PriceStep[];
}

function freightOf(goodsFen: Fen, fulfil: Fulfil, rule: FreightRule): PriceStep {
  const label = '运费';
  if (fulfil === 'PICKUP') return { label, amountFen: ZERO_FEN, explain: '到店自提，不收运费' };
  const { deliveryFeeFen, freeFromFen } = rule;
  if (deliveryFeeFen === 0) return { label, amountFen: ZERO_FEN, explain: '这家店包邮' };
  if (freeFromFen !== null && goodsFen >= freeFromFen)
    return { label, amountFen: ZERO_FEN, explain: `商品满 ¥${yuanText(freeFromFen)}，免运费` };
  const explain = freeFromFen === null ? '这家店的送货费' : `这家店的送货费，商品满 ¥${yuanText(freeFromFen)} 免运费`;
  return { label, amountFen: deliveryFeeFen, explain };
}

/**
 * Prices an order: goods at the store's prices plus freight, explained step by step. Lines are shared out by largest
 * remainder in the order of their SKU ids, so that the order in which a cart lists them cannot move a fen.
 */
export function priceOrder(
  lines: readonly LineToPrice[],
  storeName: string,
  fulfil: Fulfil,
  rule: FreightRule,
): OrderPrice {
  const amounts = lines.map((line) => mulFen(line.unitPriceFen, line.qty));
  const goodsFen = sumFen(amounts);
  const order = lines
    .map((line, at) => ({ skuId: line.skuId, at }))
    .sort((a, b) => a.skuId.length - b.skuId.length || (a.skuId < b.skuId ? -1 : 1));
  const shares = allocate(
    goodsFen,
    order.map(({ at }) => BigInt(amounts[at] ?? 0)),
  );
  const payable = new Map(order.map(({ at }, place) => [at, shares[place] ?? ZERO_FEN]));
  const pieces = lines.reduce((sum, line) => sum + line.qty, 0);
  const freight = freightOf(goodsFen, fulfil, rule);
  const goods: PriceStep = {
    label: '商品金额',
    amountFen: goodsFen,
    explain: `${pieces} 件商品，按 ${storeName} 的售价`,
  };
  return {
    lines: amounts.map((amountFen, at) => ({ amountFen, payableFen: payable.get(at) ?? ZERO_FEN })),
    goodsFen,
    freightFen: freight.amountFen,
    totalFen: addFen(goodsFen, freight.amountFen),
    steps: [goods, freight],
  };
}
