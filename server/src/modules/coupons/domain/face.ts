import { fen, yuanWords } from '@shuke/shared/kernel';
import type { CouponBearer, CouponKind, CouponTerms } from './types.js';

export interface Face {
  name: string;
  kind: CouponKind;
  worth: string;
  unit: string;
  conditionText: string;
  scopeText: string;
  storeText: string;
}

/** Yuan without idle zeros: 1,000, 9.9, 0.05. */
export const shortYuan = (value: number): string => yuanWords(fen(value)).replace(/(\.\d)0$/, '$1');
/** 8800 basis points are 8.8 折, 5000 are 5 折. */
const zhe = (payBp: number): string => {
  const text = String(payBp).padStart(4, '0');
  return `${text.slice(0, -3) || '0'}.${text.slice(-3)}`.replace(/\.?0+$/, '');
};

function worthOf({ kind, valueFen, payBp }: CouponTerms): [worth: string, unit: string] {
  switch (kind) {
    case 'AMOUNT':
      return [shortYuan(valueFen), '元'];
    case 'PERCENT':
      return [zhe(payBp), '折'];
    case 'FREIGHT':
      return ['免邮', ''];
    case 'GIFT':
      return ['兑换', ''];
    case 'FIXED_PRICE':
      return [shortYuan(valueFen), '元购'];
  }
}

function conditionOf({ kind, thresholdFen, maxFen }: CouponTerms): string {
  const from = thresholdFen > 0 ? `满 ${shortYuan(thresholdFen)} 元可用` : '无门槛';
  return kind === 'AMOUNT' || kind === 'GIFT' ? from : `${from}，最高减 ${shortYuan(maxFen)} 元`;
}

/** Names of categories and products, for words only. */
export type NameOf = (kind: 'CATEGORY' | 'PRODUCT', id: string) => string | null;

function scopeOf({ scope }: CouponTerms, nameOf: NameOf): string {
  if (scope.mode === 'ALL') return scope.excludedProductIds.length > 0 ? '全场可用（个别商品除外）' : '全场可用';
  const ids = scope.mode === 'CATEGORY' ? scope.categoryIds : scope.productIds;
  const mode = scope.mode;
  const names = ids.slice(0, 3).flatMap((id) => nameOf(mode, id) ?? []);
  if (names.length === 0) return scope.mode === 'CATEGORY' ? '限指定品类' : '限指定商品';
  return `限${names.join('、')}${ids.length > names.length ? '等' : ''}`;
}

function storesOf({ stores, channels }: CouponTerms): string {
  const where = { ALL: '全部门店', SELF: '直营门店', REGION: '指定区域门店', LIST: '指定门店' }[stores.mode];
  const except = stores.mode === 'ALL' && stores.franchise === 'NONE' ? '（加盟店除外）' : '';
  const partly = stores.mode === 'ALL' && stores.franchise === 'OPT_IN' ? '（部分加盟店除外）' : '';
  const how = channels.online && channels.offline ? '线上线下' : channels.online ? '仅线上' : '仅到店';
  return `${where}${except}${partly} · ${how}`;
}

/** How a coupon looks anywhere: mall, coupon bank, counter. */
export function faceOf(name: string, terms: CouponTerms, nameOf: NameOf): Face {
  const [worth, unit] = worthOf(terms);
  return {
    name,
    kind: terms.kind,
    worth,
    unit,
    conditionText: conditionOf(terms),
    scopeText: scopeOf(terms, nameOf),
    storeText: storesOf(terms),
  };
}

const BEARER = { HQ: '总部', STORE: '门店', FRANCHISEE: '加盟商' } as const;
/** 总部 60%，门店 40% */
export const bearerText = (bearers: readonly CouponBearer[]): string =>
  bearers
    .filter((one) => one.bp > 0)
    .map((one) => `${BEARER[one.party]} ${shortYuan(one.bp)}%`)
    .join('，');
