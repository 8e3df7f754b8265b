/** So many wrong passwords in a row … */
export const TRIES_MAX = 8;
/** … lock a login for so long. */
export const LOCK_MS = 15 * 60_000;
