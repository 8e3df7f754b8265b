import { consumerByOpenid, type SimCore, type WorldConsumer, type WorldMerchant } from '../core/index.js';
import { Jobs } from './jobs.js';
import type { MerchantSettings, NextResult, PaySettings } from './settings-types.js';
import { PlatformKeys } from './signing.js';
import { compactDay, MINUTE_MS } from './time.js';
import type { Order, PayState } from './types.js';

function defaultSettings(): PaySettings {
  return {
    delays: { refund: 1500, split: 1500, return: 1500, transfer: 1500, transferAccept: 0, notify: 0 },
    minSplitDelayMs: MINUTE_MS,
    returnTimeoutMs: 7 * 86_400_000,
    callbackSigner: 'pubkey',
    splitEventType: 'PROFITSHARING',
    failedSplitMoney: 'frozen',
    capBase: 'total',
    billHash: 'plain',
    rateLimitCode: 'FREQUENCY_LIMITED',
    merchants: {},
    nextResults: [],
  };
}

function emptyState(): PayState {
  return {
    seq: 0,
    orders: {},
    transactions: {},
    refunds: {},
    receivers: {},
    splits: {},
    returns: {},
    transfers: {},
    balances: {},
    movements: [],
    wallets: {},
    deliveries: {},
    jobs: {},
    authCodes: {},
    bills: {},
    billTokens: {},
    settings: defaultSettings(),
  };
}

/** The simulated WeChat Pay: its state, its clock, its keys. The behaviour lives in the files beside this one. */
export class PaySim {
  state: PayState;
  readonly jobs: Jobs;
  /** Orders by their prepay number, to find them quickly; those of a saved state are looked for. */
  readonly byPrepay = new Map<string, Order>();
  /** Where the simulator listens; download URLs start with it. */
  origin = '';

  constructor(readonly core: SimCore) {
    this.state = emptyState();
    core.state.register<PayState>(
      'pay',
      () => this.state,
      (saved) => {
        this.state = saved;
      },
    );
    this.jobs = new Jobs(
      core.clock,
      () => this.state.jobs,
      () => this.touch(),
    );
  }

  get keys(): PlatformKeys {
    return new PlatformKeys(this.core.world.payKeys);
  }

  get settings(): PaySettings {
    return this.state.settings;
  }

  now(): number {
    return this.core.clock.now();
  }

  /** Says that the state changed and must be kept. */
  touch(): void {
    this.core.state.touch('pay');
  }

  /** A number that never repeats: prefix, business day, running number. */
  newId(prefix: string, length = 28): string {
    this.state.seq += 1;
    const head = `${prefix}${compactDay(this.now())}`;
    return head + String(this.state.seq).padStart(Math.max(8, length - head.length), '0');
  }

  merchant(mchid: string | undefined): WorldMerchant | undefined {
    return this.core.world.merchants.find((item) => item.mchid === mchid);
  }

  /** Settings changed by control win over the world file. */
  merchantSettings(mchid: string): MerchantSettings {
    const world = this.merchant(mchid);
    const { maxRatio, returnEnabled, requireShipping, profitSharingNotifyUrl, apiV3Key } = world ?? {};
    const base = { maxRatio: maxRatio ?? 3000, returnEnabled: returnEnabled ?? true, requireShipping };
    return { ...base, profitSharingNotifyUrl, apiV3Key, ...this.settings.merchants[mchid] };
  }

  consumerOf(appid: string, openid: string): WorldConsumer | undefined {
    return consumerByOpenid(this.core.world, appid, openid);
  }

  /** The person behind an openid of any appid in this world. */
  consumerByAnyOpenid(openid: string): WorldConsumer | undefined {
    const { miniapp, corp, merchants } = this.core.world;
    for (const appid of new Set([miniapp.appid, corp.corpId, ...merchants.flatMap((item) => item.appids)])) {
      const found = this.consumerOf(appid, openid);
      if (found) return found;
    }
    return undefined;
  }

  orderByTransaction(transactionId: string | undefined): Order | undefined {
    const key = transactionId ? this.state.transactions[transactionId] : undefined;
    return key === undefined ? undefined : this.state.orders[key];
  }

  order(key: string): Order {
    const order = this.state.orders[key];
    if (!order) throw new Error(`no order ${key}`);
    return order;
  }

  /** Takes the result that control forced onto this operation, if any. */
  takeNext(op: NextResult['op'], ...names: Array<string | undefined>): NextResult | undefined {
    const list = this.settings.nextResults;
    const found = list.find((item) => item.op === op && (!item.match || names.includes(item.match)));
    if (!found) return undefined;
    found.times -= 1;
    if (found.times <= 0) list.splice(list.indexOf(found), 1);
    this.touch();
    return found;
  }
}

/** JSON with sorted keys, to tell whether a repeated request is the same request. */
export function fingerprint(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(fingerprint).join(',')}]`;
  if (value && typeof value === 'object') {
    const entries = Object.entries(value as Record<string, unknown>).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${fingerprint(item)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}
