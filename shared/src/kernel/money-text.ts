import { type Fen, negFen, yuanText } from './fen.js';

/** A whole number as people read it, its digits in groups of three: "12,345", "−1,200". */
export const groupedText = (count: number): string =>
  String(count)
    .replace('-', '−')
    .replace(/\B(?=(\d{3})+$)/g, ',');

/**
 * An amount inside a sentence that names yuan itself: "3,000", "49.90", "−12"; whole yuan carry no cents. String arithmetic
 * only. Columns of figures, which line up by their cents, keep two digits and do not use this.
 */
export function yuanWords(amount: Fen): string {
  const [whole = '0', cents = '00'] = yuanText(amount).split('.');
  const yuan = whole.replace('-', '−').replace(/\B(?=(\d{3})+$)/g, ',');
  return cents === '00' ? yuan : `${yuan}.${cents}`;
}

/** An amount inside a sentence with the sign of the currency: "¥3,000", "¥49.90", "−¥12". */
export const moneyText = (amount: Fen): string =>
  amount < 0 ? `−¥${yuanWords(negFen(amount))}` : `¥${yuanWords(amount)}`;
