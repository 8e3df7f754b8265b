import { percentText, readPercent } from '../lib/money';
import { ReadInput, type ReadInputProps } from './read-input';

const WIDTH = 104;
const MOST_CHARACTERS = 7;

/** A share: 12.5 is 1,250 basis points. */
export const PercentInput = (props: ReadInputProps) => (
  <ReadInput
    width={WIDTH}
    {...props}
    read={readPercent}
    show={(bp) => percentText(bp).replace('%', '')}
    suffix="%"
    maxLength={MOST_CHARACTERS}
    howTo=""
  />
);

/** What remains to pay as Chinese shops say it: 8.8 折 is 8,800 basis points; null when it cannot be read. */
export function readFold(text: string): number | null {
  const match = /^\s*(\d{1,2})(?:\.(\d{1,3}))?\s*折?\s*$/.exec(text);
  if (!match) return null;
  const bp = Number(`${match[1]}${(match[2] ?? '').padEnd(3, '0')}`);
  return bp <= 10_000 ? bp : null;
}

/** 8,800 → "8.8"; 5,000 → "5". */
export function foldText(bp: number): string {
  const text = String(bp).padStart(4, '0');
  return `${text.slice(0, -3)}.${text.slice(-3)}`.replace(/\.?0+$/, '');
}

export const FoldInput = (props: ReadInputProps) => (
  <ReadInput
    width={WIDTH}
    {...props}
    read={readFold}
    show={foldText}
    suffix="折"
    maxLength={MOST_CHARACTERS}
    howTo="写成 8.8 这样"
  />
);
