/** Deeper than any wish of any contract. */
const DEPTH_MAX = 64;
/** A body this small is parsed in no time, however deep it is. */
const SMALL_BYTES = 16 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENS = new Set([0x5b, 0x7b]);
const CLOSES = new Set([0x5d, 0x7d]);

/**
 * Whether a JSON body nests without end. Parsing two megabytes of opening brackets takes the better part of a second, in
 * which the process answers nobody; counting brackets takes a few milliseconds.
 */
export function isTooDeep(body: Uint8Array): boolean {
  if (body.length <= SMALL_BYTES) return false;
  let depth = 0;
  let isText = false;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] as number;
    if (isText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (OPENS.has(byte)) {
      depth += 1;
      if (depth > DEPTH_MAX) return true;
    } else if (CLOSES.has(byte)) depth -= 1;
  }
  return false;
}
