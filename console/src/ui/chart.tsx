import type { EChartsCoreOption } from 'echarts/core';
import { useEffect, useRef } from 'react';

interface ChartProps {
  option: EChartsCoreOption;
  height: number;
  /** What the picture says, for those who do not see it. */
  label: string;
}

/** Draws with echarts, which is fetched only when the first chart is shown. */
export function Chart({ option, height, label }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const node = place.current;
    if (!node) return;
    let stop = () => {};
    let isGone = false;
    void import('./echarts').then(({ init }) => {
      if (isGone) return;
      const chart = init(node, undefined, { renderer: 'svg' });
      chart.setOption({ animation: false, ...option });
      const watcher = new ResizeObserver(() => chart.resize());
      watcher.observe(node);
      stop = () => {
        watcher.disconnect();
        chart.dispose();
      };
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [option]);
  return <div ref={place} role="img" aria-label={label} style={{ height, width: '100%' }} />;
}
