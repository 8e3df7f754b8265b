import type { Clock } from '../../platform/clock/clock.js';
import { type GatewayLogger, SILENT_LOGGER } from '../transport/index.js';
import { Bills } from './bills.js';
import { text } from './json-reader.js';
import { type RefusedNotification, type VerifiedNotification, verifyNotification } from './notification.js';
import { PayHttp } from './pay-http.js';
import { mapOk, type PayResult } from './pay-result.js';
import { Payments } from './payments.js';
import { ProfitSharing } from './profit-sharing.js';
import { Refunds } from './refunds.js';
import { InProcessReplayStore, type ReplayStore } from './replay-store.js';
import type { HeaderBag } from './signature-check.js';
import { Transfers } from './transfers.js';
import { notifyUrl, type PayAccount } from './wechat-pay.config.js';

/** WeChat Pay v3 for one collecting account. Nothing here repeats a money call; see PayResult for what callers do. */
export class WechatPayGateway {
  readonly payments: Payments;
  readonly refunds: Refunds;
  readonly sharing: ProfitSharing;
  readonly transfers: Transfers;
  readonly bills: Bills;
  private readonly http: PayHttp;
  private readonly replays: ReplayStore;

  constructor(
    readonly account: PayAccount,
    private readonly clock: Clock,
    logger: GatewayLogger = SILENT_LOGGER,
    replays?: ReplayStore,
  ) {
    if (account.apiV3Keys.length === 0) throw new TypeError('an account needs its APIv3 key');
    this.http = new PayHttp(account, clock, logger);
    this.replays = replays ?? new InProcessReplayStore(clock);
    this.payments = new Payments(this.http);
    this.refunds = new Refunds(this.http);
    this.sharing = new ProfitSharing(this.http);
    this.transfers = new Transfers(this.http);
    this.bills = new Bills(this.http);
  }

  /** Verifies and opens a callback of this account. @param rawBody the bytes as received */
  verifyNotification(headers: HeaderBag, rawBody: Uint8Array): Promise<VerifiedNotification | RefusedNotification> {
    const tools = { clock: this.clock, keys: this.http.keys, replays: this.replays };
    return verifyNotification(headers, rawBody, this.account, tools);
  }

  /** Fetches the platform certificates; to be run at least every 12 h by accounts that live on certificates. */
  refreshCertificates(): Promise<void> {
    return this.http.keys.refresh();
  }

  /** "Are this merchant's keys right?" @param withCallback also lets WeChat send a SECURITY_ECHO callback */
  async echo(message: string, withCallback = false): Promise<PayResult<{ echoed: string }>> {
    const callback = withCallback ? { notify_url: notifyUrl(this.account, 'echo') } : {};
    const body = { echo_message: message, ...callback };
    const result = await this.http.call({ method: 'POST', path: '/v3/security/echo', body });
    return mapOk(result, (data) => ({ echoed: text(data, 'echo_message') }));
  }

  /** Opens a sensitive field of an answer or callback, which WeChat encrypted with our certificate. */
  decryptField(cipher: string): string {
    return this.http.signer.decrypt(cipher);
  }
}
