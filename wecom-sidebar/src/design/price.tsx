import { parseFen, yuanText } from '@shuke/shared/kernel';

/** ¥ small, yuan large, fen small; whole yuan drop the fen. Digits only, never arithmetic. */
export function Price({ fen, className = '' }: { fen: number; className?: string }) {
  const [yuan = '0', cents = '00'] = yuanText(parseFen(fen)).split('.');
  const isNegative = yuan.startsWith('-');
  const grouped = yuan.replace('-', '').replace(/\B(?=(\d{3})+$)/g, ',');
  return (
    <span className={`price ${className}`}>
      {isNegative ? '-' : ''}
      <small>¥</small>
      {grouped}
      {cents === '00' ? null : <small>.{cents}</small>}
    </span>
  );
}
