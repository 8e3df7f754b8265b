/** A changed text and where: the line (from 1), and the character before and after. */
export interface Tampered {
  text: string;
  line: number;
  from: string;
  to: string;
}

/** Another character of the same kind, so that the damage looks as innocent as it can. */
function another(char: string, random: () => number): string {
  const pool = /\d/.test(char) ? '0123456789' : /[a-f]/.test(char) ? 'abcdef' : '款件店羽绒';
  const others = [...pool].filter((one) => one !== char);
  return others[Math.floor(random() * others.length)] ?? '0';
}

/**
 * Changes one character of the text: a digit, a letter of a hash or a Chinese character.
 *
 * @param random numbers in [0, 1)
 * @returns null when there is nothing to change
 */
export function tamper(text: string, random: () => number): Tampered | null {
  const places: number[] = [];
  for (let at = 0; at < text.length; at += 1) if (/[\da-f\u4e00-\u9fff]/.test(text[at] ?? '')) places.push(at);
  const at = places[Math.floor(random() * places.length)];
  const from = at === undefined ? undefined : text[at];
  if (at === undefined || from === undefined) return null;
  const to = another(from, random);
  return {
    text: text.slice(0, at) + to + text.slice(at + 1),
    line: text.slice(0, at).split('\n').length,
    from,
    to,
  };
}
