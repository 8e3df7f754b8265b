import { Global, Inject, Injectable, Module } from '@nestjs/common';
import { PayGateways } from './gateways/registry/pay-gateways.js';
import type { GatewayLogger } from './gateways/transport/index.js';
import { WechatMiniappGateway } from './gateways/wechat-miniapp/index.js';
import { WecomGateway } from './gateways/wecom/index.js';
import { Clock } from './platform/clock/clock.js';
import { Accounts } from './platform/config/accounts.js';
import type { Config } from './platform/config/config.js';
import { Database } from './platform/database/database.js';
import { log } from './platform/observability/log.js';
import { CONFIG } from './platform/platform.module.js';

const logger: GatewayLogger = {
  info: (message, facts) => log.info(facts ?? {}, message),
  warn: (message, facts) => log.warn(facts ?? {}, message),
  error: (message, facts) => log.error(facts ?? {}, message),
};

/** One WeCom gateway per corporation, found by its corp id or by the appid of the brand's mini-program. */
@Injectable()
export class WecomGateways {
  private readonly byKey = new Map<string, WecomGateway>();

  constructor(
    @Inject(Accounts) accounts: Accounts,
    @Inject(CONFIG) config: Pick<Config, 'WECOM_API_URL' | 'WECOM_OAUTH_URL'>,
    @Inject(Clock) clock: Clock,
  ) {
    for (const { appid, wecom } of accounts.all()) {
      const settings = {
        corpId: wecom.corpId,
        agentId: wecom.agentId,
        secret: wecom.secret,
        callbackToken: wecom.token,
        callbackAesKey: wecom.encodingAesKey,
        baseUrl: config.WECOM_API_URL,
        openBaseUrl: config.WECOM_OAUTH_URL,
      };
      const gateway = this.byKey.get(wecom.corpId) ?? new WecomGateway(settings, clock, logger);
      this.byKey.set(wecom.corpId, gateway).set(appid, gateway);
    }
  }

  /** @throws Error for a key without accounts. */
  of(corpIdOrAppid: string): WecomGateway {
    const found = this.byKey.get(corpIdOrAppid);
    if (!found) throw new Error(`no WeCom accounts for ${corpIdOrAppid}`);
    return found;
  }

  /** Every corporation once; a callback does not say whose it is before it is opened. */
  all(): WecomGateway[] {
    return [...new Set(this.byKey.values())];
  }
}

/** One gateway per mini-program. */
@Injectable()
export class MiniappGateways {
  private readonly byAppid = new Map<string, WechatMiniappGateway>();

  constructor(
    @Inject(Accounts) accounts: Accounts,
    @Inject(CONFIG) config: Pick<Config, 'WECHAT_API_URL'>,
    @Inject(Clock) clock: Clock,
  ) {
    for (const { miniapp } of accounts.all()) {
      const settings = { ...miniapp, baseUrl: config.WECHAT_API_URL };
      this.byAppid.set(miniapp.appid, new WechatMiniappGateway(settings, clock, logger));
    }
  }

  /** @throws Error for a mini-program without accounts. */
  of(appid: string): WechatMiniappGateway {
    const found = this.byAppid.get(appid);
    if (!found) throw new Error(`no accounts for mini-program ${appid}`);
    return found;
  }

  all(): WechatMiniappGateway[] {
    return [...this.byAppid.values()];
  }
}

/** The vendors' gateways, built from the accounts file, as injectable services for all modules. */
@Global()
@Module({
  providers: [
    WecomGateways,
    MiniappGateways,
    {
      provide: PayGateways,
      inject: [Accounts, CONFIG, Clock, Database],
      useFactory: (accounts: Accounts, config: Config, clock: Clock, database: Database) =>
        new PayGateways(accounts, config, clock, database),
    },
  ],
  exports: [WecomGateways, MiniappGateways, PayGateways],
})
export class GatewaysModule {}
