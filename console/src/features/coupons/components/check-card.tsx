import { Button, Skeleton } from 'antd';
import type { CouponCheck } from '../../../lib/types';
import { Card } from '../../../ui/page';
import { ActionFailed } from '../../../ui/states';
import { checkSentences } from '../model';

interface CheckCardProps {
  check: CouponCheck | undefined;
  error: unknown;
  isAsked: boolean;
  onRetry: () => void;
}

function Verdict({ check }: { check: CouponCheck }) {
  return (
    <div className="stack tight">
      <b className={check.isPublishable ? 'good' : 'warn'} role="status">
        {check.isPublishable ? '可以发布' : '还不能发布，但可以先存草稿'}
      </b>
      {checkSentences(check).map((sentence) => (
        <span key={sentence}>{sentence}</span>
      ))}
      {check.problems.length > 0 ? (
        <ul style={{ margin: 0, paddingLeft: 18 }} data-testid="check-problems">
          {check.problems.map((one) => (
            <li key={`${one.field} ${one.text}`}>{one.text}</li>
          ))}
        </ul>
      ) : null}
      {check.hints.map((hint) => (
        <span key={hint} className="muted small">
          提醒：{hint}
        </span>
      ))}
    </div>
  );
}

/** The server's view of what is on the screen, while typing. */
export function CheckCard({ check, error, isAsked, onRetry }: CheckCardProps) {
  return (
    <Card title="最坏情况">
      <div data-testid="template-check">
        {check ? (
          <Verdict check={check} />
        ) : error ? (
          <>
            <ActionFailed error={error} title="没能核对" />
            <Button onClick={onRetry}>再核对一次</Button>
          </>
        ) : isAsked ? (
          <Skeleton active title={false} paragraph={{ rows: 3 }} />
        ) : (
          <span className="muted">填好名称和面额后，这里会算出最多要花多少、哪里自相矛盾。</span>
        )}
      </div>
    </Card>
  );
}
