import type { CategoryCode, ProductDraft } from './products/draft.js';

/** The table behind “which size is mine?”: body measures first, then the garment's own. */
export interface SizeHelp {
  columns: string[];
  rows: string[][];
  hint: string;
}

const ADULT = ['S', 'M', 'L', 'XL', 'XXL'];
const CHILD = ['110', '120', '130', '140', '150'];

export function sizesOf(category: CategoryCode, draft: ProductDraft): string[] {
  if (category === 'kids') return CHILD;
  if (category !== 'accessory') return category === 'knit' ? ADULT.slice(0, 4) : ADULT;
  if (draft.design.family === 'slippers') return ['36-37', '38-39', '40-41', '42-43'];
  return draft.design.family === 'gloves' || draft.design.family === 'mittens' ? ['M', 'L'] : ['均码'];
}

export function sizeHelpOf(category: CategoryCode, draft: ProductDraft): SizeHelp {
  const sizes = sizesOf(category, draft);
  const { design } = draft;
  if (design.family !== 'garment') {
    const text: Record<string, string> = { 均码: '头围 54–60 厘米', M: '手掌围 17–20 厘米', L: '手掌围 20–23 厘米' };
    return {
      columns: ['尺码', '适合'],
      rows: sizes.map((size) => [
        size,
        design.family === 'scarf' ? '200 × 35 厘米' : (text[size] ?? `脚长对应 ${size} 码`),
      ]),
      hint: '在两个尺码之间时，选大一码更暖。',
    };
  }
  if (category === 'kids') {
    return {
      columns: ['尺码', '身高（厘米）', '体重（千克）', '衣长（厘米）'],
      rows: sizes.map((size, at) => [
        size,
        `${105 + at * 10}–${114 + at * 10}`,
        `${17 + at * 4}–${21 + at * 4}`,
        String(44 + at * 4 + Math.floor((design.length - 320) / 8)),
      ]),
      hint: '想多穿一个冬天，可以选大一码，袖口是收紧的。',
    };
  }
  const room = design.chest - 168;
  return {
    columns: ['尺码', '身高（厘米）', '体重（千克）', '胸围（厘米）', '衣长（厘米）'],
    rows: sizes.map((size, at) => [
      size,
      `${155 + at * 5}–${162 + at * 5}`,
      `${44 + at * 8}–${53 + at * 8}`,
      String(100 + at * 5 + Math.floor(room / 3)),
      String(Math.floor(design.length / 7) + at * 2 - 2),
    ]),
    hint:
      category === 'knit'
        ? '贴身穿选平时的码，想宽松就大一码。'
        : '里面要叠厚毛衣，选大一码；只穿薄内搭，平时的码刚好。',
  };
}
