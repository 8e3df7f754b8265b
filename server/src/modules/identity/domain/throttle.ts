/** So many wrong passwords for one login from one address … */
export const TRIES_MAX = 8;
/** … or from one address over all logins … */
export const ADDRESS_TRIES_MAX = 40;
/** … make that address wait so long. Others who know the password are not kept out by somebody's guessing. */
export const WAIT_MS = 15 * 60_000;

const IPV6 = /^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*$/i;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Where a caller sits, as far as guesses are counted. Whoever has one IPv6 address has as many as there are stars, so the
 * network that a line is given (64 bits) counts as one.
 */
export function placeOf(address: string): string {
  const bare = address.split('%')[0] ?? address;
  if (!IPV6.test(bare)) return address;
  const mapped = MAPPED.exec(bare)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = bare.split('::');
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const middle =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups(head).length - groups(tail).length)).fill('0');
  const network = [...groups(head), ...middle, ...groups(tail)].slice(0, 4);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
