export interface NavItem {
  path: string;
  label: string;
  isHqOnly?: boolean;
}
export interface NavGroup {
  label: string;
  items: NavItem[];
}

/** Navigation by people's work: selling, settling, running stores and people, bringing data in. */
const GROUPS: NavGroup[] = [
  { label: '', items: [{ path: '/', label: '今日' }] },
  {
    label: '卖货',
    items: [
      { path: '/orders', label: '订单' },
      { path: '/after-sales', label: '售后' },
      { path: '/reviews', label: '评价' },
      { path: '/products', label: '商品', isHqOnly: true },
      { path: '/listings', label: '门店商品' },
    ],
  },
  {
    label: '促销',
    items: [
      { path: '/promotions', label: '促销活动' },
      { path: '/coupons', label: '优惠券' },
    ],
  },
  {
    label: '会员与资产',
    items: [
      { path: '/members', label: '会员', isHqOnly: true },
      { path: '/wallet', label: '储值' },
      { path: '/points', label: '积分' },
      { path: '/levels', label: '等级', isHqOnly: true },
      { path: '/notices', label: '服务通知', isHqOnly: true },
    ],
  },
  {
    label: '算账',
    items: [
      { path: '/splits', label: '分账' },
      { path: '/rules', label: '分账规则', isHqOnly: true },
      { path: '/statements', label: '对账单' },
      { path: '/bills', label: '账单核对' },
      { path: '/clearing', label: '清分' },
      { path: '/invariants', label: '账目自检' },
    ],
  },
  {
    label: '门店与人',
    items: [
      { path: '/stores', label: '门店' },
      { path: '/mall', label: '商城设置', isHqOnly: true },
      { path: '/approvals', label: '审批' },
      { path: '/guides', label: '导购' },
      { path: '/tills', label: '收银机' },
      { path: '/tasks', label: '任务', isHqOnly: true },
    ],
  },
  { label: '数据接入', items: [{ path: '/imports', label: '数据导入', isHqOnly: true }] },
];

/** What this role may open; groups left empty disappear. */
export function navFor(isHq: boolean): NavGroup[] {
  return GROUPS.map((group) => ({ ...group, items: group.items.filter((item) => isHq || !item.isHqOnly) })).filter(
    (group) => group.items.length > 0,
  );
}

/** The item that a path belongs to: /splits/12 belongs to /splits. */
export const activePath = (pathname: string): string => `/${pathname.split('/')[1] ?? ''}`;

/** Screens that the store picker at the top narrows. */
const SCOPED = new Set([
  '/orders',
  '/after-sales',
  '/reviews',
  '/splits',
  '/bills',
  '/guides',
  '/tills',
  '/listings',
  '/promotions',
]);
export const isScoped = (pathname: string): boolean => SCOPED.has(pathname);
