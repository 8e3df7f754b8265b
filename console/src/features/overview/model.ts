import type { EChartsCoreOption } from 'echarts/core';
import { moneyText, plainYuan } from '../../lib/money';
import type { Overview } from '../../lib/types';
import { PARTY } from '../../lib/words';

type Flow = Overview['flows'][number];

/** A Sankey picture cannot hold circles; edges that would close one stay in the table only. */
export function acyclic(flows: readonly Flow[]): Flow[] {
  const next = new Map<string, string[]>();
  const reaches = (from: string, to: string): boolean =>
    from === to || (next.get(from) ?? []).some((node) => reaches(node, to));
  const kept: Flow[] = [];
  for (const flow of flows) {
    if (flow.fen <= 0 || reaches(flow.to, flow.from)) continue;
    next.set(flow.from, [...(next.get(flow.from) ?? []), flow.to]);
    kept.push(flow);
  }
  return kept;
}

function nodeColour(name: string): string {
  if (/手续费|渠道|微信/.test(name)) return PARTY.CHANNEL.colour;
  if (/导购/.test(name)) return PARTY.GUIDE.colour;
  if (/加盟/.test(name)) return PARTY.FRANCHISEE.colour;
  if (/品牌|总部/.test(name)) return PARTY.BRAND.colour;
  if (/^退/.test(name)) return '#c58a80';
  return '#5e8f98';
}

/** The money flow picture. */
export function flowOption(flows: readonly Flow[]): EChartsCoreOption {
  const links = acyclic(flows);
  const names = [...new Set(links.flatMap((flow) => [flow.from, flow.to]))];
  const through = (name: string) => {
    const into = links.filter((flow) => flow.to === name).reduce((sum, flow) => sum + flow.fen, 0);
    const out = links.filter((flow) => flow.from === name).reduce((sum, flow) => sum + flow.fen, 0);
    return Math.max(into, out);
  };
  const label = new Map(names.map((name) => [name, `${name}  ${moneyText(through(name))}`]));
  return {
    tooltip: {
      trigger: 'item',
      formatter: (item: { dataType: string; name: string; data: { source: string; target: string; value: number } }) =>
        item.dataType === 'edge'
          ? `${item.data.source} → ${item.data.target}<br/><b>${moneyText(item.data.value)}</b>`
          : (label.get(item.name) ?? item.name),
    },
    series: [
      {
        type: 'sankey',
        left: 4,
        right: 190,
        top: 12,
        bottom: 12,
        nodeWidth: 10,
        nodeGap: 18,
        draggable: false,
        emphasis: { focus: 'adjacency' },
        lineStyle: { color: 'source', opacity: 0.22, curveness: 0.5 },
        label: {
          color: '#14272e',
          fontSize: 12,
          formatter: ({ name }: { name: string }) => label.get(name) ?? name,
        },
        data: names.map((name) => ({ name, itemStyle: { color: nodeColour(name), borderWidth: 0 } })),
        links: links.map((flow) => ({ source: flow.from, target: flow.to, value: flow.fen })),
      },
    ],
  };
}

/** Paid amounts of the last days as a line. */
export function daysOption(days: Overview['days']): EChartsCoreOption {
  return {
    grid: { left: 8, right: 16, top: 16, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      formatter: (items: { dataIndex: number }[]) => {
        const day = days[items[0]?.dataIndex ?? 0];
        return day ? `${day.day}<br/><b>${moneyText(day.paidFen)}</b> · ${day.orderCount} 单` : '';
      },
    },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: days.map((day) => day.day.slice(5)),
      axisLine: { lineStyle: { color: '#d3dcde' } },
      axisTick: { show: false },
      axisLabel: { color: '#536970' },
    },
    yAxis: {
      type: 'value',
      splitNumber: 3,
      splitLine: { lineStyle: { color: '#eaeff0' } },
      axisLabel: {
        color: '#536970',
        formatter: (yuan: number) => (yuan >= 10_000 ? `${yuan / 10_000} 万` : `${yuan}`),
      },
    },
    series: [
      {
        type: 'line',
        symbol: 'circle',
        symbolSize: 7,
        lineStyle: { width: 2, color: '#0e5f6b' },
        itemStyle: { color: '#0e5f6b' },
        areaStyle: { color: '#0e5f6b', opacity: 0.07 },
        data: days.map((day) => plainYuan(day.paidFen)),
      },
    ],
  };
}

/** Today against the same list's day before, in words. */
export function compareText(days: Overview['days'], day: string): string {
  const index = days.findIndex((one) => one.day === day);
  const before = index > 0 ? days[index - 1] : undefined;
  const today = days[index];
  if (!before || !today) return '';
  const difference = today.paidFen - before.paidFen;
  if (difference === 0) return '与昨天持平';
  return `比昨天全天${difference > 0 ? '多' : '少'} ${moneyText(Math.abs(difference))}`;
}
