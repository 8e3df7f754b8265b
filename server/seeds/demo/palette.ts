/** A colour of the brand's season card; the code is part of every SKU code. */
export interface DemoColour {
  code: string;
  name: string;
  hex: string;
}

const CARD = {
  BK: ['墨岩黑', '#2b2d33'],
  GY: ['雾凇灰', '#878d94'],
  LG: ['云絮灰', '#c5c8ca'],
  WH: ['初雪白', '#f1efe9'],
  CR: ['燕麦米', '#ddd0ba'],
  CM: ['驼绒', '#b98f66'],
  BR: ['栗子棕', '#6c4a38'],
  KH: ['松果卡其', '#93805f'],
  OL: ['苔原绿', '#666d4a'],
  GN: ['松针绿', '#2f4e43'],
  TL: ['湖心青', '#3f7a7c'],
  SK: ['冰川蓝', '#a7c2d3'],
  BL: ['远山蓝', '#4b6d92'],
  NV: ['夜航蓝', '#25345a'],
  PU: ['暮山紫', '#6e5b80'],
  LV: ['藕荷', '#b9a4ba'],
  PK: ['豆沙粉', '#d1a29c'],
  RD: ['山茶红', '#a9333b'],
  WN: ['陈酿红', '#6c2835'],
  OR: ['炉火橘', '#d8743a'],
  YL: ['麦芽黄', '#dcb257'],
  MT: ['薄荷', '#a9ccb9'],
} as const satisfies Record<string, readonly [string, string]>;

export type ColourCode = keyof typeof CARD;

export function colourOf(code: ColourCode): DemoColour {
  const [name, hex] = CARD[code];
  return { code, name, hex };
}
