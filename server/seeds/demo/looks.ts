import type { CategoryCode } from './products/draft.js';

/** What the brand's stylists wear with the pieces of a category: codes to choose from, of the layers above, below and beside. */
const WORN_WITH: Record<CategoryCode, readonly string[]> = {
  'long-down': ['XL7001', 'XL8004', 'XL7002', 'XL8001', 'XL7004', 'XL8006', 'XL7003'],
  'short-down': ['XL7004', 'XL8001', 'XL7005', 'XL8007', 'XL7003', 'XL8006', 'XL7002'],
  'light-down': ['XL7002', 'XL6005', 'XL7004', 'XL8004', 'XL6003', 'XL8003', 'XL7006'],
  vest: ['XL7005', 'XL6001', 'XL7003', 'XL8001', 'XL7001', 'XL6006', 'XL8003'],
  kids: ['XL5005', 'XL5004', 'XL5007', 'XL5001', 'XL5002', 'XL5003'],
  shell: ['XL3001', 'XL7005', 'XL4001', 'XL8007', 'XL3002', 'XL8006', 'XL4004'],
  knit: ['XL1002', 'XL4003', 'XL2001', 'XL8004', 'XL1005', 'XL3004', 'XL2006'],
  accessory: ['XL1001', 'XL2004', 'XL7001', 'XL6001', 'XL2007', 'XL1003', 'XL7003'],
};
const PIECES = 5;

/** The pieces a product is worn with. Each product starts at another place, so that a category does not show one look only. */
export function looksOf(code: string, category: CategoryCode): string[] {
  const pool = WORN_WITH[category].filter((one) => one !== code);
  const start = Number(code.slice(-1)) % pool.length;
  return [...pool.slice(start), ...pool.slice(0, start)].slice(0, PIECES);
}
