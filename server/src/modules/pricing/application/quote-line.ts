import type { Id } from '@shuke/shared/kernel';
import type { Offer } from '../../catalog/index.js';
import { lineProblem, problemText } from '../domain/line-problem.js';
import type { PricedOrderLine } from '../domain/price-pipeline.js';
import type { LineProblem, QuoteLine } from './quote.js';

/** A SKU as an order names it. */
export const nameOf = ({ name, colour, size }: Pick<Offer, 'name' | 'colour' | 'size'>): string =>
  `${name} ${colour} ${size}`.trim();

/** A line of a quote: what is sold, and what it comes to. */
export function quoteLine(offer: Offer, qty: number, price: PricedOrderLine): QuoteLine {
  const { skuId, skuCode, productId, categoryId, name, colour, size, imageUrl, priceFen } = offer;
  const { amountFen, payableFen, walletFen, applied } = price;
  return {
    skuId,
    skuCode,
    productId,
    categoryId,
    name,
    colour,
    size,
    imageUrl,
    qty,
    unitPriceFen: priceFen,
    amountFen,
    payableFen,
    walletFen,
    applied,
    fromSlice: 0,
  };
}

/** Why so many pieces cannot be sold; empty when they can. An offer that is not there was taken off the shelf. */
export function problemOf(skuId: Id<'sku'>, offer: Offer | null, qty: number): LineProblem[] {
  const kind = lineProblem(offer, qty);
  const available = offer?.available ?? 0;
  const name = offer ? nameOf(offer) : '';
  return kind ? [{ skuId, name, kind, available, text: problemText(kind, available) }] : [];
}
