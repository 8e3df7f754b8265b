/** How somebody becomes a member: by entering, following in WeCom, paying, or verifying the phone (product.md A1). */
export type MemberAction = 'ENTER' | 'FOLLOW' | 'PAY' | 'REGISTER';

export interface SubBrand {
  code: string;
  name: string;
  storeIds: readonly string[];
  joinBy: readonly MemberAction[];
}

/** The brand's rules of who is a member and who may be one person. */
export interface MemberPolicy {
  joinBy: readonly MemberAction[];
  /** Brands within the brand; they share the person and not the membership. A store of none belongs to MAIN. */
  subBrands: readonly SubBrand[];
  /** Two records with more identifiers together than this are a shop's or a family's, not a person's. */
  maxIdentifiers: number;
  /** A typed phone or a device that so many members share proves nothing. */
  sharedPhoneLimit: number;
  /** After so many days without an order the operator may have given the number to somebody else. */
  recycleIdleDays: number;
  /** From which score a pair enters the queue. */
  candidateScore: number;
  guideChange: 'ALLOWED' | 'MANAGER' | 'HQ';
}

export const MAIN = 'MAIN';
export const DEFAULT_POLICY: MemberPolicy = {
  joinBy: ['ENTER', 'FOLLOW', 'PAY', 'REGISTER'],
  subBrands: [],
  maxIdentifiers: 20,
  sharedPhoneLimit: 5,
  recycleIdleDays: 180,
  candidateScore: 30,
  guideChange: 'MANAGER',
};

/** The sub-brand of a store. */
export const subBrandOf = (policy: MemberPolicy, storeId: string | null): string =>
  policy.subBrands.find((one) => storeId !== null && one.storeIds.includes(storeId))?.code ?? MAIN;

/** Whether what somebody did makes them a member of a (sub-)brand. */
export function joinsBy(policy: MemberPolicy, subBrand: string, action: MemberAction): boolean {
  const joinBy = policy.subBrands.find((one) => one.code === subBrand)?.joinBy ?? policy.joinBy;
  return joinBy.includes(action);
}
