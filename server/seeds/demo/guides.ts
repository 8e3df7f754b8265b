import { createRandom, type Random } from './random.js';
import { STORES } from './stores.js';

/** How long this guide takes for each kind of action, measured, in seconds; the morning pack is fitted to it. */
export interface GuidePace {
  message: number;
  productCard: number;
  coupon: number;
  call: number;
  tag: number;
}

export interface DemoGuide {
  userid: string;
  name: string;
  gender: 1 | 2;
  storeCode: string;
  role: 'manager' | 'guide';
  position: '店长' | '导购';
  phone: string;
  avatar: string;
  joinedOn: string;
  pace: GuidePace;
}

const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
];
const WOMEN = [
  '晓雯',
  '雨桐',
  '思琪',
  '佳怡',
  '梦洁',
  '静雅',
  '欣妍',
  '婉清',
  '若溪',
  '诗涵',
  '可欣',
  '美玲',
  '丽娟',
  '秋菊',
  '冬梅',
  '海燕',
  '春霞',
  '文静',
  '雪莹',
  '慧敏',
  '小满',
  '知夏',
  '念慈',
  '予安',
  '书瑶',
  '玉兰',
  '芷若',
  '青青',
  '楠',
  '颖',
  '岚',
  '璐',
];
const MEN = [
  '志强',
  '浩然',
  '子轩',
  '俊杰',
  '建国',
  '文博',
  '家豪',
  '明远',
  '立新',
  '天佑',
  '宇航',
  '承泽',
  '一鸣',
  '景行',
  '晨',
  '磊',
  '昊',
  '凯',
  '牧之',
  '怀瑾',
];

function paceOf(random: Random): GuidePace {
  const own = random.int(80, 135);
  const timed = (seconds: number): number => Math.floor((seconds * own) / 100) + random.int(-3, 4);
  return { message: timed(35), productCard: timed(48), coupon: timed(40), call: timed(165), tag: timed(18) };
}

/** The same seed gives the same people: three for each store, the first of them its manager. */
export function createGuides(seed = 20251101): DemoGuide[] {
  const random = createRandom(seed);
  const taken = new Set<string>();
  const nameOf = (gender: 1 | 2): string => {
    for (;;) {
      const name = `${random.pick(SURNAMES)}${random.pick(gender === 2 ? WOMEN : MEN)}`;
      if (!taken.has(name)) {
        taken.add(name);
        return name;
      }
    }
  };
  return STORES.flatMap((store, at) =>
    [0, 1, 2].map((place): DemoGuide => {
      const number = at * 3 + place + 1;
      const gender = random.next() < 0.78 ? 2 : 1;
      const userid = `G${String(number).padStart(4, '0')}`;
      return {
        userid,
        name: nameOf(gender),
        gender,
        storeCode: store.code,
        role: place === 0 ? 'manager' : 'guide',
        position: place === 0 ? '店长' : '导购',
        phone: `137${String(20_000_000 + number * 37_151).slice(0, 8)}`,
        avatar: `/files/pictures/guide-${userid}.svg`,
        joinedOn: `${random.int(2019, 2024)}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`,
        pace: paceOf(random),
      };
    }),
  );
}

export const GUIDES: DemoGuide[] = createGuides();
