import type { NoticeState } from '@shuke/shared/contracts';

/** A failed call, as far as the decision needs it. */
export interface SendFailure {
  kind: 'TOKEN' | 'RETRY' | 'RATE' | 'CODE' | 'REFUSED' | 'DATA' | 'CONFIG' | 'NETWORK' | 'OTHER';
  /** Null when there was no answer. */
  errcode: number | null;
  hint: string;
  /** The message itself was on its way; otherwise only the token was asked for. */
  wasSending: boolean;
}

/** What becomes of a message, of the consent that was taken for it, and of its template. */
export interface SendOutcome {
  state: NoticeState;
  reason: string;
  errcode: number | null;
  /** USED for this message · BACK, nothing was sent · GONE, WeChat says there is none left. */
  consent: 'USED' | 'BACK' | 'GONE';
  retryInMs?: number;
  /** What headquarters has to know of the template; `pauses` stops its messages until it is saved again. */
  template?: { problem: string; pauses: boolean };
}

const MINUTE_MS = 60_000;
const LONGEST_MS = 60 * MINUTE_MS;
const ATTEMPTS_MAX = 10;

const done = (state: NoticeState, reason: string, errcode: number | null, consent: SendOutcome['consent']) => ({
  state,
  reason,
  errcode,
  consent,
});

/**
 * Decides after a call. A message whose answer is unknown is never sent again; whatever WeChat has refused for a passing
 * reason is tried again while it is still news. Source: reference wecom-miniapp 7 and scenario 36.
 * @param attempts calls so far, this one included
 * @param newsForMs how long the message is still worth sending; not positive when it is over
 */
export function outcomeOf(failure: SendFailure | null, attempts: number, newsForMs: number): SendOutcome {
  if (failure === null) return done('SENT', '', null, 'USED');
  const { kind, errcode, hint } = failure;
  if (kind === 'NETWORK' && failure.wasSending)
    return done('UNKNOWN', '微信没有答复，不知道有没有送到，不再重发', null, 'USED');
  if (errcode === 43101) return done('NO_CONSENT', '微信说顾客没有同意，或者同意的次数用完了', errcode, 'GONE');
  if (errcode === 40003) return done('FAILED', '微信不认识这位顾客', errcode, 'GONE');
  if (kind === 'DATA') return refusedData(errcode, hint);
  return later(failure, attempts, newsForMs);
}

function refusedData(errcode: number | null, hint: string): SendOutcome {
  if (errcode === 40037) {
    const problem = '微信不认识这个模板：可能在公众平台被删除了，请重新选择';
    return { ...done('FAILED', '模板不可用', errcode, 'BACK'), template: { problem, pauses: true } };
  }
  if (errcode === 47003) {
    const key = /data\.(\w+)/.exec(hint)?.[1];
    const problem = `微信不接受${key ? `关键词 ${key}` : '某个关键词'}的内容，请检查填的是什么`;
    return { ...done('FAILED', problem, errcode, 'BACK'), template: { problem, pauses: false } };
  }
  const problem = errcode === 41030 ? '消息要打开的页面还没有发布' : `微信不接受这条消息（${errcode}）`;
  return { ...done('FAILED', problem, errcode, 'BACK'), template: { problem, pauses: false } };
}

function later({ kind, errcode, hint }: SendFailure, attempts: number, newsForMs: number): SendOutcome {
  const retryInMs =
    kind === 'RATE' ? 10 * MINUTE_MS * attempts : Math.min(LONGEST_MS, (MINUTE_MS / 2) * 2 ** (attempts - 1));
  const reason =
    kind === 'RATE'
      ? '微信今天的发送额度用完了'
      : kind === 'CONFIG'
        ? '小程序的密钥或 IP 设置不对，微信拒绝了'
        : `微信暂时不能发送（${errcode ?? '没有答复'}）`;
  const template =
    kind === 'CONFIG' ? { template: { problem: `${reason}：${hint}`.slice(0, 200), pauses: false } } : {};
  const isOver = attempts >= ATTEMPTS_MAX || retryInMs >= newsForMs;
  if (isOver) return { ...done('FAILED', `${reason}，已经过时，不再发`, errcode, 'BACK'), ...template };
  return { ...done('WAITING', `${reason}，稍后再试`, errcode, 'BACK'), retryInMs, ...template };
}
