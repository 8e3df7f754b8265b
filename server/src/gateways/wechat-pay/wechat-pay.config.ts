/** Kinds of callbacks; each has its own path below the account, so that the right APIv3 key is known before decrypting. */
export type NotifyKind = 'pay' | 'refund' | 'split' | 'transfer' | 'echo';

/**
 * One collecting account: a merchant of its own (DIRECT) or a service provider that acts for its sub-merchants
 * (PARTNER). In PARTNER mode number, serial, keys are the provider's; the sub-merchant is named in each call.
 */
export interface PayAccount {
  accountId: string;
  mode: 'DIRECT' | 'PARTNER';
  mchid: string;
  /** Serial of the merchant API certificate whose private key signs. */
  serialNo: string;
  privateKeyPem: string;
  /** Current key first; the previous one stays until callbacks made with it have run out (24 h). */
  apiV3Keys: readonly string[];
  /** PEM (public key or certificate) by PUB_KEY_ID or certificate serial. */
  platformKeys: Readonly<Record<string, string>>;
  /** Null for an account that still lives on platform certificates. */
  publicKeyId: string | null;
  /** Host root of the API: a path in it would become part of the signature. */
  baseUrl: string;
  /** Origin under which callbacks reach us. */
  notifyBaseUrl: string;
  timeoutMs?: number;
}

/** The callback address of one account and kind; WeChat allows no query string in it. */
export const notifyUrl = (account: PayAccount, kind: NotifyKind): string =>
  `${account.notifyBaseUrl.replace(/\/$/, '')}/wxpay/notify/${account.accountId}/${kind}`;
