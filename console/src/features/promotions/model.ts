import type { GoodsScopeInput, PromotionInput } from '@shuke/shared/contracts';
import type { EChartsCoreOption } from 'echarts/core';
import { moneyText, plainYuan } from '../../lib/money';
import type { PlayField, PlayView, PromotionDetail, PromotionEffect, PromotionRun } from '../../lib/types';
import { BEARER, type Bearer, type BearerParty } from '../../ui/bearers-input';

export type Terms = Record<string, unknown>;
type Column = PlayField['columns'][number];

/** A promotion while somebody edits it; amounts in fen, shares in basis points, times as UTC instants. */
export interface PromotionForm {
  name: string;
  startsAt: string | null;
  endsAt: string | null;
  terms: Terms;
  scope: { kind: GoodsScopeInput['kind']; ids: string[]; exceptProductIds: string[] };
  storeIds: string[];
  stacking: { mode: 'JOINT' | 'EXCLUSIVE'; group: string; allowsCoupons: boolean; allowsPoints: boolean };
  priority: number | null;
  bearers: Bearer[];
  memberLimit: number | null;
  totalLimit: number | null;
  budgetFen: number | null;
  dayBudgetFen: number | null;
  storeBudgetFen: number | null;
}

const HOUR_MS = 3_600_000;

/** True when a field is asked for: it hangs on no other field, or that field has the value it waits for. */
export const isAsked = (spec: Column, values: Terms): boolean => !spec.when || values[spec.when.field] === spec.when.is;

/** What a field holds before anybody touches it. */
function firstValue(spec: Column): unknown {
  if (spec.type === 'CHOICE') return spec.choices[0]?.value;
  if (spec.type === 'BOOL') return false;
  if (spec.type === 'SKUS') return [];
  return null;
}
export const firstRow = (columns: readonly Column[]): Terms =>
  Object.fromEntries(columns.map((column) => [column.name, firstValue(column)]));
export const firstTerms = (play: PlayView): Terms =>
  Object.fromEntries(
    play.fields.map((field) => [field.name, field.type === 'ROWS' ? [firstRow(field.columns)] : firstValue(field)]),
  );

export function emptyForm(play: PlayView, nowMs: number, isHq: boolean): PromotionForm {
  const nextHour = Math.ceil(nowMs / HOUR_MS) * HOUR_MS;
  return {
    name: '',
    startsAt: new Date(nextHour).toISOString(),
    endsAt: new Date(nextHour + 7 * 24 * HOUR_MS).toISOString(),
    terms: firstTerms(play),
    scope: { kind: 'ALL', ids: [], exceptProductIds: [] },
    storeIds: [],
    stacking: { mode: 'JOINT', group: 'A', allowsCoupons: true, allowsPoints: true },
    priority: null,
    bearers: [{ party: isHq ? 'HQ' : 'FRANCHISEE', bp: 10_000 }],
    memberLimit: null,
    totalLimit: null,
    budgetFen: null,
    dayBudgetFen: null,
    storeBudgetFen: null,
  };
}

export function formOf(play: PlayView, one: PromotionDetail): PromotionForm {
  const known = firstTerms(play);
  return {
    name: one.name,
    startsAt: one.startsAt,
    endsAt: one.endsAt,
    terms: { ...known, ...one.terms },
    scope: { kind: one.scope.kind, ids: [...one.scope.ids], exceptProductIds: [...(one.scope.exceptProductIds ?? [])] },
    storeIds: [...(one.storeIds ?? [])],
    stacking: { ...one.stacking },
    priority: one.priority === 0 ? null : one.priority,
    bearers: one.bearers.map((bearer) => ({ ...bearer })),
    memberLimit: one.memberLimit,
    totalLimit: one.totalLimit,
    budgetFen: one.budgetFen,
    dayBudgetFen: one.dayBudgetFen,
    storeBudgetFen: one.storeBudgetFen,
  };
}

const isFilled = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

function askedOnly(columns: readonly Column[], values: Terms, outer: Terms): Terms {
  const kept: Terms = {};
  for (const column of columns) {
    const value = values[column.name];
    if (isAsked(column, { ...outer, ...kept }) && isFilled(value)) kept[column.name] = value;
  }
  return kept;
}

/** The terms as the server wants them: only what is asked for and filled in. */
export function termsToSend(play: PlayView, terms: Terms): Terms {
  const plain = askedOnly(
    play.fields.filter((field) => field.type !== 'ROWS'),
    terms,
    {},
  );
  const sent = { ...plain };
  for (const field of play.fields) {
    if (field.type !== 'ROWS' || !isAsked(field, plain)) continue;
    const rows = Array.isArray(terms[field.name]) ? (terms[field.name] as Terms[]) : [];
    const kept = rows.map((row) => askedOnly(field.columns, row, plain));
    // An empty row of what is needed goes along, so that the server names its fields and not the number of rows.
    if (field.required || kept.some((row) => Object.keys(row).length > 0)) sent[field.name] = kept;
  }
  return sent;
}

/** The request of a filled form. */
export function inputOf(play: PlayView, form: PromotionForm): PromotionInput {
  const { scope } = form;
  return {
    kind: play.kind,
    name: form.name.trim(),
    startsAt: form.startsAt ?? '',
    endsAt: form.endsAt ?? '',
    terms: termsToSend(play, form.terms),
    ...(play.hasScope
      ? {
          scope: {
            kind: scope.kind,
            ids: scope.kind === 'ALL' ? [] : scope.ids,
            ...(scope.exceptProductIds.length > 0 ? { exceptProductIds: scope.exceptProductIds } : {}),
          },
        }
      : {}),
    ...(form.storeIds.length > 0 ? { storeIds: form.storeIds } : {}),
    stacking: { ...form.stacking, group: form.stacking.group.trim() || 'A' },
    priority: form.priority ?? 0,
    bearers: form.bearers.map(({ party, bp }) => ({ party, bp: bp ?? 0 })),
    memberLimit: form.memberLimit,
    totalLimit: form.totalLimit,
    budgetFen: form.budgetFen,
    dayBudgetFen: form.dayBudgetFen,
    storeBudgetFen: form.storeBudgetFen,
  };
}

const partyName = (party: BearerParty): string => BEARER[party];

/** What a run on past orders found, in sentences a person can repeat. */
export function runSentences(run: PromotionRun): string[] {
  if (run.orderCount === 0) return [`最近 ${run.days} 天，参加的门店没有订单，试不出花费。`];
  if (run.changedCount === 0)
    return [`拿最近 ${run.days} 天的 ${run.orderCount} 单试过，没有一单会因为这个活动变便宜。门槛或商品范围可能太窄。`];
  const each = Math.floor(run.discountFen / run.changedCount);
  const bearers = run.byBearer.filter((one) => one.fen > 0);
  const [only] = bearers;
  const whoPays =
    bearers.length === 1 && only
      ? `全部由${partyName(only.party)}承担。`
      : `其中${bearers.map((one) => `${partyName(one.party)}承担 ${moneyText(one.fen)}`).join('，')}。`;
  return [
    `拿最近 ${run.days} 天的 ${run.orderCount} 单试过：有 ${run.changedCount} 单会用上，一共优惠 ${moneyText(run.discountFen)}，平均每单约 ${moneyText(each)}。`,
    whoPays,
  ];
}

/** The scope of goods in a few words. */
export function scopeText(scope: PromotionDetail['scope'], categoryName: (id: string) => string): string {
  const except = scope.exceptProductIds?.length ? `，除去 ${scope.exceptProductIds.length} 款` : '';
  switch (scope.kind) {
    case 'ALL':
      return `全部商品${except}`;
    case 'CATEGORIES':
      return `${scope.ids.map(categoryName).join('、')}${except}`;
    case 'PRODUCTS':
      return `指定的 ${scope.ids.length} 款商品${except}`;
    case 'SKUS':
      return `指定的 ${scope.ids.length} 个规格${except}`;
  }
}

/** Discount by day as bars, orders in the tooltip. */
export function effectOption(days: PromotionEffect['days']): EChartsCoreOption {
  return {
    grid: { left: 8, right: 16, top: 16, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      formatter: (items: { dataIndex: number }[]) => {
        const day = days[items[0]?.dataIndex ?? 0];
        return day ? `${day.day}<br/>优惠 <b>${moneyText(day.discountFen)}</b> · ${day.orderCount} 单` : '';
      },
    },
    xAxis: {
      type: 'category',
      data: days.map((day) => day.day.slice(5)),
      axisLine: { lineStyle: { color: '#d3dcde' } },
      axisTick: { show: false },
      axisLabel: { color: '#536970' },
    },
    yAxis: {
      type: 'value',
      splitNumber: 3,
      splitLine: { lineStyle: { color: '#eaeff0' } },
      axisLabel: { color: '#536970' },
    },
    series: [
      {
        type: 'line',
        symbol: 'circle',
        symbolSize: 7,
        lineStyle: { width: 2, color: '#0e5f6b' },
        itemStyle: { color: '#0e5f6b' },
        areaStyle: { color: '#0e5f6b', opacity: 0.07 },
        data: days.map((day) => plainYuan(day.discountFen)),
      },
    ],
  };
}
