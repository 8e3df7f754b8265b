import { Timeline } from 'antd';
import { exactText } from '../../../lib/time';
import type { OrderDetail } from '../../../lib/types';
import { Empty } from '../../../ui/states';

export function OrderTimeline({ order }: { order: OrderDetail }) {
  if (order.timeline.length === 0) return <Empty title="还没有进度记录" />;
  return (
    <Timeline
      style={{ paddingTop: 8 }}
      items={order.timeline.map((step, index) => ({
        key: `${step.at}-${index}`,
        color: 'var(--brand)',
        content: (
          <div className="between" style={{ justifyContent: 'flex-start' }}>
            <span className="num muted">{exactText(step.at)}</span>
            <span>{step.text}</span>
          </div>
        ),
      }))}
    />
  );
}
