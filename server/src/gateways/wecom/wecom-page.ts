/** The interfaces that open a mini-program page; each wants the page written in its own way. */
export type WecomPageApi = 'sendChatMessage' | 'attachment' | 'miniprogramNotice' | 'templateCard';

/**
 * Writes a mini-program page as the interface wants it (reference: wecom-miniapp 1.6, 7.2): without the right ending
 * the customer sees "page not found".
 * @param path as in app.json, "pages/goods/index"; a leading slash or .html is tolerated
 * @param query "id=1&g=abc", without question mark
 */
export function toWecomPage(api: WecomPageApi, path: string, query = ''): string {
  const bare = path.replace(/^\/+/, '').replace(/\.html$/, '');
  if (bare === '' || /[?#]/.test(bare)) throw new RangeError(`not a page path: ${path}`);
  const tail = query === '' ? '' : `?${query}`;
  switch (api) {
    case 'sendChatMessage':
      return `${bare}.html${tail}`;
    case 'attachment':
    case 'templateCard':
      return `/${bare}.html${tail}`;
    case 'miniprogramNotice':
      return `${bare}${tail}`;
  }
}
