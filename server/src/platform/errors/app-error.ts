/**
 * Codes that any area may answer with; areas add their own lists. Every code has a message for people, in Chinese, so
 * that adding a code without one does not compile.
 */
const platformMessages = {
  VALIDATION: '提交的内容有误，请检查后再试',
  UNAUTHENTICATED: '请先登录',
  FORBIDDEN: '没有权限进行这个操作',
  NOT_FOUND: '没有找到你要的内容',
  CONFLICT: '内容刚刚被别人改过，请刷新后再试',
  IDEMPOTENCY_MISMATCH: '这个请求已经提交过，但内容不同',
  BUSY: '现在人有点多，请稍后再试',
  TOO_LARGE: '提交的内容太大了',
  INTERNAL: '服务开小差了，请稍后再试',
} as const;

export type PlatformCode = keyof typeof platformMessages;

/** An expected refusal: it becomes {code, message, traceId} at the edge. */
export class AppError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly detail?: unknown,
  ) {
    super(message);
    this.name = 'AppError';
  }
}

const statusOf: Record<PlatformCode, number> = {
  VALIDATION: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  IDEMPOTENCY_MISMATCH: 409,
  BUSY: 503,
  TOO_LARGE: 413,
  INTERNAL: 500,
};

/** A refusal with one of the codes that every area shares. */
export const refuse = (code: PlatformCode, detail?: unknown): AppError =>
  new AppError(statusOf[code], code, platformMessages[code], detail);

/** One code of an area: HTTP status and the message for people. */
export type ErrorList<Code extends string> = Readonly<Record<Code, readonly [status: number, message: string]>>;

/**
 * Makes an area's refusals from its list: `const refuseOrder = refusals(list); throw refuseOrder('SOLD_OUT', detail)`.
 * The message may be replaced where the case has something more exact to say.
 */
export function refusals<Code extends string>(list: ErrorList<Code>) {
  return (code: Code, detail?: unknown, message?: string): AppError =>
    new AppError(list[code][0], code, message ?? list[code][1], detail);
}
