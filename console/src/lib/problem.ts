import { ApiError } from '@shuke/shared/api';

export interface ProblemText {
  message: string;
  /** Only for what nobody could expect: a refusal says itself what to do. */
  traceId: string | null;
}

/** From here on it is the server's fault, and somebody has to look into it. */
const UNEXPECTED = 500;

const BY_STATUS: Record<number, string> = {
  401: '登录已过期，请重新登录',
  403: '你的账号没有这项权限',
  404: '没有找到，可能已经被删除或不在你的管理范围内',
  429: '操作太频繁，请稍等片刻再试',
};

/** What a form throws whose fields are not all right; each field says so itself. */
const isUnfinishedForm = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'errorFields' in error && Array.isArray(error.errorFields);

/** What to tell a person about anything that was thrown. The server's own words win; they know the case. */
export function problemText(error: unknown): ProblemText {
  if (error instanceof ApiError) {
    const own = error.code.startsWith('HTTP_') ? BY_STATUS[error.status] : undefined;
    return { message: own ?? error.message, traceId: error.status >= UNEXPECTED ? error.traceId : null };
  }
  if (isUnfinishedForm(error)) return { message: '有的地方还没填好，看看标红的那几处', traceId: null };
  return { message: '页面遇到意外，请刷新后再试', traceId: null };
}
