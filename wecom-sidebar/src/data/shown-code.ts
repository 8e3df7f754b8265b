/** What was shown or read out at a counter, told by its shape alone. */
export type CodeKind = DeskKind | 'WECHAT_PAY' | 'GOODS' | 'ORDER_NO' | 'LINK' | 'EMPTY' | 'UNKNOWN';
/** Codes that a desk of the counter takes. */
export type DeskKind = 'MEMBER' | 'COUPON' | 'PICKUP' | 'EXCHANGE' | 'RETURN';

const SHAPES: readonly [CodeKind, RegExp][] = [
  ['EMPTY', /^$/],
  ['COUPON', /^SK1\./],
  ['LINK', /:\/\//],
  ['MEMBER', /^2[89]\d{16}$/],
  ['WECHAT_PAY', /^1[0-5]\d{16}$/],
  ['ORDER_NO', /^20\d{18}$/],
  ['GOODS', /^\d{13}$/],
  ['COUPON', /^\d{12}$/],
  ['PICKUP', /^\d{6,11}$/],
  ['EXCHANGE', /^[2-9A-HJ-NP-Z]{8}$/],
  ['RETURN', /^[2-9A-HJ-NP-Z]{9}$/],
];
const NAMES: Record<Exclude<CodeKind, 'EMPTY' | 'UNKNOWN'>, string> = {
  MEMBER: '会员码或付款码',
  COUPON: '券码',
  PICKUP: '取货码',
  EXCHANGE: '兑换码',
  RETURN: '退货码',
  WECHAT_PAY: '微信付款码',
  GOODS: '商品条码',
  ORDER_NO: '订单号',
  LINK: '网址二维码',
};
const DESKS: Record<DeskKind, string> = {
  MEMBER: '会员',
  COUPON: '用券',
  PICKUP: '取货',
  EXCHANGE: '兑换',
  RETURN: '退货',
};

/** Without the spaces that are shown between groups of digits. */
export const compactCode = (text: string): string => text.replace(/\s/g, '');

export function codeKind(text: string): CodeKind {
  const code = compactCode(text);
  const shape = code.startsWith('SK1.') ? code : code.toUpperCase();
  return SHAPES.find(([, pattern]) => pattern.test(shape))?.[0] ?? 'UNKNOWN';
}

const isDesk = (kind: CodeKind): kind is DeskKind => kind in DESKS;

/** Where a code belongs that the present desk does not know; null when its shape says nothing else. */
export function elsewhereText(text: string, own: DeskKind): string | null {
  const kind = codeKind(text);
  if (!isDesk(kind) || kind === own) return null;
  return `看起来是${NAMES[kind]}，请到「扫一扫 → ${DESKS[kind]}」里查`;
}

/** What was shown instead of the code that a desk wants, and what to do now. */
export function foreignText(text: string, own: DeskKind): string {
  const kind = codeKind(text);
  if (kind === 'EMPTY') return '没有扫到内容，请对准了再扫一次';
  const elsewhere = elsewhereText(text, own);
  if (elsewhere) return elsewhere;
  const wanted = NAMES[own];
  return kind === 'UNKNOWN' || kind === own
    ? `这不像${wanted}，请客人打开小程序里的${wanted}核对一下`
    : `这是${NAMES[kind]}，请客人打开小程序里的${wanted}再扫`;
}
