import { createHmac, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { GuideCard } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import { sameText } from '../../../gateways/transport/index.js';
import { WecomError } from '../../../gateways/wecom/index.js';
import { WecomGateways } from '../../../gateways.module.js';
import { Sessions } from '../../../platform/access/sessions.js';
import { Clock } from '../../../platform/clock/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { log } from '../../../platform/observability/log.js';
import { CONFIG } from '../../../platform/platform.module.js';
import { Organization } from '../../organization/index.js';
import { refuseContact, type WecomDoors } from './wecom-door.js';

const STATE_LIFE_S = 600;
const STATE = /^([0-9a-f]{16})([0-9a-z]{8})([0-9a-f]{32})$/;

/** The way of a guide from the WeCom client into our pages: OAuth, JS-SDK signatures, session. */
@Injectable()
export class GuideSignIn {
  private readonly origins: ReadonlySet<string>;

  constructor(
    @Inject(WecomGateways) private readonly wecom: Pick<WecomDoors, 'of'>,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Sessions) private readonly sessions: Pick<Sessions, 'issue'>,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'TRUSTED_PAGE_ORIGINS' | 'SESSION_SECRET'>,
  ) {
    this.origins = new Set(
      config.TRUSTED_PAGE_ORIGINS.split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    );
  }

  /**
   * A trip to WeCom's login page. Its state belongs to the browser that gets `seal` as a cookie: a code that somebody
   * else's browser brought along (a planted link) logs nobody in.
   * @throws AppError UNTRUSTED_PAGE for an address that is not of a trusted origin.
   */
  async oauthUrl(brandId: BrandId, redirectUri: string): Promise<{ url: string; state: string; seal: string }> {
    this.trusted(redirectUri);
    const seal = randomBytes(16).toString('hex');
    const state = this.newState(brandId, seal);
    return { url: (await this.door(brandId)).oauth.authorizeUrl(redirectUri, state), state, seal };
  }

  /** @throws AppError OAUTH_STATE, OAUTH_CODE, NOT_A_GUIDE, WECOM_BUSY */
  async logIn(
    brandId: BrandId,
    code: string,
    state: string,
    seal: string | null,
  ): Promise<{ token: string; guide: GuideCard; role: 'GUIDE' | 'MANAGER' }> {
    this.checkState(brandId, state, seal);
    const door = await this.door(brandId);
    const who = await door.oauth.getUserInfo(code).catch((error: unknown) => refusedCode(error));
    const guide = who.kind === 'member' ? await this.organization.guideByUserid(brandId, who.userId) : null;
    if (guide?.status !== 'ACTIVE') throw refuseContact('NOT_A_GUIDE');
    const { id: guideId, storeId, role } = guide;
    const actor = { kind: 'guide' as const, brandId, guideId, storeId, isManager: role === 'MANAGER' };
    return { token: await this.sessions.issue(actor), guide: this.organization.guideCard(guide), role };
  }

  /** Signs the page's present address; only pages of trusted origins, because a signature lets a page act in the client. */
  async signature(brandId: BrandId, url: string, kind: 'AGENT' | 'CORP') {
    this.trusted(url);
    const door = await this.door(brandId);
    const bare = url.split('#')[0] ?? url;
    const signed = await door.jsSdk
      .sign(kind === 'AGENT' ? 'agentConfig' : 'config', bare)
      .catch((error: unknown) => busy(error));
    const { corpId, agentId } = door.config;
    return { ...signed, timestamp: String(signed.timestamp), corpId, agentId };
  }

  private async door(brandId: BrandId) {
    return this.wecom.of((await this.organization.brand(brandId)).corpId);
  }

  private trusted(url: string): void {
    const origin = URL.canParse(url) ? new URL(url).origin : '';
    if (!this.origins.has(origin)) throw refuseContact('UNTRUSTED_PAGE');
  }

  /** Signed and short-lived, so that nothing has to be remembered; letters and digits only, as WeCom wants it. */
  private newState(brandId: BrandId, seal: string): string {
    const nonce = randomBytes(8).toString('hex');
    const until = (Math.floor(this.clock.now() / 1000) + STATE_LIFE_S).toString(36).padStart(8, '0');
    return `${nonce}${until}${this.sign(brandId, nonce, until, seal)}`;
  }

  private checkState(brandId: BrandId, state: string, seal: string | null): void {
    const [, nonce = '', until = '', signature = ''] = STATE.exec(state) ?? [];
    const isAlive = Number.parseInt(until, 36) * 1000 >= this.clock.now();
    if (!isAlive || !seal || !sameText(signature, this.sign(brandId, nonce, until, seal)))
      throw refuseContact('OAUTH_STATE');
  }

  private sign(brandId: BrandId, nonce: string, until: string, seal: string): string {
    const text = `oauth-state ${brandId} ${nonce} ${until} ${seal}`;
    return createHmac('sha256', this.config.SESSION_SECRET).update(text).digest('hex').slice(0, 32);
  }
}

/** Each trip has a cookie of its own, so that two windows of one browser do not spoil each other's. */
export const sealCookie = (state: string): string => `shuke_trip_${state.slice(0, 16)}`;

function refusedCode(error: unknown): never {
  if (error instanceof WecomError && error.kind === 'DATA') throw refuseContact('OAUTH_CODE');
  return busy(error);
}

function busy(error: unknown): never {
  if (!(error instanceof WecomError)) throw error;
  log.error({ errcode: error.errcode, kind: error.kind, cgi: error.cgi }, 'WeCom refused');
  throw refuseContact('WECOM_BUSY');
}
