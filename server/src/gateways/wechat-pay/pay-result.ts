/** Why it is not known whether a call took effect. */
export type UnknownWhy =
  | 'TIMEOUT'
  | 'NETWORK'
  | 'SERVER_ERROR'
  /** A 429 on a refund may have been accepted all the same. */
  | 'RATE_LIMITED'
  | 'ACCEPTED'
  | 'SIGNTEST'
  | 'BAD_SIGNATURE'
  | 'STALE'
  | 'UNKNOWN_KEY'
  | 'MALFORMED';

export interface Refused {
  kind: 'refused';
  status: number;
  code: string;
  message: string;
  requestId: string | null;
}

export interface Unknown {
  kind: 'unknown';
  why: UnknownWhy;
  status: number | null;
  message: string | null;
  requestId: string | null;
}

/**
 * Every call ends in one of three ways. `refused` comes from an unsigned 4xx and is a hint: money moves only on `ok`.
 * `unknown` means: query by your own number, then repeat the same number with the same parameters.
 */
export type PayResult<T> = { kind: 'ok'; data: T; requestId: string | null } | Refused | Unknown;

export const unknown = (why: UnknownWhy, rest: Partial<Omit<Unknown, 'kind' | 'why'>> = {}): Unknown => ({
  kind: 'unknown',
  why,
  status: null,
  message: null,
  requestId: null,
  ...rest,
});

/** Reads a verified body into a typed value; a body that does not fit is an unknown outcome, not an exception. */
export function mapOk<A, B>(result: PayResult<A>, read: (data: A) => B): PayResult<B> {
  if (result.kind !== 'ok') return result;
  try {
    return { ...result, data: read(result.data) };
  } catch (error) {
    return unknown('MALFORMED', { message: (error as Error).message, requestId: result.requestId });
  }
}
