import { ApiError } from '@shuke/shared/api';
import type { ReactNode } from 'react';
import { browser } from '../platform/browser';
import { WecomProblem } from '../platform/wecom-problem';
import { Button } from './button';
import { Icon, type IconName } from './icon';

/** A grey shape where content will be, of the content's own size. */
export function Bone({ w = '100%', h = 16, r }: { w?: number | string; h?: number; r?: number }) {
  return <span className="bone" aria-hidden="true" style={{ width: w, height: h, borderRadius: r }} />;
}

/** Rows of a list that is on its way. */
export function BoneRows({ count = 4 }: { count?: number }) {
  return (
    <div role="status" aria-label="正在加载" style={{ padding: '4px 0' }}>
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical grey rows have no other identity
        <div className="row g12" key={i} style={{ padding: '10px 0' }}>
          <Bone w={48} h={48} r={8} />
          <div className="grow" style={{ display: 'grid', gap: 8 }}>
            <Bone w="60%" />
            <Bone w="85%" h={12} />
          </div>
        </div>
      ))}
    </div>
  );
}

interface EmptyProps {
  icon?: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}
/** Says why there is nothing and what to do next. */
export function Empty({ icon = 'list', title, children, action }: EmptyProps) {
  return (
    <div className="pane" data-testid="empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {action ? <div className="row">{action}</div> : null}
    </div>
  );
}

const TITLES: Readonly<Record<number, string>> = { 0: '网络不太顺畅', 403: '你没有权限看这里' };

function describe(error: unknown) {
  if (error instanceof WecomProblem) {
    return { title: error.message, text: '', checks: error.checks, code: `${error.opsCode} · ${error.errMsg}` };
  }
  if (error instanceof ApiError) {
    return {
      // What is not there is told by its own words alone.
      title: error.status === 404 ? error.message : (TITLES[error.status] ?? '没能加载出来'),
      text: error.message,
      checks: [],
      code: error.traceId ? `编号 ${error.traceId}` : '',
    };
  }
  return { title: '出了点问题', text: (error as Error)?.message ?? '', checks: [], code: '' };
}

interface ProblemProps {
  error: unknown;
  onRetry: () => void;
  /** How often the guide has retried: the third time reopens the page, which also renews the signature. */
  tries?: number;
  action?: ReactNode;
}
/** What went wrong in words, what to check, the number to read out, and a retry. */
export function ProblemPane({ error, onRetry, tries = 0, action }: ProblemProps) {
  const { title, text, checks, code } = describe(error);
  return (
    <div className="pane" role="alert" data-testid="problem">
      <Icon name="warn" />
      <h2>{title}</h2>
      {text && text !== title ? <p>{text}</p> : null}
      {checks.length > 0 ? (
        <ul className="checks">
          {checks.map((check) => (
            <li key={check}>{check}</li>
          ))}
        </ul>
      ) : null}
      <div className="row">
        <Button look="main" data-testid="retry" onClick={() => (tries >= 2 ? browser.reload() : onRetry())}>
          重试
        </Button>
        {action}
      </div>
      {code ? (
        <p className="code" data-testid="problem-code">
          {code}
        </p>
      ) : null}
    </div>
  );
}

/** Whether an act may have been done although it failed here: the answer was lost, or the server broke over it. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 500);

/** One line for an action that failed in place. A refusal explains itself; the number is for what somebody has to look into. */
export const problemText = (error: unknown): string => {
  if (error instanceof ApiError && error.traceId && error.status >= 500) return `${error.message}（${error.traceId}）`;
  return (error as Error)?.message || '没有成功，请再试一次';
};
