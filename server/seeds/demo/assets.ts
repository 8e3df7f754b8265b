import type { LevelSchemeInput, PointsGoodInput, PointsRuleInput, TopUpActivityInput } from '@shuke/shared/contracts';
import type { GiftCode } from './pictures/gifts.js';
import { PICTURES_PATH } from './products.js';

const level = (
  at: number,
  name: string,
  fromGrowth: number,
  more: Partial<LevelSchemeInput['levels'][number]['benefits']>,
): LevelSchemeInput['levels'][number] => ({
  level: at,
  name,
  fromGrowth,
  benefits: {
    discountBp: 10_000,
    pointsMultiplierBp: 10_000,
    isFreightFree: false,
    birthdayText: '',
    texts: [],
    ...more,
  },
});

export const DEMO_LEVELS: LevelSchemeInput = {
  periodMonths: 12,
  growthMonths: 12,
  levels: [
    level(1, '雪友', 0, { texts: ['消费得积分', '新品提前看'] }),
    level(2, '银峰', 2_000, { pointsMultiplierBp: 12_000, birthdayText: '生日当天双倍积分', texts: ['羽绒护理一次'] }),
    level(3, '金峰', 8_000, {
      pointsMultiplierBp: 15_000,
      isFreightFree: true,
      birthdayText: '生日礼一份',
      texts: ['专属导购', '羽绒护理两次'],
    }),
    level(4, '云巅', 20_000, {
      discountBp: 9_500,
      pointsMultiplierBp: 20_000,
      isFreightFree: true,
      birthdayText: '到店选一件生日礼',
      texts: ['新品优先试穿', '上门取件养护'],
    }),
  ],
};

export const DEMO_POINTS_RULE: PointsRuleInput = {
  isOn: true,
  earnFenPerPoint: 100,
  birthdayMultiplierBp: 20_000,
  categoryMultipliers: [],
  dailyCap: 20_000,
  isInstantUse: false,
  expiry: 'YEAR_END',
  expiryDays: 365,
  yearEndGraceYears: 1,
  fenPerPointBp: 100,
  maxShareBp: 3_000,
  multiple: 100,
  bearers: [
    { party: 'HQ', bp: 7_000 },
    { party: 'STORE', bp: 3_000 },
  ],
};

const tier = (yuan: number, bonus: number, points = 0) => ({
  payFen: yuan * 100,
  bonusFen: bonus * 100,
  points,
  couponTemplateId: null,
  bonusDays: bonus > 0 ? 365 : null,
});

export const demoTopUps = (startsAt: string): TopUpActivityInput[] => [
  {
    name: '入冬储值礼',
    startsAt,
    endsAt: null,
    storeIds: null,
    perMemberTimes: null,
    perMemberDays: null,
    tiers: [tier(300, 30), tier(500, 60, 500), tier(1_000, 150, 1_000), tier(3_000, 600, 3_000)],
  },
  {
    name: '首次储值',
    startsAt,
    endsAt: null,
    storeIds: null,
    perMemberTimes: 1,
    perMemberDays: null,
    tiers: [tier(50, 10), tier(100, 20)],
  },
];

const good = (
  position: number,
  picture: GiftCode,
  name: string,
  points: number,
  stock: number,
  description: string,
): PointsGoodInput => ({
  kind: 'GOODS',
  name,
  imageUrl: `${PICTURES_PATH}/gift-${picture}.png`,
  description,
  points,
  stock,
  perPersonLimit: 2,
  couponTemplateId: null,
  isListed: true,
  position,
});

export const DEMO_GOODS: PointsGoodInput[] = [
  good(1, 'care', '羊绒护理套装', 800, 60, '除毛球器、雪松香片和一支羊绒专用洗液'),
  good(2, 'cup', '云朵保温杯 350ml', 1_200, 40, '磨砂杯身，刻雪岭标'),
  good(3, 'socks', '羊毛袜两双', 300, 200, '雪松绿和燕麦色各一双'),
  good(4, 'cleaning', '羽绒服到店养护一次', 1_500, 30, '到店交衣，十天内送回'),
  good(5, 'tote', '帆布购物袋', 200, 150, '装得下一件长大衣'),
];
