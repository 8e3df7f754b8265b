import { type Fen, yuanText } from './fen.js';

/**
 * An amount as people write it inside a sentence: "¥3,000", "¥49.90", "−¥12"; whole yuan carry no cents. String arithmetic
 * only. Columns of figures, which line up by their cents, keep two digits and do not use this.
 */
export function moneyText(amount: Fen): string {
  const [whole = '0', cents = '00'] = yuanText(amount).replace('-', '').split('.');
  const yuan = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${amount < 0 ? '−' : ''}¥${yuan}${cents === '00' ? '' : `.${cents}`}`;
}
