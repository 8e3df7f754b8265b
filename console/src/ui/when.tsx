import { Tooltip } from 'antd';
import { agoText, exactText, whenText } from '../lib/time';
import { clock } from '../platform/clock';

interface WhenProps {
  at: string | null;
  /** What to show when there is no instant. */
  none?: string;
  isAgo?: boolean;
}

/** An instant as people say it; the exact one on hover and for assistive technology. */
export function When({ at, none = '—', isAgo = false }: WhenProps) {
  if (at === null) return <span className="muted">{none}</span>;
  const now = clock.now();
  return (
    <Tooltip title={`${exactText(at)}（北京时间）`}>
      <time dateTime={at} className="num">
        {isAgo ? agoText(at, now) : whenText(at, now)}
      </time>
    </Tooltip>
  );
}
