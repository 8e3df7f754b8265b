/** The demo brand as the database knows it: name, look, words guides use, tasks headquarters can start from. */
export const BRAND = {
  code: 'xueling',
  name: '雪岭',
  latinName: 'XUELING',
  fullName: '雪岭 XUELING',
  slogan: '山里的暖，带回家',
  intro: '雪岭只做一件事：让冬天好过一点。每一件羽绒都标明充绒量和蓬松度，每一家店都有一位记得你的导购。',
  logo: '/files/pictures/logo.svg',
  mark: '/files/pictures/mark.svg',
  markPng: '/files/pictures/mark-240.png',
  banners: [
    {
      code: 'dawn',
      picture: '/files/pictures/banner-dawn.png',
      title: '雪线以上，也是暖的',
      subtitle: '极夜毛领派克 · 冬季新品到店',
      categoryCode: 'long-down',
    },
    {
      code: 'hearth',
      picture: '/files/pictures/banner-hearth.png',
      title: '一家人的冬天',
      subtitle: '毛衣内搭与儿童羽绒，配着买更合适',
      categoryCode: 'kids',
    },
  ],
} as const;

/** Colours reach 4.5:1 against the white text or the paper surface they are used with. */
export const THEME = {
  primary: '#28504a',
  primaryPressed: '#1e3d38',
  primarySoft: '#e6eeeb',
  onPrimary: '#ffffff',
  accent: '#b4592a',
  accentSoft: '#f8ebe1',
  price: '#b23a2e',
  surface: '#ffffff',
  paper: '#f7f4ef',
  ink: '#23282b',
  inkSoft: '#5d666a',
  radius: 12,
  radiusSmall: 8,
} as const;

export interface TagGroup {
  code: string;
  name: string;
  /** How many tags of the group one customer may carry. */
  single: boolean;
  tags: string[];
}

export const TAG_GROUPS: TagGroup[] = [
  { code: 'build', name: '身形', single: true, tags: ['小个子', '标准身形', '高个子', '偏宽松', '偏修身'] },
  {
    code: 'scene',
    name: '穿着场景',
    single: false,
    tags: ['通勤', '接送孩子', '出差', '滑雪', '徒步露营', '骑行', '送礼'],
  },
  { code: 'colour', name: '偏好颜色', single: false, tags: ['黑白灰', '大地色', '亮色', '莫兰迪', '深蓝墨绿'] },
  { code: 'relation', name: '关系', single: true, tags: ['刚认识', '常来逛', '老朋友', '许久没来'] },
  {
    code: 'care',
    name: '在意什么',
    single: false,
    tags: ['怕冷', '怕臃肿', '看重面料', '看重价格', '等活动', '喜欢新品'],
  },
  { code: 'family', name: '家里人', single: false, tags: ['有小朋友', '给爸妈买', '情侣同款', '养狗'] },
];

export interface TaskTemplate {
  code: string;
  title: string;
  /** Why this customer, why today: shown to the guide next to the name. */
  reason: string;
  /** Prepared words; `{称呼}`, `{导购}` and `{门店}` are filled in when sent. */
  message: string;
  minutes: number;
}

export const TASK_TEMPLATES: TaskTemplate[] = [
  {
    code: 'new-arrival',
    title: '新品到店，告诉会喜欢的人',
    reason: '去年这时买过同类的款，最近又看过冬装',
    message: '{称呼}，我是{门店}的{导购}。你去年挑的那件，今年出了新颜色，昨天刚到店，我给你拍两张看看？',
    minutes: 2,
  },
  {
    code: 'after-purchase',
    title: '穿了一周，问问合不合身',
    reason: '七天前签收，还没有评价',
    message: '{称呼}，衣服穿了一周，肩和袖长都合适吗？{门店}这边可以免费换码，洗涤有不清楚的也直接问我。—{导购}',
    minutes: 2,
  },
  {
    code: 'coupon-expiring',
    title: '券快到期，提醒一声',
    reason: '有一张券三天内到期，收藏里有能用的款',
    message: '{称呼}，你有一张券这周末到期，收藏的那件正好能用上。要的话我在{门店}先帮你留一件你的码。—{导购}',
    minutes: 1,
  },
  {
    code: 'long-time',
    title: '许久没见，送一句问候',
    reason: '比平时该来的日子晚了一个多月',
    message: '{称呼}，好久没见。这两天降温，记得加件厚的。{门店}有免费的羽绒护理，旧衣服拿来我帮你打理。—{导购}',
    minutes: 2,
  },
];
