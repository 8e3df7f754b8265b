import type { TemplateInput } from '@shuke/shared/contracts';

type Terms = TemplateInput['terms'];
type Take = TemplateInput['take'];

/** What a template of the demo says beyond the usual. Categories by name, since ids are made when the brand is founded. */
export interface DemoCoupon {
  name: string;
  purpose: TemplateInput['purpose'];
  scenes: string[];
  ruleText: string;
  categories?: string[];
  terms: Partial<Terms>;
  take: Partial<Take>;
  totalCount: number | null;
  budgetFen: number | null;
  guidePerDay?: number;
  guidePerMonth?: number;
  /** What becomes of the template before the demo begins; most are active. */
  state?: 'DRAFT' | 'PAUSED' | 'ENDED';
}

const HQ_ALONE: Terms['bearers'] = [{ party: 'HQ', bp: 10_000 }];
const SHARED: Terms['bearers'] = [
  { party: 'HQ', bp: 6000 },
  { party: 'FRANCHISEE', bp: 4000 },
];

/** The demo brand's coupons, as a brand of down jackets would run them before the cold comes. */
export const DEMO_COUPONS: readonly DemoCoupon[] = [
  {
    name: '新朋友见面礼',
    purpose: 'FIRST_ORDER',
    scenes: ['新好友', '首单'],
    ruleText: '送给第一次来雪岭的你，任意门店都能用。',
    terms: { valueFen: 3000, thresholdFen: 19_900, bearers: HQ_ALONE, canGive: false },
    take: { isPublic: true, newMembersOnly: true },
    totalCount: 20_000,
    budgetFen: null,
    guidePerDay: 30,
  },
  {
    name: '初雪满减券',
    purpose: 'REPEAT',
    scenes: ['上新', '换季'],
    ruleText: '初雪上新期间，全场满额可用。',
    terms: { valueFen: 10_000, thresholdFen: 99_900, bearers: SHARED },
    take: { isPublic: true, forGuides: true, perMember: 2, perDay: 1 },
    totalCount: 5000,
    budgetFen: 30_000_000,
    guidePerDay: 20,
    guidePerMonth: 300,
  },
  {
    name: '毛衣内搭八八折',
    purpose: 'REPEAT',
    scenes: ['搭配', '到店'],
    ruleText: '羽绒服里面穿什么？挑一件软和的。',
    categories: ['毛衣内搭'],
    terms: { kind: 'PERCENT', valueFen: 0, payBp: 8800, maxFen: 8000, bearers: SHARED },
    take: { isPublic: true, forGuides: true },
    totalCount: 8000,
    budgetFen: null,
    guidePerDay: 12,
  },
  {
    name: '老友回访券',
    purpose: 'WAKE_UP',
    scenes: ['好久不见', '一对一'],
    ruleText: '只由导购发放，好久不见，回来看看。',
    terms: {
      valueFen: 8000,
      thresholdFen: 59_900,
      bearers: SHARED,
      stack: { mode: 'EXCLUSIVE', category: '回访', perOrder: 1 },
    },
    take: { isPublic: false, forGuides: true },
    totalCount: 2000,
    budgetFen: 12_000_000,
    guidePerDay: 12,
    guidePerMonth: 120,
  },
  {
    name: '包邮卡',
    purpose: 'CARE',
    scenes: ['售后', '异地'],
    ruleText: '不想出门的日子，寄到家。',
    terms: {
      kind: 'FREIGHT',
      valueFen: 0,
      maxFen: 1500,
      bearers: HQ_ALONE,
      channels: { online: true, offline: false },
    },
    take: { isPublic: true, perMember: 3, perDay: 1 },
    totalCount: null,
    budgetFen: 1_500_000,
  },
  {
    name: '暖手围巾兑换券',
    purpose: 'TRAFFIC',
    scenes: ['到店', '会员日'],
    ruleText: '到店兑换配饰一件，最高价值 199 元，兑完即止。',
    categories: ['配饰'],
    terms: {
      kind: 'GIFT',
      valueFen: 0,
      maxFen: 19_900,
      bearers: HQ_ALONE,
      channels: { online: false, offline: true },
      canGive: true,
    },
    take: { isPublic: false, forGuides: true },
    totalCount: 300,
    budgetFen: 5_970_000,
    guidePerDay: 3,
    guidePerMonth: 30,
  },
  {
    name: '生日月 9.9 元换购',
    purpose: 'BIRTHDAY',
    scenes: ['生日'],
    ruleText: '生日当月可领，9.9 元换购一件配饰。',
    categories: ['配饰'],
    terms: {
      kind: 'FIXED_PRICE',
      valueFen: 990,
      maxFen: 15_000,
      bearers: HQ_ALONE,
      birthMonthOnly: true,
      canGive: false,
    },
    take: { isPublic: true },
    totalCount: null,
    budgetFen: 4_500_000,
  },
  {
    name: '晚间到店礼',
    purpose: 'TRAFFIC',
    scenes: ['晚场', '到店'],
    ruleText: '下班路过，进来暖一暖。',
    terms: {
      valueFen: 5000,
      thresholdFen: 39_900,
      bearers: [{ party: 'STORE', bp: 10_000 }],
      stores: { mode: 'ALL', regionIds: [], storeIds: [], franchise: 'OPT_IN' },
      channels: { online: false, offline: true },
      windows: [{ weekdays: [1, 2, 3, 4, 5], fromMinute: 18 * 60, untilMinute: 22 * 60 }],
    },
    take: { isPublic: true, forGuides: true },
    totalCount: 3000,
    budgetFen: null,
    guidePerDay: 10,
  },
  {
    name: '买后感谢券',
    purpose: 'CARE',
    scenes: ['支付后'],
    ruleText: '谢谢你的信任，下次见。',
    terms: {
      valueFen: 5000,
      thresholdFen: 49_900,
      bearers: HQ_ALONE,
      validity: { mode: 'RELATIVE', afterDays: 1, days: 60 },
    },
    take: { isPublic: false, perMember: 5, afterPayFromFen: 80_000 },
    totalCount: null,
    budgetFen: 20_000_000,
  },
  {
    name: '立冬暖身券',
    purpose: 'REPEAT',
    scenes: ['换季'],
    ruleText: '立冬那几天用，过期不补。',
    terms: { valueFen: 3000, thresholdFen: 39_900, validity: { mode: 'RELATIVE', afterDays: 0, days: 5 } },
    take: { isPublic: true },
    totalCount: 1000,
    budgetFen: 3_000_000,
    state: 'ENDED',
  },
  {
    name: '跨年夜满减券',
    purpose: 'TRAFFIC',
    scenes: ['跨年'],
    ruleText: '跨年夜到店可用，等运营定稿。',
    terms: { valueFen: 6000, thresholdFen: 59_900, bearers: SHARED },
    take: { isPublic: true },
    totalCount: 2000,
    budgetFen: 12_000_000,
    state: 'DRAFT',
  },
  {
    name: '老带新感谢券',
    purpose: 'CARE',
    scenes: ['老带新'],
    ruleText: '带朋友来的谢礼，先停一停，核对名单。',
    terms: { valueFen: 2000, thresholdFen: 29_900, bearers: SHARED },
    take: { isPublic: false, forGuides: true },
    totalCount: 1500,
    budgetFen: 3_000_000,
    guidePerDay: 5,
    state: 'PAUSED',
  },
];

/** Turns a demo coupon into what the desk enters. */
export function demoTemplate(coupon: DemoCoupon, categoryIds: string[], displayOrder: number): TemplateInput {
  return {
    name: coupon.name,
    purpose: coupon.purpose,
    scenes: coupon.scenes,
    ruleText: coupon.ruleText,
    terms: {
      kind: 'AMOUNT',
      valueFen: 0,
      payBp: 0,
      maxFen: 0,
      thresholdFen: 0,
      scope: {
        mode: categoryIds.length > 0 ? 'CATEGORY' : 'ALL',
        categoryIds,
        productIds: [],
        excludedProductIds: [],
        withPromotion: true,
      },
      stores: { mode: 'ALL', regionIds: [], storeIds: [], franchise: 'ALL' },
      channels: { online: true, offline: true },
      validity: { mode: 'RELATIVE', afterDays: 0, days: 30 },
      windows: [],
      stack: { mode: 'JOINT', category: '通用', perOrder: 1 },
      bearers: HQ_ALONE,
      canGive: true,
      isRefundable: true,
      birthMonthOnly: false,
      ...coupon.terms,
    },
    take: {
      isPublic: false,
      forGuides: false,
      from: null,
      until: null,
      perMember: 1,
      perDay: null,
      levels: [],
      tagIds: [],
      newMembersOnly: false,
      afterPayFromFen: null,
      ...coupon.take,
    },
    totalCount: coupon.totalCount,
    budgetFen: coupon.budgetFen,
    guidePerDay: coupon.guidePerDay ?? null,
    guidePerMonth: coupon.guidePerMonth ?? null,
    displayOrder,
  };
}
