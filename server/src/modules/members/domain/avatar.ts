/** Where WeChat itself keeps the faces of its people. */
const WECHAT_HOSTS = new Set(['thirdwx.qlogo.cn', 'wx.qlogo.cn']);
const OWN_FILE = /^\/files(?!\/consumer\/)(\/[A-Za-z0-9_-]{1,60}){1,6}\.(png|jpg|jpeg|webp|svg)$/;

/**
 * An avatar as a client names it, if it may be shown to others: a picture of ours, by its path alone, or WeChat's. Any
 * other address would tell a stranger's server who looks at this person: guides, headquarters, everybody in a group buy.
 * What consumers have uploaded is worn when its check has passed, and not because somebody knows its path.
 *
 * @returns null for any other address, and for a path on the phone
 */
export function shownAvatar(given: string | undefined): string | null {
  if (!given) return null;
  if (OWN_FILE.test(given)) return given;
  if (!URL.canParse(given)) return null;
  const url = new URL(given);
  // Whatever host it names, the path is looked up with us.
  if (OWN_FILE.test(url.pathname)) return url.pathname;
  return url.protocol === 'https:' && url.port === '' && WECHAT_HOSTS.has(url.hostname) ? url.href : null;
}
