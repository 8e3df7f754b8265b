import { addDays, businessDay, startOfBusinessDay } from '@shuke/shared/kernel';
import { exactCount, moneyText } from '../../lib/money';
import type { CouponCheck, CouponTemplateDetail, CouponTemplateInput } from '../../lib/types';
import type { Bearer } from '../../ui/bearers-input';

type Terms = CouponTemplateInput['terms'];

/** A template while somebody edits it: what is not filled in yet is null. */
export interface TemplateForm extends Omit<CouponTemplateInput, 'terms' | 'take'> {
  terms: Omit<Terms, 'valueFen' | 'payBp' | 'maxFen' | 'thresholdFen' | 'bearers' | 'validity'> & {
    valueFen: number | null;
    payBp: number | null;
    maxFen: number | null;
    thresholdFen: number | null;
    bearers: Bearer[];
    validity: {
      mode: Terms['validity']['mode'];
      from: string | null;
      until: string | null;
      afterDays: number | null;
      days: number | null;
    };
  };
  take: CouponTemplateInput['take'];
}

const MONTH_DAYS = 30;

export function emptyTemplate(nowMs: number): TemplateForm {
  const today = businessDay(nowMs);
  return {
    name: '',
    purpose: 'REPEAT',
    scenes: [],
    ruleText: '',
    terms: {
      kind: 'AMOUNT',
      valueFen: null,
      payBp: null,
      maxFen: null,
      thresholdFen: null,
      scope: { mode: 'ALL', categoryIds: [], productIds: [], excludedProductIds: [], withPromotion: true },
      stores: { mode: 'ALL', regionIds: [], storeIds: [], franchise: 'ALL' },
      channels: { online: true, offline: true },
      validity: {
        mode: 'RELATIVE',
        from: new Date(startOfBusinessDay(today)).toISOString(),
        until: new Date(startOfBusinessDay(addDays(today, MONTH_DAYS))).toISOString(),
        afterDays: 0,
        days: MONTH_DAYS,
      },
      windows: [],
      stack: { mode: 'JOINT', category: '优惠券', perOrder: 1 },
      bearers: [{ party: 'HQ', bp: 10_000 }],
      canGive: false,
      isRefundable: true,
      birthMonthOnly: false,
    },
    take: {
      isPublic: true,
      forGuides: false,
      from: null,
      until: null,
      perMember: 1,
      perDay: null,
      levels: [],
      tagIds: [],
      newMembersOnly: false,
      afterPayFromFen: null,
    },
    totalCount: null,
    budgetFen: null,
    guidePerDay: null,
    guidePerMonth: null,
    displayOrder: 0,
  };
}

export function formOf({ input }: CouponTemplateDetail): TemplateForm {
  const { terms } = input;
  const { validity } = terms;
  return {
    ...input,
    terms: {
      ...terms,
      valueFen: terms.valueFen || null,
      payBp: terms.payBp || null,
      maxFen: terms.maxFen || null,
      thresholdFen: terms.thresholdFen || null,
      bearers: terms.bearers.map((one) => ({ ...one })),
      validity: {
        mode: validity.mode,
        from: validity.from ?? null,
        until: validity.until ?? null,
        afterDays: validity.afterDays ?? null,
        days: validity.days ?? null,
      },
    },
  };
}

function validityOf({ mode, from, until, afterDays, days }: TemplateForm['terms']['validity']): Terms['validity'] {
  if (mode === 'ABSOLUTE') return { mode, ...(from ? { from } : {}), ...(until ? { until } : {}) };
  return { mode, afterDays: afterDays ?? 0, ...(days ? { days } : {}) };
}

/**
 * The request of a form, or null while it cannot even be checked. What a kind does not ask for is sent as zero, so that
 * nothing left over from another kind counts.
 */
export function inputOf(form: TemplateForm): CouponTemplateInput | null {
  const { terms } = form;
  if (form.name.trim().length < 2 || terms.bearers.some((one) => one.bp === null)) return null;
  const hasValue = terms.kind === 'AMOUNT' || terms.kind === 'FIXED_PRICE';
  const { scope, stores } = terms;
  return {
    ...form,
    name: form.name.trim(),
    ruleText: form.ruleText.trim(),
    terms: {
      ...terms,
      valueFen: hasValue ? (terms.valueFen ?? 0) : 0,
      payBp: terms.kind === 'PERCENT' ? (terms.payBp ?? 0) : 0,
      maxFen: terms.kind === 'AMOUNT' ? 0 : (terms.maxFen ?? 0),
      thresholdFen: terms.thresholdFen ?? 0,
      scope: {
        ...scope,
        categoryIds: scope.mode === 'CATEGORY' ? scope.categoryIds : [],
        productIds: scope.mode === 'PRODUCT' ? scope.productIds : [],
        excludedProductIds: scope.mode === 'PRODUCT' ? [] : scope.excludedProductIds,
      },
      stores: {
        ...stores,
        regionIds: stores.mode === 'REGION' ? stores.regionIds : [],
        storeIds: stores.mode === 'LIST' ? stores.storeIds : [],
      },
      validity: validityOf(terms.validity),
      stack: { ...terms.stack, category: terms.stack.category.trim() },
      bearers: terms.bearers.map(({ party, bp }) => ({ party, bp: bp ?? 0 })),
    },
  };
}

/** The server's check in sentences: what one coupon and all of them can cost at worst. */
export function checkSentences(check: CouponCheck): string[] {
  const each = `一张最多优惠 ${moneyText(check.worstEachFen)}`;
  if (check.mayIssue === null || check.worstTotalFen === null)
    return [`${each}；没有限定张数和预算，一共会花多少没有上限。`];
  return [`${each}；最多能发 ${exactCount(check.mayIssue)} 张，全部用掉最多花 ${moneyText(check.worstTotalFen)}。`];
}

/** Ids or codes pasted from a table: split at spaces, commas and line ends, each once. */
export const splitList = (text: string): string[] => [
  ...new Set(text.split(/[\s,，;；、]+/).filter((one) => one !== '')),
];

export const CODE = /^[0-9A-Za-z-]{6,32}$/;

/** Codes as pasted: those that can be used, and those that cannot. */
export function readCodes(text: string): { codes: string[]; bad: string[] } {
  const all = splitList(text);
  return { codes: all.filter((one) => CODE.test(one)), bad: all.filter((one) => !CODE.test(one)) };
}
