import { plainYuan, readYuan } from '../lib/money';
import { ReadInput, type ReadInputProps } from './read-input';

/** An amount is never below nothing: what is taken away says so beside the field. */
function readAmount(text: string): number | null {
  const amount = readYuan(text);
  return amount === null || amount < 0 ? null : amount;
}

/** Typed in yuan, kept in fen; text arithmetic only. */
export const YuanInput = ({ isExplained = false, ...props }: ReadInputProps & { isExplained?: boolean }) => (
  <ReadInput {...props} read={readAmount} show={plainYuan} prefix="¥" howTo={isExplained ? '' : '写成 128 或 128.50'} />
);
