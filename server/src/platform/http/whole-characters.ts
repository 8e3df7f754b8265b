/** One half of a character that takes two UTF-16 units, without the other: JSON can write it, and UTF-8 cannot. */
const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Whether a JSON text may hold half characters: they can only come as escapes. Nearly no text has any. */
export const mayHoldHalves = (json: Uint8Array): boolean => {
  const bytes = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  return bytes.includes('\\ud') || bytes.includes('\\uD');
};

/**
 * A parsed JSON value without half characters. A text field that was cut at so many units may end in the first half of an
 * emoji; the database refuses such a text inside JSON, and shows a question mark for it elsewhere.
 */
export function withoutHalves(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(HALF, '');
  if (Array.isArray(value)) return value.map(withoutHalves);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutHalves(one)]));
}
