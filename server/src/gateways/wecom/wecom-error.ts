/**
 * What kind of failure an errcode is, so that callers need not know the numbers:
 * TOKEN the token was refused · RETRY may pass later · RATE wait for the window's end · CONFIG somebody must change a
 * setting · DATA this input will never pass · QUOTA an allowance is used up · DONE the wish is already fulfilled ·
 * BUG our mistake · NETWORK no answer · OTHER not in our list.
 */
export type WecomErrorKind =
  | 'TOKEN'
  | 'RETRY'
  | 'RATE'
  | 'CONFIG'
  | 'DATA'
  | 'QUOTA'
  | 'DONE'
  | 'BUG'
  | 'NETWORK'
  | 'OTHER';

/** Reference: wecom-miniapp 11.1. */
export const WECOM_ERRORS: Readonly<Record<Exclude<WecomErrorKind, 'NETWORK' | 'OTHER'>, readonly number[]>> = {
  TOKEN: [40014, 42001],
  RETRY: [-1, 6000, 45033, 45035, 45036, 41063, 41079, 41096],
  RATE: [45009],
  CONFIG: [40001, 40013, 40091, 48002, 48006, 48009, 48011, 50001, 60020, 80001, 85005, 301002, 41057],
  DATA: [
    40003, 40007, 40029, 40031, 40058, 40063, 40068, 40096, 40145, 42003, 42022, 46004, 60011, 60111, 81013, 84061,
    84084, 41044, 41047, 41048, 41050, 41093, 50100,
  ],
  QUOTA: [40126, 40144, 41045, 41041, 41094, 41210, 40099, 40128],
  DONE: [41051],
  BUG: [41001, 40011, 41002, 41004, 47001],
};

const KIND_BY_CODE: ReadonlyMap<number, WecomErrorKind> = new Map(
  Object.entries(WECOM_ERRORS).flatMap(([kind, codes]) => codes.map((code) => [code, kind as WecomErrorKind] as const)),
);

export const wecomErrorKind = (errcode: number): WecomErrorKind => KIND_BY_CODE.get(errcode) ?? 'OTHER';

/** A failed WeCom call. The message is WeCom's own hint: decide by code or kind, never by it. */
export class WecomError extends Error {
  readonly kind: WecomErrorKind;

  constructor(
    readonly cgi: string,
    readonly errcode: number | null,
    message: string,
    kind?: WecomErrorKind,
    /** Instant (ms) before which trying again is pointless. */
    readonly retryAtMs: number | null = null,
  ) {
    super(`${cgi}: ${errcode ?? 'no answer'} ${message}`);
    this.name = 'WecomError';
    this.kind = kind ?? wecomErrorKind(errcode ?? 0);
  }
}
