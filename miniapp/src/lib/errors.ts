import { ApiError } from '@shuke/shared/api';

/** What a screen says about a failure: words, the code to switch on, and the trace id to quote to support. */
export interface Trouble {
  code: string;
  message: string;
  traceId: string | null;
  isOffline: boolean;
  /** What the server adds for machines: seconds to wait, lines that are short. */
  detail?: unknown;
}

export function troubleOf(reason: unknown): Trouble {
  if (reason instanceof ApiError)
    return {
      code: reason.code,
      message: reason.message,
      traceId: reason.traceId,
      isOffline: reason.code === 'NETWORK',
      detail: reason.detail,
    };
  const message = reason instanceof Error ? reason.message : String(reason);
  return { code: 'CLIENT', message: message || '出了点小问题，请再试一次', traceId: null, isOffline: false };
}
