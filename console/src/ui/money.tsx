import { moneyText } from '../lib/money';

/** An amount in fen, tabular. `isDue` marks a difference that somebody must act on; nothing else is ever red. */
export function Money({ fen, isDue = false, strong = false }: { fen: number; isDue?: boolean; strong?: boolean }) {
  const text = <span className={`num${isDue ? ' danger' : ''}`}>{moneyText(fen)}</span>;
  return strong ? <b>{text}</b> : text;
}
