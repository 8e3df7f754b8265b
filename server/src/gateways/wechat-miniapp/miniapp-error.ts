/** TOKEN refused · RETRY may pass later · RATE wait · CODE a one-time code is used up or wrong · REFUSED the person said no
 * or has no permission left · DATA this input will never pass · CONFIG a setting · NETWORK no answer · OTHER not in our list. */
export type MiniappErrorKind =
  | 'TOKEN'
  | 'RETRY'
  | 'RATE'
  | 'CODE'
  | 'REFUSED'
  | 'DATA'
  | 'CONFIG'
  | 'NETWORK'
  | 'OTHER';

/** Reference: wecom-miniapp 7, 11.1. 40001 means an invalid token here, unlike in WeCom. */
export const MINIAPP_ERRORS: Readonly<Record<Exclude<MiniappErrorKind, 'NETWORK' | 'OTHER'>, readonly number[]>> = {
  TOKEN: [40001, 40014, 42001],
  /** 10060001: the payment is not known yet to the shipping service, also right after paying. */
  RETRY: [-1, 10060001],
  RATE: [45009, 45011],
  CODE: [40029, 40163],
  REFUSED: [43101, 40226, 61010],
  DATA: [40003, 40037, 41030, 47001, 47003, 10060004, 10060029],
  CONFIG: [40013, 40125, 40164, 48001],
};

const KIND_BY_CODE: ReadonlyMap<number, MiniappErrorKind> = new Map(
  Object.entries(MINIAPP_ERRORS).flatMap(([kind, codes]) =>
    codes.map((code) => [code, kind as MiniappErrorKind] as const),
  ),
);

export const miniappErrorKind = (errcode: number): MiniappErrorKind => KIND_BY_CODE.get(errcode) ?? 'OTHER';

/** A failed call; the message carries the platform's `rid`, which its support asks for. */
export class MiniappError extends Error {
  readonly kind: MiniappErrorKind;

  constructor(
    readonly path: string,
    readonly errcode: number | null,
    readonly hint: string,
  ) {
    super(`${path}: ${errcode ?? 'no answer'} ${hint}`);
    this.name = 'MiniappError';
    this.kind = errcode === null ? 'NETWORK' : miniappErrorKind(errcode);
  }
}
