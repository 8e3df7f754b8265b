/** What the login needs of the browser, in one place so that tests can watch it. */
export const browser = {
  /** The page without its fragment: what OAuth returns to and what the JS-SDK signs. */
  pageUrl: (): string => window.location.href.split('#')[0] ?? '',
  leaveTo: (url: string): void => window.location.assign(url),
  reload: (): void => window.location.reload(),
};

/**
 * Takes `code` and `state` of a finished OAuth round trip out of the address, so that the address the JS-SDK signs is
 * final and a reload does not use the single-use code again.
 * @param hash the fragment to show instead of the present one, as it was before the round trip; null keeps the present
 */
export function takeOAuthReturn(hashOf: (state: string) => string | null): { code: string; state: string } | null {
  const url = new URL(window.location.href);
  const code = url.searchParams.get('code');
  const state = url.searchParams.get('state');
  if (!code || !state) return null;
  url.searchParams.delete('code');
  url.searchParams.delete('state');
  const hash = hashOf(state) ?? (url.hash === '#wechat_redirect' ? '' : url.hash);
  window.history.replaceState(null, '', `${url.pathname}${url.search}${hash}`);
  return { code, state };
}

/** Copies text; the fallback is for webviews without the asynchronous clipboard. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.setAttribute('readonly', '');
    area.style.cssText = 'position:fixed;top:0;left:0;opacity:0';
    document.body.appendChild(area);
    area.select();
    try {
      return document.execCommand('copy');
    } catch {
      return false;
    } finally {
      area.remove();
    }
  }
}
