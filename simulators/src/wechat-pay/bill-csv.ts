/** Fen as a yuan string with two places, the sign in front. */
export function yuan(fen: number): string {
  const plain = Math.abs(fen);
  return `${fen < 0 ? '-' : ''}${Math.floor(plain / 100)}.${String(plain % 100).padStart(2, '0')}`;
}

/** A fee in yuan with five places, as trade bills write it. */
export const feeYuan = (fen: number): string => `${yuan(fen)}000`;

/** 60 basis points as 0.60%. */
export const percent = (basisPoints: number): string => `${yuan(basisPoints)}%`;

/** Bills put a backtick before each value; commas inside the merchant's own text are escaped. */
export const row = (values: Array<string | number>): string =>
  values.map((value) => `\`${String(value).replaceAll(',', '\\ ')}`).join(',');

/** A bill: header, rows, summary header, summary; lines end with CR LF. */
export function billText(
  header: string,
  rows: string[],
  summaryHeader: string,
  summary: Array<string | number>,
): string {
  return `${[header, ...rows, summaryHeader, row(summary)].join('\r\n')}\r\n`;
}
