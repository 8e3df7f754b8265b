import { Typography } from 'antd';

/** A long hash shown short, copied whole. */
export function Hash({ value }: { value: string }) {
  if (!/[1-9a-f]/.test(value)) return <span className="mono muted">起点</span>;
  return (
    <Typography.Text className="mono" copyable={{ text: value, tooltips: ['复制完整哈希', '已复制'] }} title={value}>
      {value.length > 14 ? `${value.slice(0, 8)}…${value.slice(-4)}` : value}
    </Typography.Text>
  );
}
