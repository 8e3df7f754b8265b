const quote = (cell: string | number): string => {
  const text = String(cell);
  // A leading = + @ would be run as a formula by a spreadsheet; numbers keep their sign.
  const safe = /^[=+@\t]|^-[^\d]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows as CSV that Excel opens in Chinese without a question: byte order mark, CRLF, quoted where needed. */
export const csvText = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  `\uFEFF${[head, ...rows].map((row) => row.map(quote).join(',')).join('\r\n')}\r\n`;
