/** What a person did in the mall. */
export type BrowseType = 'VIEW' | 'ADD_CART' | 'SHARE_OPEN' | 'SEARCH';

/** An event in words for a guide: 看了《…》3 次. */
export function trailText(type: BrowseType, subject: string | null, count: number): string {
  const times = count > 1 ? ` ${count} 次` : '';
  const thing = subject ? `「${subject}」` : '';
  switch (type) {
    case 'VIEW':
      return thing ? `看了${thing}${times}` : `逛了门店${times}`;
    case 'ADD_CART':
      return thing ? `把${thing}加入购物车${times}` : `往购物车加了商品${times}`;
    case 'SHARE_OPEN':
      return thing ? `打开了你发的${thing}${times}` : `打开了分享的页面${times}`;
    case 'SEARCH':
      return thing ? `搜索了${thing}${times}` : `搜索了商品${times}`;
  }
}
