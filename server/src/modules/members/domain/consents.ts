import type { MemberPolicy } from './policy.js';

/** What a consumer may agree to, purpose by purpose (PIPL art. 13–17, 24; reference: features B27). */
export type ConsentPurpose = 'TERMS' | 'PRIVACY' | 'MARKETING' | 'PERSONALISATION' | 'SHARE_STORE' | 'LOCATION';

export interface PurposeText {
  purpose: ConsentPurpose;
  title: string;
  text: string;
  /** Of the present text; who agreed to an older one is asked again. */
  version: string;
  /** False: without it there is no account, so taking it back is deleting the account. */
  canRefuse: boolean;
  /** Kept per sub-brand: agreeing with one brand says nothing about another. */
  isPerSubBrand: boolean;
}

export const PURPOSES: readonly PurposeText[] = [
  {
    purpose: 'TERMS',
    title: '会员服务协议',
    text: '说明你和我们各自的权利与义务，注册会员时需要同意',
    version: '2026.11',
    canRefuse: false,
    isPerSubBrand: false,
  },
  {
    purpose: 'PRIVACY',
    title: '隐私政策',
    text: '说明我们收集哪些信息、用来做什么、保存多久',
    version: '2026.11',
    canRefuse: false,
    isPerSubBrand: false,
  },
  {
    purpose: 'MARKETING',
    title: '活动与优惠消息',
    text: '上新、优惠券到期、会员日等消息；关掉后只发订单相关的通知',
    version: '2026.11',
    canRefuse: true,
    isPerSubBrand: true,
  },
  {
    purpose: 'PERSONALISATION',
    title: '个性化推荐',
    text: '根据你的浏览和购买推荐商品；关掉后不再用于推荐，也不会进入导购的自动任务',
    version: '2026.11',
    canRefuse: true,
    isPerSubBrand: false,
  },
  {
    purpose: 'SHARE_STORE',
    title: '与你的门店共享',
    text: '门店与专属导购可以看到你的会员等级、尺码和在本品牌的购买，用来为你服务',
    version: '2026.11',
    canRefuse: true,
    isPerSubBrand: true,
  },
  {
    purpose: 'LOCATION',
    title: '位置信息',
    text: '用来找离你最近的门店，用完即走，不保存你的精确位置',
    version: '2026.11',
    canRefuse: true,
    isPerSubBrand: false,
  },
];

/** What a purpose is called, with the sub-brand that asked by itself. */
export function consentTitle(
  policy: Pick<MemberPolicy, 'subBrands'>,
  { purpose, subBrand }: Pick<Consent, 'purpose' | 'subBrand'>,
): string {
  const title = PURPOSES.find((one) => one.purpose === purpose)?.title ?? purpose;
  const name = policy.subBrands.find((one) => one.code === subBrand)?.name;
  return name ? `${title}（${name}）` : title;
}

export interface Consent {
  subBrand: string;
  purpose: ConsentPurpose;
  version: string;
  isGiven: boolean;
  source: string;
  at: Date;
}

/** The stricter of two answers: a refusal beats an agreement, an older text beats a newer one. */
export function stricter(a: Consent, b: Consent): Consent {
  if (a.isGiven !== b.isGiven) return a.isGiven ? b : a;
  if (a.version !== b.version) return a.version < b.version ? a : b;
  return a.at <= b.at ? a : b;
}
