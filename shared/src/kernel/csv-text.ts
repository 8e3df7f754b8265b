/** What a spreadsheet takes for a formula, in the wide forms of Chinese keyboards as well, and behind blanks. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
const NUMBER = /^-?\d[\d,]*(\.\d+)?%?$/;

function cell(value: string | number): string {
  const text = String(value);
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Rows as CSV that Excel opens in Chinese without a question: byte order mark, CRLF, quoted where needed. Texts come from
 * customers and shops; none of them is run as a formula, and negative amounts stay numbers.
 */
export const csvText = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
