import { moneyText, percentText, shareBp, totalOf } from '../lib/money';

export interface Share {
  name: string;
  fen: number;
  colour: string;
}

/** Parts of one whole as a bar; the same numbers are in its label, so nothing hangs on colour alone. */
export function ShareBar({ shares, height }: { shares: readonly Share[]; height?: number }) {
  const parts = shares.filter((share) => share.fen > 0);
  const whole = totalOf(parts, (share) => share.fen);
  const label = parts
    .map((share) => `${share.name} ${moneyText(share.fen)}（${percentText(shareBp(share.fen, whole))}）`)
    .join('，');
  return (
    <div className="share-bar" role="img" aria-label={label || '还没有金额'} style={height ? { height } : undefined}>
      {parts.map((share) => (
        <i key={share.name} title={label} style={{ flexGrow: share.fen, flexBasis: 0, background: share.colour }} />
      ))}
    </div>
  );
}
