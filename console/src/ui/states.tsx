import { Alert, Button, Skeleton, Typography } from 'antd';
import type { ReactNode } from 'react';
import { problemText } from '../lib/problem';

function TraceId({ id }: { id: string | null }) {
  if (id === null) return null;
  return (
    <Typography.Text
      copyable={{ text: id, icon: ['复制', '已复制'], tooltips: ['复制编号', '已复制'] }}
      className="small muted mono"
    >
      问题编号 {id}
    </Typography.Text>
  );
}

/** A screen or list that could not be loaded: what, how to retry, and the number to give to support. */
export function LoadFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { message, traceId } = problemText(error);
  return (
    <div className="state" role="alert" data-testid="load-failed">
      <b>没能加载出来</b>
      <span>{message}</span>
      <TraceId id={traceId} />
      <Button onClick={onRetry} data-testid="retry">
        重新加载
      </Button>
    </div>
  );
}

/** A failed action, shown beside the control that was pressed. */
export function ActionFailed({ error, title = '没有成功' }: { error: unknown; title?: string }) {
  if (!error) return null;
  const { message, traceId } = problemText(error);
  return (
    <Alert
      type="error"
      showIcon
      title={title}
      description={
        <div className="stack tight">
          <span>{message}</span>
          <TraceId id={traceId} />
        </div>
      }
      data-testid="action-failed"
    />
  );
}

/** Says why a list is empty and offers the next step. */
export function Empty({ title, hint, action }: { title: string; hint?: ReactNode; action?: ReactNode }) {
  return (
    <div className="state" data-testid="empty">
      <b>{title}</b>
      {hint ? <span>{hint}</span> : null}
      {action}
    </div>
  );
}

/** The shape of what is on its way. */
export function Bones({ rows }: { rows: number }) {
  return (
    <div style={{ padding: 16 }} aria-busy="true" role="status" aria-label="正在加载">
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

interface LoadedProps<T> {
  query: { data: T | undefined; error: unknown; refetch: () => unknown };
  rows?: number;
  children: (data: T) => ReactNode;
}

/** Waits for one answer: skeleton, error with retry, then the content. Old content stays while a refresh fails. */
export function Loaded<T>({ query, rows = 6, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  return <Bones rows={rows} />;
}
