import { percentText, shareBp } from '../../lib/money';
import type { Task } from '../../lib/types';

export const VARIABLES = ['称呼', '导购', '门店'] as const;

/** What the words look like for one invented customer; unknown variables stay as written. */
const SAMPLE: Record<string, string> = { 称呼: '林女士', 导购: '小周', 门店: '南京东路店' };

export interface Piece {
  text: string;
  /** Filled from a variable. */
  isFilled: boolean;
}

/** Splits the words into fixed and filled pieces for the preview. */
export function piecesOf(words: string): Piece[] {
  return words
    .split(/(\{[^{}]*\})/)
    .filter((text) => text !== '')
    .map((text) => {
      const value = SAMPLE[text.slice(1, -1)];
      return /^\{.*\}$/.test(text) && value !== undefined ? { text: value, isFilled: true } : { text, isFilled: false };
    });
}

/** Variables in the words that nobody will fill: typing errors would reach the customer as braces. */
export const unknownVariables = (words: string): string[] =>
  [...words.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '').filter((name) => !(name in SAMPLE));

export const AUDIENCES = {
  ALL_CONTACTS: { label: '导购的全部微信好友', needs: [] },
  VIEWED_PRODUCT: { label: '看过某商品但没有买', needs: ['product', 'days'] },
  DORMANT: { label: '很久没有下单的老客', needs: ['days'] },
  NEW_MEMBER: { label: '新入会的会员', needs: ['days'] },
} as const;
export type AudienceKind = keyof typeof AUDIENCES;
export const needs = (kind: AudienceKind, field: 'product' | 'days'): boolean =>
  (AUDIENCES[kind].needs as readonly string[]).includes(field);

export const DAYS_WORD: Record<AudienceKind, string> = {
  ALL_CONTACTS: '',
  VIEWED_PRODUCT: '最近几天看过',
  DORMANT: '几天没有下单',
  NEW_MEMBER: '最近几天入会',
};

export interface FunnelStep {
  name: string;
  count: number;
  /** Of those of the step before. */
  rate: string | null;
  /** Of the widest step, for the length of the bar, 0–100. */
  width: number;
}

/** 派发 → 已看 → 已发 → 打开 → 下单. */
export function funnelOf(effect: Task['effect']): FunnelStep[] {
  const steps = [
    { name: '派发', count: effect.itemCount },
    { name: '已看', count: effect.seen },
    { name: '已发', count: effect.sent },
    { name: '打开', count: effect.opened },
    { name: '下单', count: effect.ordered },
  ];
  const most = Math.max(...steps.map((step) => step.count), 1);
  return steps.map((step, index) => {
    const before = steps[index - 1]?.count ?? 0;
    return {
      ...step,
      rate:
        index === 0 || before === 0
          ? null
          : percentText(shareBp(Math.min(step.count, before), before)).replace(/\.\d+/, ''),
      width: (step.count / most) * 100,
    };
  });
}
