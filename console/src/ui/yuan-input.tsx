import { fen, yuanWords } from '@shuke/shared/kernel';
import { plainYuan, readYuan } from '../lib/money';
import { ReadInput, type ReadInputProps } from './read-input';

/** A million yuan: no price, threshold or limit is higher, unless its field says so. */
const MOST_FEN = 100_000_000;

interface YuanInputProps extends ReadInputProps {
  /** The highest amount in fen that the server takes here. */
  most?: number;
  /** What is wrong with an amount is said elsewhere. */
  isExplained?: boolean;
}

/** Typed in yuan, kept in fen; text arithmetic only. An amount is never below nothing: what is taken away says so beside it. */
export function YuanInput({ most = MOST_FEN, isExplained = false, ...props }: YuanInputProps) {
  const read = (text: string): number | null => {
    const amount = readYuan(text);
    return amount === null || amount < 0 || (amount > most && !isExplained) ? null : amount;
  };
  const howTo = `写成 128 或 128.50，最多 ${yuanWords(fen(most))}`;
  return <ReadInput {...props} read={read} show={plainYuan} prefix="¥" howTo={isExplained ? '' : howTo} />;
}
