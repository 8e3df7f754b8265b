import type { Clock } from '../../platform/clock/clock.js';
import type { Accounts, PayAccountSettings } from '../../platform/config/accounts.js';
import type { Config } from '../../platform/config/config.js';
import { log } from '../../platform/observability/log.js';
import { type ReplayStore, WechatPayGateway } from '../wechat-pay/index.js';

/** A collecting account with its gateway. */
export interface PayDesk {
  appid: string;
  settings: PayAccountSettings;
  gateway: WechatPayGateway;
  brandReceiver: { mchid: string; name: string };
}

/** One WeChat Pay gateway per collecting account of the accounts file. */
export class PayGateways {
  private readonly desks = new Map<string, PayDesk>();

  constructor(accounts: Accounts, config: Config, clock: Clock, replays: ReplayStore) {
    for (const brand of accounts.all()) {
      for (const settings of brand.pay) {
        const account = { ...settings, baseUrl: String(config.WECHAT_PAY_URL), notifyBaseUrl: config.PUBLIC_ORIGIN };
        this.desks.set(settings.accountId, {
          appid: brand.appid,
          settings,
          gateway: new WechatPayGateway(account, clock, log, replays),
          brandReceiver: brand.brandReceiver,
        });
      }
    }
  }

  /** Every collecting account once. */
  all(): PayDesk[] {
    return [...this.desks.values()];
  }

  /** The account named in a notification path or a payment row, or null. */
  find(accountId: string): PayDesk | null {
    return this.desks.get(accountId) ?? null;
  }

  /** @throws Error for an account that is not configured */
  get(accountId: string): PayDesk {
    const desk = this.find(accountId);
    if (!desk) throw new Error(`pay account ${accountId} is not configured`);
    return desk;
  }

  /**
   * The account that collects for a brand's mini-program: a service provider's when the store collects itself, the
   * brand's own otherwise.
   */
  collecting(appid: string, mode: 'DIRECT' | 'PARTNER'): PayDesk {
    for (const desk of this.desks.values()) if (desk.appid === appid && desk.settings.mode === mode) return desk;
    throw new Error(`no ${mode} pay account for mini-program ${appid}`);
  }
}
