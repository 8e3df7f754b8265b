/** What the control plane can set: delays, ways of the channel that its pages leave open, and results to come. */

/** A result forced onto the next matching operation. */
export interface NextResult {
  op: 'split' | 'refund' | 'return' | 'transfer' | 'codepay' | 'refund-apply';
  /** Receiver account, merchant number or out-number it is meant for; any when absent. */
  match?: string;
  result: string;
  failReason?: string;
  times: number;
}

export interface MerchantSettings {
  maxRatio?: number;
  returnEnabled?: boolean;
  requireShipping?: boolean;
  profitSharingNotifyUrl?: string;
  /** False: the sub-merchant has not granted splitting to the service provider. */
  splitAuthorised?: boolean;
  /** False: the sub-merchant has not granted refunds to the service provider. */
  refundAuthorised?: boolean;
  /** Receives v2 XML callbacks for refunds that named no notify URL. */
  refundNotifyUrl?: string;
  apiV3Key?: string;
  /** False: the merchant has no platform certificates. */
  hasCertificates?: boolean;
}

export interface PaySettings {
  delays: { refund: number; split: number; return: number; transfer: number; transferAccept: number; notify: number };
  minSplitDelayMs: number;
  returnTimeoutMs: number;
  callbackSigner: 'pubkey' | 'certificate' | 'mixed';
  splitEventType: 'PROFITSHARING' | 'TRANSACTION';
  failedSplitMoney: 'frozen' | 'returned';
  capBase: 'total' | 'net-of-refund' | 'net';
  billHash: 'plain' | 'gzip';
  rateLimitCode: 'FREQUENCY_LIMITED' | 'RATELIMIT_EXCEEDED';
  merchants: Record<string, MerchantSettings>;
  nextResults: NextResult[];
}
