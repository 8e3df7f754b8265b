/** Field types are part of the key in a template: thing1, time2, amount3. Reference: wecom-miniapp 7. */
const LIMITS: Readonly<Record<string, number>> = {
  thing: 20,
  number: 32,
  letter: 32,
  symbol: 5,
  character_string: 32,
  phone_number: 17,
  car_number: 8,
  name: 10,
  phrase: 5,
};

/** What may not stand in a field of that type; one bad character makes the platform refuse the whole message (47003). */
const FORBIDDEN: Readonly<Record<string, RegExp>> = {
  number: /[^\d.]/g,
  letter: /[^A-Za-z]/g,
  character_string: /[^\x20-\x7e]/g,
  phrase: /[^\u4e00-\u9fff]/g,
};

const EMPTY_TEXT: Readonly<Record<string, string>> = { number: '0', phrase: '无', letter: 'N', character_string: '-' };

/** Fits a value to its field: forbidden characters out, length cut, with an ellipsis where a reader sees the cut. */
export function fitSubscribeField(key: string, value: string): string {
  const type = key.replace(/\d+$/, '');
  const clean = value.replace(FORBIDDEN[type] ?? /[\r\n\t]+/g, ' ').trim();
  const fitting = FORBIDDEN[type] ? clean.replace(/ /g, type === 'character_string' ? ' ' : '') : clean;
  const characters = [...fitting];
  if (characters.length === 0) return EMPTY_TEXT[type] ?? '无';
  const limit = LIMITS[type];
  if (limit === undefined || characters.length <= limit) return fitting;
  return type === 'thing' ? `${characters.slice(0, limit - 1).join('')}…` : characters.slice(0, limit).join('');
}

/** The data object of subscribe/send. */
export const subscribeData = (values: Readonly<Record<string, string>>): Record<string, { value: string }> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value: fitSubscribeField(key, value) }]));
