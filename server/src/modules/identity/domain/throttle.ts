/** So many wrong passwords for one login from one address … */
export const TRIES_MAX = 8;
/** … or from one address over all logins … */
export const ADDRESS_TRIES_MAX = 40;
/** … make that address wait so long. Others who know the password are not kept out by somebody's guessing. */
export const WAIT_MS = 15 * 60_000;
