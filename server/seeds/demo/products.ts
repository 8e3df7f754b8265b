import { colourOf, type DemoColour } from './palette.js';
import type { Design } from './pictures/design.js';
import { ACCESSORY } from './products/accessory.js';
import type { CategoryCode, ProductDraft } from './products/draft.js';
import { KIDS } from './products/kids.js';
import { KNIT } from './products/knit.js';
import { LIGHT_DOWN } from './products/light-down.js';
import { LONG_DOWN } from './products/long-down.js';
import { SHELL } from './products/shell.js';
import { SHORT_DOWN } from './products/short-down.js';
import { VEST } from './products/vest.js';
import { type SizeHelp, sizeHelpOf, sizesOf } from './sizes.js';

export type { CategoryCode } from './products/draft.js';

export interface DemoCategory {
  code: CategoryCode;
  name: string;
  /** Path of the category's icon under the file server. */
  icon: string;
}

export interface DemoSku {
  code: string;
  productCode: string;
  colourCode: string;
  colourName: string;
  size: string;
  picture: string;
}

/** Paths of one colourway's picture files; secondary colours have no large file of their own on disk. */
export interface DemoPictures {
  small: string;
  medium: string;
  large: string | null;
}

export interface DemoProduct {
  code: string;
  categoryCode: CategoryCode;
  name: string;
  subtitle: string;
  description: string;
  attributes: { name: string; value: string }[];
  care: string[];
  sellingPoints: string[];
  /** Suggested selling price in fen; a store's own price must stay between `floorFen` and `ceilingFen`. */
  listPriceFen: number;
  floorFen: number;
  ceilingFen: number;
  colours: (DemoColour & { pictures: DemoPictures })[];
  sizes: string[];
  sizeHelp: SizeHelp;
  skus: DemoSku[];
  /** One sentence ready for a guide to send in chat. */
  guideWords: string;
  design: Design;
}

export const PICTURES_PATH = '/files/pictures';

export const CATEGORIES: DemoCategory[] = (
  [
    ['long-down', '长款羽绒服'],
    ['short-down', '短款羽绒服'],
    ['light-down', '轻薄羽绒'],
    ['vest', '羽绒马甲'],
    ['kids', '儿童羽绒'],
    ['shell', '冲锋衣'],
    ['knit', '毛衣内搭'],
    ['accessory', '配饰'],
  ] as const
).map(([code, name]) => ({ code, name, icon: `${PICTURES_PATH}/category-${code}.svg` }));

const DOWN_CARE = [
  '30℃ 以下中性洗涤剂手洗或机洗轻柔档',
  '不可漂白，不可拧干',
  '平铺阴干，半干时轻拍回蓬',
  '收纳时不要压缩，放一片樟木',
];
const WOOL_CARE = ['30℃ 以下羊毛洗涤剂手洗', '不可拧干，毛巾吸水后平铺阴干', '低温隔布熨烫', '穿两天让它歇一天'];
const SHELL_CARE = ['30℃ 机洗，拉上所有拉链', '不可用柔顺剂', '低温烘干二十分钟恢复防泼水', '不可干洗'];

function careOf(category: CategoryCode, draft: ProductDraft): string[] {
  if (category === 'shell' && draft.down === null) return SHELL_CARE;
  return draft.down === null ? WOOL_CARE : DOWN_CARE;
}

/** A share of a price in basis points, cut to whole yuan so that shelf prices look like prices. */
function shareOfPrice(fen: number, basisPoints: number): number {
  const exact = fen * basisPoints;
  return (exact - (exact % 1_000_000)) / 10_000;
}

function finish(category: CategoryCode, draft: ProductDraft): DemoProduct {
  const listPriceFen = draft.yuan * 100;
  const sizes = sizesOf(category, draft);
  const colours = draft.colours.map((code, at) => {
    const file = (size: number): string => `${PICTURES_PATH}/${draft.code}-${code}-${size}.png`;
    return { ...colourOf(code), pictures: { small: file(240), medium: file(480), large: at === 0 ? file(960) : null } };
  });
  const attributes = [
    ...(draft.down === null
      ? []
      : [
          { name: '填充', value: `90% ${draft.down[2]}` },
          { name: '充绒量', value: `${draft.down[0]} 克` },
          { name: '蓬松度', value: `${draft.down[1]} FP` },
        ]),
    { name: '面料', value: draft.fabric },
    { name: '适合温度', value: draft.warmth },
    { name: '货号', value: draft.code },
  ];
  return {
    code: draft.code,
    categoryCode: category,
    name: draft.name,
    subtitle: draft.subtitle,
    description: draft.description,
    attributes,
    care: careOf(category, draft),
    sellingPoints: draft.points,
    listPriceFen,
    floorFen: shareOfPrice(listPriceFen, 8_500),
    ceilingFen: shareOfPrice(listPriceFen, 11_000),
    colours,
    sizes,
    sizeHelp: sizeHelpOf(category, draft),
    skus: colours.flatMap((colour) =>
      sizes.map((size) => ({
        code: `${draft.code}-${colour.code}-${size}`,
        productCode: draft.code,
        colourCode: colour.code,
        colourName: colour.name,
        size,
        picture: colour.pictures.medium,
      })),
    ),
    guideWords: draft.words,
    design: draft.design,
  };
}

const SHELVES: [CategoryCode, ProductDraft[]][] = [
  ['long-down', LONG_DOWN],
  ['short-down', SHORT_DOWN],
  ['light-down', LIGHT_DOWN],
  ['vest', VEST],
  ['kids', KIDS],
  ['shell', SHELL],
  ['knit', KNIT],
  ['accessory', ACCESSORY],
];

export const PRODUCTS: DemoProduct[] = SHELVES.flatMap(([category, drafts]) =>
  drafts.map((draft) => finish(category, draft)),
);
