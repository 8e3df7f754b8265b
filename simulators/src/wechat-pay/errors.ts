/** Where in the request the trouble lies, as WeChat Pay reports it. */
export interface ErrorDetail {
  location?: 'body' | 'url' | 'query';
  field?: string;
  value?: unknown;
  issue?: string;
}

/** An error answer: HTTP status, `code`, `message`, optional `detail`, and the inner code of the Request-ID. */
export class PayError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly inner = 268435455,
    readonly detail?: ErrorDetail,
  ) {
    super(message);
  }

  body(): Record<string, unknown> {
    return { code: this.code, message: this.message, ...(this.detail ? { detail: this.detail } : {}) };
  }
}

/** Inner codes at the end of Request-ID (reference: wechat-pay section 2.3). */
export const INNER = {
  orderNotExist: 268512771,
  orderPaid: 268449538,
  reenteredDifferently: 268498688,
  orderExpired: 268447914,
  signError: 268443699,
  subMerchantMismatch: 268447845,
  subMchidMissing: 268443704,
  noRelation: 268443701,
  appidMismatch: 268445527,
  extraParameter: 270924358,
  frequency: 268447840,
} as const;

export const invalid = (message: string, inner?: number) => new PayError(400, 'INVALID_REQUEST', message, inner);
export const noAuth = (message: string, inner?: number) => new PayError(403, 'NO_AUTH', message, inner);
export const notEnough = (message: string) => new PayError(403, 'NOT_ENOUGH', message);
export const notFound = (message: string) => new PayError(404, 'RESOURCE_NOT_EXISTS', message);
export const paramError = (message: string, detail?: ErrorDetail, inner?: number) =>
  new PayError(400, 'PARAM_ERROR', message, inner, detail);
export const signError = (message: string) => new PayError(401, 'SIGN_ERROR', message, INNER.signError);
