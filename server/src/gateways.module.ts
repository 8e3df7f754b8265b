import { Global, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { PayGateways } from './gateways/registry/pay-gateways.js';
import { SharedReplays } from './gateways/registry/shared-replays.js';
import { RedisTokenStore } from './gateways/tokens/index.js';
import type { GatewayLogger } from './gateways/transport/index.js';
import { WechatMiniappGateway } from './gateways/wechat-miniapp/index.js';
import { WecomGateway } from './gateways/wecom/index.js';
import { Clock } from './platform/clock/clock.js';
import { Accounts } from './platform/config/accounts.js';
import type { Config } from './platform/config/config.js';
import { log } from './platform/observability/log.js';
import { CONFIG } from './platform/platform.module.js';

const logger: GatewayLogger = {
  info: (message, facts) => log.info(facts ?? {}, message),
  warn: (message, facts) => log.warn(facts ?? {}, message),
  error: (message, facts) => log.error(facts ?? {}, message),
};

/** Where all processes keep the vendors' tokens, so that one of them refreshes for all. */
@Injectable()
export class SharedTokens extends RedisTokenStore implements OnApplicationShutdown {
  private readonly connection: Redis;

  constructor(@Inject(CONFIG) config: Pick<Config, 'REDIS_URL' | 'QUEUE_PREFIX'>, @Inject(Clock) clock: Clock) {
    const connection = new Redis(config.REDIS_URL, {
      // A guide is waiting behind a token: rather fetch one more than wait for Redis to come back.
      maxRetriesPerRequest: 1,
      commandTimeout: 1000,
      retryStrategy: (times) => Math.min(times * 100, 2000),
    });
    connection.on('error', () => undefined);
    super(connection, config.QUEUE_PREFIX, clock, logger);
    this.connection = connection;
  }

  onApplicationShutdown(): void {
    this.connection.disconnect();
  }
}

/** One WeCom gateway per corporation, found by its corp id or by the appid of the brand's mini-program. */
@Injectable()
export class WecomGateways {
  private readonly byKey = new Map<string, WecomGateway>();

  constructor(
    @Inject(Accounts) accounts: Accounts,
    @Inject(CONFIG) config: Pick<Config, 'WECOM_API_URL' | 'WECOM_OAUTH_URL'>,
    @Inject(Clock) clock: Clock,
    @Inject(SharedTokens) tokens: SharedTokens,
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
      const gateway = this.byKey.get(wecom.corpId) ?? new WecomGateway(settings, clock, logger, { tokens });
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
    @Inject(SharedTokens) tokens: SharedTokens,
  ) {
    for (const { miniapp } of accounts.all()) {
      const settings = { ...miniapp, baseUrl: config.WECHAT_API_URL };
      this.byAppid.set(miniapp.appid, new WechatMiniappGateway(settings, clock, logger, tokens));
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
    SharedTokens,
    SharedReplays,
    WecomGateways,
    MiniappGateways,
    {
      provide: PayGateways,
      inject: [Accounts, CONFIG, Clock, SharedReplays],
      useFactory: (accounts: Accounts, config: Config, clock: Clock, replays: SharedReplays) =>
        new PayGateways(accounts, config, clock, replays),
    },
  ],
  exports: [WecomGateways, MiniappGateways, PayGateways],
})
export class GatewaysModule {}
