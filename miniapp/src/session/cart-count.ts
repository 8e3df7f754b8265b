import Taro from '@tarojs/taro';
import { cell } from '@/lib/state';

/** Pieces in the cart, shown on the tab and on the product page. */
export const cartCount = cell(0);

export function showCartCount(lines: readonly { qty: number }[]): void {
  const count = lines.reduce((sum, line) => sum + line.qty, 0);
  cartCount.set(count);
  // The tab bar can only be written to while a tab page is shown; the next tab page writes it again.
  const quiet = () => undefined;
  if (count > 0) Taro.setTabBarBadge({ index: 2, text: count > 99 ? '99+' : String(count) })?.catch?.(quiet);
  else Taro.removeTabBarBadge({ index: 2 })?.catch?.(quiet);
}
